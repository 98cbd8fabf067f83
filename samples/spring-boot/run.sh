#!/usr/bin/env bash
# Builds what is needed and serves the sample: run.sh [port]
# Needs a JDK (17 or later) and Maven.
set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
port=${1:-18080}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

echo "Building; the first time Maven also downloads the libraries..."
(cd "$project" && mvn -q -B -ntp -Dquick -Dstyle.color=never -Dmaven.test.skip=true -pl samples/spring-boot -am package)

exec "$java" --enable-native-access=ALL-UNNAMED \
  -jar "$project"/samples/spring-boot/target/proxy-wasm-sample-spring-boot-*.jar --server.port="$port"
