#!/usr/bin/env bash
# Builds what is needed and serves the sample: run.sh [port]
# Needs a JDK (17 or later) and Maven.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

prepare samples/spring-boot 18080 "$@"

exec "$java" --enable-native-access=ALL-UNNAMED \
  -jar "$sample"/target/proxy-wasm-sample-spring-boot-*.jar --server.port="$port"
