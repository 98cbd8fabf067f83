#!/usr/bin/env bash
# Builds the WAR and serves it, unpacked, on a Tomcat: run.sh [port]
# Needs a JDK (17 or later) and Maven.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

prepare samples/webxml-war 18082 "$@"

echo "Starting on http://localhost:$port/ (Ctrl-C stops it). In another terminal, try:"
printf '\n  curl -i localhost:%s/\n  curl -i localhost:%s/private\n\n' "$port" "$port"
exec "$java" --enable-native-access=ALL-UNNAMED -Dorg.apache.catalina.startup.EXIT_ON_INIT_FAILURE=true \
  -Dcatalina.base="$sample/target/tomcat" -Dport="$port" -Dwar="$sample/target/webxml-war" -cp "$sample/target/server/*" \
  org.apache.catalina.startup.Tomcat --await --catalina -config "$sample/server.xml"
