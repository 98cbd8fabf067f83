# Where the toolchains of the filters are found; sourced by build.sh and install-toolchains.sh.
# Each find_* prints what it found, or prints nothing and fails.

filters=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# The Go that install-toolchains.sh takes from the module proxy where the distribution's is too old.
go_toolchain=golang.org/toolchain@v0.0.1-go1.24.9.$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m | sed 's/x86_64/amd64/; s/aarch64/arm64/')

# Prints the path of a Go that builds reactors (1.24 or newer).
find_go() {
  local go
  for go in "$(command -v go || true)" "$(go_module_cache)/$go_toolchain/bin/go"; do
    if [[ -x $go ]] && builds_reactors "$go"; then
      echo "$go"
      return
    fi
  done
  return 1
}

# In the module's folder, because Go 1.21 and newer may switch to the version that go.mod asks for.
builds_reactors() {
  local version
  version=$(cd "$filters/go" && "$1" env GOVERSION 2>/dev/null) || return 1
  [[ $version =~ ^go1\.([0-9]+) && ${BASH_REMATCH[1]} -ge 24 ]]
}

go_module_cache() {
  go env GOMODCACHE 2>/dev/null || echo "${GOPATH:-$HOME/go}/pkg/mod"
}

# Prints "<folder of rustc and cargo> <target>" of the first Rust that has a WASI standard library.
find_rust() {
  local rustc target library
  for rustc in $(type -ap rustc); do
    [[ -x ${rustc%/*}/cargo ]] || continue
    for target in wasm32-wasip1 wasm32-wasi; do
      library=$("$rustc" --print target-libdir --target "$target" 2>/dev/null) || continue
      if compgen -G "$library/libstd-*.rlib" >/dev/null; then
        echo "${rustc%/*} $target"
        return
      fi
    done
  done
  return 1
}

# Prints the path of npm, when Node.js is there too.
find_npm() {
  command -v node >/dev/null && command -v npm
}

# Prints the path of the first clang++ that finds a C++ library for WASI.
find_cpp() {
  local clang program='#include <string>
int main() { return std::string().size(); }'
  for clang in $(type -ap clang++) /usr/bin/clang++-[0-9]*; do
    if [[ -x $clang ]] && "$clang" --target=wasm32-wasi -x c++ -o /dev/null - <<<"$program" 2>/dev/null; then
      echo "$clang"
      return
    fi
  done
  return 1
}
