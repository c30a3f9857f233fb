#!/usr/bin/env bash
# Makes sure that what an image of BuildKit is made of is there, for the tests, which needs no registry of images. Prints the directory, which
# holds a Dockerfile.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
name=buildkit
version=v0.26.3
sum="h1:D+ruZVAk/3ipRq5XRxBH9/DIFpRjSlTtMbghT5gQP9g="
toolchain=go1.26.2
# shellcheck source=infra/local/go.sh
. "$here/go.sh"

compile() {
  local source
  source=$(directory "github.com/moby/buildkit@$version")
  module github.com/moby/buildkit "$source"
  cd module
  export CGO_ENABLED=0
  build buildctl github.com/moby/buildkit/cmd/buildctl
  build buildkitd github.com/moby/buildkit/cmd/buildkitd
  cp "$here/buildkit/Dockerfile" "$work/home"
}

once
echo "$home"
