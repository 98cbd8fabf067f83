# What the scripts here and below have in common; they source it.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

# Ends the script, with status 2, unless that is a port.
require_port() {
  if [[ ! $1 =~ ^[0-9]+$ || $1 -lt 1 || $1 -gt 65535 ]]; then
    echo "${0##*/}: '$1' is no port; give a number from 1 to 65535, or nothing for the usual one" >&2
    exit 2
  fi
}

# Ends the script, with status 2, where it cannot work.
require_tools() {
  local tool
  for tool in "$java" mvn; do
    if ! command -v "$tool" >/dev/null; then
      echo "${0##*/}: there is no '$tool' here; install a JDK (17 or later) and Maven (3.8 or later)" >&2
      exit 2
    fi
  done
}

# Builds a module and all that it needs.
build() {
  require_tools
  echo "Building; the first time Maven also downloads the libraries..." >&2
  (cd "$project" && mvn -q -B -ntp -Dquick -Dstyle.color=never -Dmaven.test.skip=true -pl "$1" -am package) >&2
}

# What a script begins with that serves a sample: $sample is its folder, $port the argument, or the usual port without one; and the sample is built.
prepare() {
  sample=$project/$1
  port=${3:-$2}
  require_port "$port"
  build "$1"
}
