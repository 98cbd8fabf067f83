#!/usr/bin/env bash
# Builds what is needed and serves the microservice: run.sh [port]
# Needs a JDK (17 or later) and Maven.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

prepare samples/jetty-microservice 18081 "$@"

exec "$java" --enable-native-access=ALL-UNNAMED -cp "$sample/target/classes:$sample/target/lib/*" \
  dev.proxywasm.samples.jetty.Microservice "$sample/proxy-wasm.yaml" "$port"
