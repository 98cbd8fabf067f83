#!/usr/bin/env bash
# Builds the sample filters into target/<language>.wasm: build.sh [language...]
# A language without a toolchain is skipped with one line; a filter that does not compile fails the script.
set -euo pipefail

source "$(dirname "${BASH_SOURCE[0]}")/toolchains.sh"

all_languages=(go rust assemblyscript)
target=$filters/target

main() {
  local language
  local -a languages=("$@") built=() skipped=() failed=()
  [[ $# -gt 0 ]] || languages=("${all_languages[@]}")
  for language in "${languages[@]}"; do
    [[ " ${all_languages[*]} " == *" $language "* ]] || fail_usage "$language"
  done
  mkdir -p "$target"
  for language in "${languages[@]}"; do
    build "$language"
  done
  summary
  [[ ${#failed[@]} -eq 0 ]]
}

fail_usage() {
  echo "build.sh: there is no sample filter in '$1'; choose from: ${all_languages[*]}" >&2
  exit 2
}

# Builds one language unless its module is newer than everything it is made of.
build() {
  local language=$1 output=$target/$1.wasm log=$target/$1.log reason
  if ! reason=$("missing_$language"); then
    echo "skipped: $language: $reason"
    skipped+=("$language (${reason%% (*})")
    rm -f "$output"
  elif up_to_date "$language"; then
    built+=("$language")
  elif compile "$language" "$output" "$log"; then
    built+=("$language")
  else
    echo "failed: $language" >&2
    cat "$log" >&2
    rm -f "$output"
    failed+=("$language")
  fi
}

# A process of its own, because bash ignores "set -e" inside whatever stands in a condition.
compile() {
  rm -f "$2"
  "$BASH" "${BASH_SOURCE[0]}" --compile "$1" "$2" >"$3" 2>&1
}

up_to_date() {
  local output=$target/$1.wasm newer
  [[ -e $output ]] || return 1
  newer=$(find "$filters/$1" "$filters/build.sh" "$filters/toolchains.sh" \
    -name node_modules -prune -o -type f -newer "$output" -print -quit)
  [[ -z $newer ]]
}

summary() {
  local line="built: ${built[*]:-none}"
  [[ ${#skipped[@]} -eq 0 ]] || line+="; skipped: $(IFS=,; echo "${skipped[*]}" | sed 's/),/), /g')"
  [[ ${#failed[@]} -eq 0 ]] || line+="; failed: ${failed[*]}"
  echo "$line"
}

# Each missing_* fails with what to install; each build_* runs in the language's folder and writes the file $1.

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
  local folder triple work=$target/rust
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
  cp "$work/$triple/release/sample_filter.wasm" "$1"
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

if [[ ${1:-} == --compile ]]; then
  cd "$filters/$2"
  "build_$2" "$3"
else
  main "$@"
fi
