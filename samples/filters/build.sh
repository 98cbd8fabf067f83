#!/usr/bin/env bash
# Builds the filters of both folders below into target/<language>.wasm beside their sources: build.sh [language...]
# A language without a toolchain is skipped with one line; a filter that does not compile fails the script.
set -euo pipefail

source "$(dirname "${BASH_SOURCE[0]}")/toolchains.sh"

all_languages=(go rust assemblyscript cpp)
# The sample filters, and the guests of the conformance tests.
folders=("$filters" "$(cd "$filters/../../integration-tests/guests" && pwd)")

main() {
  local language folder
  local -a languages=("$@") built=() skipped=() failed=()
  [[ $# -gt 0 ]] || languages=("${all_languages[@]}")
  for language in "${languages[@]}"; do
    [[ " ${all_languages[*]} " == *" $language "* ]] || fail_usage "$language"
  done
  for language in "${languages[@]}"; do
    build "$language"
  done
  summary
  [[ ${#failed[@]} -eq 0 ]]
}

fail_usage() {
  echo "build.sh: there is no filter in '$1'; choose from: ${all_languages[*]}" >&2
  exit 2
}

# Builds what there is in one language.
build() {
  local language=$1 folder reason
  if ! reason=$("missing_$language"); then
    echo "skipped: $language: $reason"
    skipped+=("$language (${reason%% (*})")
    for folder in "${folders[@]}"; do
      rm -f "$folder/target/$language.wasm"
    done
    return
  fi
  for folder in "${folders[@]}"; do
    [[ ! -d $folder/$language ]] || build_module "$folder" "$language" || return 0
  done
  built+=("$language")
}

# Builds one module unless it is newer than everything it is made of.
build_module() {
  local folder=$1 language=$2 output=$1/target/$2.wasm log=$1/target/$2.log
  if up_to_date "$folder" "$language" || compile "$folder" "$language" "$output" "$log"; then
    return
  fi
  echo "failed: $folder/$language" >&2
  cat "$log" >&2
  rm -f "$output"
  failed+=("$language")
  return 1
}

# A process of its own, because bash ignores "set -e" inside whatever stands in a condition.
compile() {
  mkdir -p "$1/target"
  rm -f "$3"
  "$BASH" "${BASH_SOURCE[0]}" --compile "$1/$2" "$2" "$3" >"$4" 2>&1
}

up_to_date() {
  local output=$1/target/$2.wasm newer
  [[ -e $output ]] || return 1
  newer=$(find "$1/$2" "$filters/build.sh" "$filters/toolchains.sh" \
    -name node_modules -prune -o -type f -newer "$output" -print -quit)
  [[ -z $newer ]]
}

summary() {
  local line="built: ${built[*]:-none}"
  [[ ${#skipped[@]} -eq 0 ]] || line+="; skipped: $(IFS=,; echo "${skipped[*]}" | sed 's/),/), /g')"
  [[ ${#failed[@]} -eq 0 ]] || line+="; failed: ${failed[*]}"
  echo "$line"
}

# Each missing_* fails with what to install; each build_* runs in the folder of the sources and writes the file $1.

missing_go() {
  find_go >/dev/null || { echo "no Go 1.24 or newer (run install-toolchains.sh)"; return 1; }
}

build_go() {
  GOOS=wasip1 GOARCH=wasm "$(find_go)" build -mod=readonly -buildvcs=false -trimpath -ldflags='-s -w' -buildmode=c-shared -o "$1" .
}

missing_rust() {
  find_rust >/dev/null || { echo "no wasm target (run install-toolchains.sh)"; return 1; }
}

build_rust() {
  local folder triple work=${1%/*}/rust
  read -r folder triple < <(find_rust)
  local -a options=(--locked --release --target "$triple" --target-dir "$work")
  export RUSTC=$folder/rustc
  if speaks_sparse "$folder/cargo"; then
    "$folder/cargo" build "${options[@]}"
  else
    vendor "$folder/cargo" "$work/vendor"
    "$folder/cargo" --config 'source.crates-io.replace-with="vendor"' \
      --config "source.vendor.directory=\"$work/vendor\"" build --offline "${options[@]}"
  fi
  cp "$work/$triple"/release/*.wasm "$1"
}

# Before 1.68 cargo reads the registry's index only as a git repository, unless its preview feature is on.
speaks_sparse() {
  [[ $("$1" --version) =~ ^cargo\ 1\.([0-9]+) && ${BASH_REMATCH[1]} -ge 68 ]]
}

# Downloads the crates with the preview feature, so that the build itself runs without it.
vendor() {
  [[ ! $2/.complete -nt Cargo.lock ]] || return 0
  RUSTC_BOOTSTRAP=1 CARGO_REGISTRIES_CRATES_IO_PROTOCOL=sparse "$1" vendor -Z sparse-registry --locked "$2"
  touch "$2/.complete"
}

missing_assemblyscript() {
  find_npm >/dev/null || { echo "no Node.js with npm (run install-toolchains.sh)"; return 1; }
}

build_assemblyscript() {
  [[ node_modules/.package-lock.json -nt package-lock.json ]] || npm ci --ignore-scripts
  npm run build -- --binaryFile "$1"
}

missing_cpp() {
  find_cpp >/dev/null || { echo "no clang with a C++ library for WASI (run install-toolchains.sh)"; return 1; }
}

# A reactor, like the modules of the C++ SDK: _initialize runs static initialisers. NDEBUG is off: a failed assert says why.
build_cpp() {
  "$(find_cpp)" --target=wasm32-wasi -std=c++17 -Os -Wall -Wextra -Werror -fno-exceptions -fno-rtti -mexec-model=reactor \
    -Wl,--strip-all -o "$1" ./*.cc
}

if [[ ${1:-} == --compile ]]; then
  cd "$2"
  "build_$3" "$4"
else
  main "$@"
fi
