#!/usr/bin/env bash
# Builds the WAR and serves it, unpacked, on a Tomcat: run.sh [port]
# Needs a JDK (17 or later) and Maven.
set -euo pipefail

sample=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
port=${1:-18082}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

if [[ ! $port =~ ^[0-9]+$ || $port -lt 1 || $port -gt 65535 ]]; then
  echo "run.sh: '$port' is no port; give a number from 1 to 65535, or nothing for 18082" >&2
  exit 2
fi
for tool in "$java" mvn; do
  if ! command -v "$tool" >/dev/null; then
    echo "run.sh: there is no '$tool' here; install a JDK (17 or later) and Maven (3.8 or later)" >&2
    exit 1
  fi
done

echo "Building; the first time Maven also downloads the libraries..."
(cd "$sample/../.." && mvn -q -B -ntp -Dquick -Dstyle.color=never -Dmaven.test.skip=true -pl samples/webxml-war -am package)

exec "$java" --enable-native-access=ALL-UNNAMED -cp "$sample/target/server/*" \
  "$sample/src/test/java/dev/proxywasm/samples/war/WarServer.java" "$sample/target/webxml-war" "$port"
