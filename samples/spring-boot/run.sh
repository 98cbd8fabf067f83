#!/usr/bin/env bash
# Builds what is needed and serves the sample: run.sh [port]
# Needs a JDK (17 or later) and Maven.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

port=${1:-18080}
require_port "$port"
build samples/spring-boot

exec "$java" --enable-native-access=ALL-UNNAMED \
  -jar "$project"/samples/spring-boot/target/proxy-wasm-sample-spring-boot-*.jar --server.port="$port"
