#!/usr/bin/env bash
# Builds what is needed and serves the quick start: quickstart.sh [port]
# Needs a JDK (17 or later) and Maven.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

prepare samples 18080 "$@"

exec "$java" --enable-native-access=ALL-UNNAMED -cp "$sample/target/classes:$sample/target/lib/*" dev.proxywasm.samples.QuickStart "$port"
