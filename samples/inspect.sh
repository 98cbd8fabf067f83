#!/usr/bin/env bash
# Tells what a module is and whether it runs here: inspect.sh [--insecure] FILE|URL
# Exits with 0 if it does, 1 if not. Needs a JDK (17 or later) and Maven.
set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
classes=$project/samples/target

for tool in "$java" mvn; do
  if ! command -v "$tool" >/dev/null; then
    echo "inspect.sh: there is no '$tool' here; install a JDK (17 or later) and Maven (3.8 or later)" >&2
    exit 2
  fi
done

if [ ! -d "$classes/lib" ] || [ ! -e "$classes/classes/dev/proxywasm/samples/Inspect.class" ]; then
  echo "Building; the first time Maven also downloads the libraries..." >&2
  (cd "$project" && mvn -q -B -ntp -Dquick -Dstyle.color=never -Dmaven.test.skip=true -pl samples -am package) >&2
fi

exec "$java" --enable-native-access=ALL-UNNAMED \
  -cp "$classes/classes:$classes/lib/*" dev.proxywasm.samples.Inspect "$@"
