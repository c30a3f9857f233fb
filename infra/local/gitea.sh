#!/usr/bin/env bash
# Makes sure that a real Gitea is there, for the tests: compiled from its module, which needs no registry of images, and kept below the
# cache directory. Prints the directory, which holds the command `gitea`, `templates` and `options`. A second run compiles nothing.
set -euo pipefail

version=v1.26.0
# Of the module, as go.sum writes it: whatever mirror it comes from, it is this one.
sum="h1:fJP9dqLbzKrKWUVnCVTfVersZdVDuyJQLEDzCAOmKKA="
# What that version's go.mod asks for, where the machine has no Go that can fetch it by itself.
toolchain=go1.26.2
home="${XDG_CACHE_HOME:-${HOME:?}/.cache}/sledge/gitea/$version"
log="$home.log"

say() { echo "sledge: $*" >&2; }
fail() {
  echo "error: $*" >&2
  exit 3
}

install() { # packages
  if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
    fail "Gitea is compiled for the tests: install Go 1.21 or newer and a C compiler"
  fi
  say "installing $*"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } \
    > "$log" 2>&1 || fail "apt-get could not install $*; see $log"
}

# From 1.21 on Go fetches a newer toolchain by itself.
fetches_toolchains() {
  local minor
  minor=$(GOTOOLCHAIN=local go version 2> /dev/null | sed -n 's/^go version go1\.\([0-9]*\).*/\1/p')
  [ "${minor:-0}" -ge 21 ]
}

# The toolchain as the module that it is published as; an old Go takes it for any other and leaves out the permissions.
fetch_toolchain() {
  local module directory
  module="golang.org/toolchain@v0.0.1-$toolchain.$(go env GOOS)-$(go env GOARCH)"
  directory=$(cd "$work" && go mod download -json "$module" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
  [ -n "$directory" ] || fail "Go $toolchain could not be fetched"
  cp -r "$directory" "$work/go"
  chmod -R u+w "$work/go"
  chmod +x "$work"/go/bin/* "$work"/go/pkg/tool/*/*
  PATH="$work/go/bin:$PATH"
}

compile() {
  command -v gcc > /dev/null || install gcc libc6-dev
  command -v go > /dev/null || install golang-go
  fetches_toolchains || fetch_toolchain
  say "compiling Gitea ${version#v}, some minutes, once"
  cd "$work"
  local source
  export GOFLAGS=-mod=mod GOTOOLCHAIN=auto CGO_ENABLED=1
  source=$(go mod download -json "code.gitea.io/gitea@$version" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
  [ -n "$source" ] || fail "the module of Gitea could not be fetched"
  # A module of its own, so that Gitea's own replacements hold.
  mkdir module
  sed -e '1s/.*/module sledge.dev\/gitea/' -e '/^tool /d' -e '/^tool (/,/^)/d' "$source/go.mod" > module/go.mod
  echo "require code.gitea.io/gitea $version" >> module/go.mod
  { cat "$source/go.sum"; echo "code.gitea.io/gitea $version $sum"; } > module/go.sum
  printf 'package gitea\n\nimport _ "code.gitea.io/gitea/cmd"\n' > module/gitea.go
  cd module
  go build -o "$work/home/gitea" -tags 'sqlite sqlite_unlock_notify' \
    -ldflags "-X main.Version=${version#v}" code.gitea.io/gitea > "$log" 2>&1 ||
    fail "Gitea could not be compiled; see $log"
  cp -r "$source/templates" "$source/options" "$work/home"
  chmod -R u+w "$work/home"
  mkdir -p "$work/home/public/assets"
}

mkdir -p "$(dirname "$home")"
exec 9> "$home.lock"
flock 9
if [ ! -d "$home" ]; then
  work=$(mktemp -d "$home.XXXXXX")
  trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
  compile
  mv "$work/home" "$home"
fi
echo "$home"
