#!/usr/bin/env bash
# Tells what a module is and whether it runs here: inspect.sh [--insecure] FILE|URL
# Exits with 0 if it does, 1 if not. Needs a JDK (17 or later) and Maven.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

target=$project/samples/target
if [ ! -d "$target/lib" ] || [ ! -e "$target/classes/dev/proxywasm/samples/Inspect.class" ]; then
  build samples
fi
require_tools

exec "$java" --enable-native-access=ALL-UNNAMED -cp "$target/classes:$target/lib/*" dev.proxywasm.samples.Inspect "$@"
