#!/usr/bin/env bash
# Measures the host: run.sh [quick|full] [sequence|peer|http|growth...], or run.sh jmh [options of JMH].
# Builds what it needs first, when a source has changed. README.md says what the figures mean.
set -euo pipefail

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$repository"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
stamp=benchmarks/target/built.stamp

main() {
  local mode=${1:-quick}
  case $mode in
    quick | full) build; run dev.proxywasm.benchmarks.Quick "$mode" "${@:2}" ;;
    jmh) build; run org.openjdk.jmh.Main "${@:2}" ;;
    *) echo "run.sh: there is no '$mode'; use quick, full or jmh" >&2; exit 2 ;;
  esac
}

build() {
  up_to_date && return
  echo "# building" >&2
  mvn -q -B -Dquick -DskipTests -pl benchmarks,benchmarks/peer -am package >&2
  touch "$stamp"
}

up_to_date() {
  local newer
  [[ -e $stamp ]] || return 1
  newer=$(find pom.xml core adapter-servlet benchmarks -name target -prune -o \
    \( -path '*/src/main/*' -o -name pom.xml \) -type f -newer "$stamp" -print -quit)
  [[ -z $newer ]]
}

# JDK 24 and later warn of native code without the flag; 17 knows it already. The heap is in use from the start, as in a server that has
# run for a while: first touches of its pages would be charged to whoever allocates.
run() {
  "$java" --enable-native-access=ALL-UNNAMED -Xms1g -Xmx1g -XX:+AlwaysPreTouch -cp "benchmarks/target/classes:benchmarks/target/lib/*" "$@"
}

main "$@"
