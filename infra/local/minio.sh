#!/usr/bin/env bash
# Makes sure that MinIO is there, for the tests: an S3 server that enforces the policies of its users. Prints the directory, which holds
# `minio`, and `user`, which makes one.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
name=minio
version=v0.0.0-20260212201848-7aac2a2c5b7c
sum="h1:/qdoYujxF5MBLDMVLeiYJ/7fBa1HikX39Dvzb9Ji8pA="
toolchain=go1.26.2
# shellcheck source=infra/local/go.sh
. "$here/go.sh"

compile() {
  local source
  source=$(directory "github.com/minio/minio@$version")
  module github.com/minio/minio "$source"
  cp "$here/minio/user.go" module
  cd module
  export CGO_ENABLED=0
  build minio github.com/minio/minio
  build user .
}

once
echo "$home"
