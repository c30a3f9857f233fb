#!/usr/bin/env bash
# Makes sure that a real Gitea is there, for the tests. Prints the directory, which holds the command `gitea`, `templates` and `options`.
set -euo pipefail

name=gitea
version=v1.26.0
sum="h1:fJP9dqLbzKrKWUVnCVTfVersZdVDuyJQLEDzCAOmKKA="
toolchain=go1.26.2
# shellcheck source=infra/local/go.sh
. "$(dirname "${BASH_SOURCE[0]}")/go.sh"

compile() {
  local source
  command -v gcc > /dev/null || install gcc libc6-dev
  source=$(directory "code.gitea.io/gitea@$version")
  module code.gitea.io/gitea "$source"
  # As if it were Gitea itself, so that Gitea's own replacements hold.
  sed -e '1s/.*/module sledge.dev\/gitea/' -e '/^tool /d' -e '/^tool (/,/^)/d' "$source/go.mod" > module/go.mod
  echo "require code.gitea.io/gitea $version" >> module/go.mod
  printf 'package gitea\n\nimport _ "code.gitea.io/gitea/cmd"\n' > module/gitea.go
  cd module
  export CGO_ENABLED=1
  build gitea code.gitea.io/gitea -tags 'sqlite sqlite_unlock_notify' -ldflags "-X main.Version=${version#v}"
  cp -r "$source/templates" "$source/options" "$work/home"
  chmod -R u+w "$work/home"
  mkdir -p "$work/home/public/assets"
}

once
echo "$home"
