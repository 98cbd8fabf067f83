#!/usr/bin/env bash
# Installs on a Debian-like machine the toolchains of the filters that are missing.
# Uses package registries only: Debian's archive, and the Go module proxy for a newer Go.
# What cannot be had is named and left out; build.sh then skips that language.
set -uo pipefail

source "$(dirname "${BASH_SOURCE[0]}")/toolchains.sh"

main() {
  ensure go find_go install_go
  ensure rust find_rust install_rust
  ensure assemblyscript find_npm install_node
  ensure cpp find_cpp install_clang
}

ensure() {
  local language=$1 find=$2 install=$3 found
  if ! found=$("$find"); then
    echo "installing: $language"
    "$install" || true
    hash -r
    found=$("$find") || { echo "not available: $language"; return; }
  fi
  echo "ready: $language: $found"
}

# Debian 12 has Go 1.19, which cannot build reactors but can fetch a newer Go as a module.
install_go() {
  command -v go >/dev/null || apt_install golang-go
  find_go >/dev/null && return
  local folder
  folder=$(go_module_cache)/$go_toolchain
  (cd / && go mod download "$go_toolchain") || return
  # Go before 1.21 unpacks every module without execute permission.
  chmod -R u+x "$folder/bin" "$folder/pkg/tool"
}

install_rust() {
  if command -v apt-get >/dev/null; then
    # The linker is only recommended by the package, beside compilers that are not needed.
    local linker
    apt_update
    linker=$(apt-cache depends libstd-rust-dev-wasm32 | grep -oE -m1 'lld-[0-9]+')
    apt_install rustc cargo libstd-rust-dev-wasm32 ${linker:+"$linker"}
  else
    rustup target add wasm32-wasip1
  fi
}

install_node() {
  apt_install nodejs npm
}

install_clang() {
  apt_install clang lld wasi-libc libc++-dev-wasm32 libclang-rt-dev-wasm32
}

apt_install() {
  apt_update
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

apt_updated=
apt_update() {
  [[ -n $apt_updated ]] || as_root apt-get update -q
  apt_updated=yes
}

as_root() {
  if [[ $EUID -eq 0 ]]; then "$@"; else sudo "$@"; fi
}

main
