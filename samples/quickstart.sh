#!/usr/bin/env bash
# Builds what is needed and serves the quick start: quickstart.sh [port]
# Needs a JDK (17 or later) and Maven.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

port=${1:-18080}
require_port "$port"
build samples

target=$project/samples/target
exec "$java" --enable-native-access=ALL-UNNAMED -cp "$target/classes:$target/lib/*" dev.proxywasm.samples.QuickStart "$port"
