#!/usr/bin/env bash
# Builds what is needed and serves the quick start: quickstart.sh [port]
# Needs a JDK (17 or later) and Maven.
set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
port=${1:-18080}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

if [[ ! $port =~ ^[0-9]+$ || $port -lt 1 || $port -gt 65535 ]]; then
  echo "quickstart.sh: '$port' is no port; give a number from 1 to 65535, or nothing for 18080" >&2
  exit 2
fi
for tool in "$java" mvn; do
  if ! command -v "$tool" >/dev/null; then
    echo "quickstart.sh: there is no '$tool' here; install a JDK (17 or later) and Maven (3.8 or later)" >&2
    exit 1
  fi
done

echo "Building; the first time Maven also downloads the libraries..."
(cd "$project" && mvn -q -B -ntp -Dquick -Dstyle.color=never -Dmaven.test.skip=true -pl samples -am package)

classes=$project/samples/target
exec "$java" --enable-native-access=ALL-UNNAMED -cp "$classes/classes:$classes/lib/*" dev.proxywasm.samples.QuickStart "$port"
