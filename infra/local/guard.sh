#!/usr/bin/env bash
# Makes sure that cfn-guard is there, compiled into the cache directory, and prints the path of the command. It is on no package index but
# Rust's; compiling takes some minutes, once.
set -euo pipefail

# shellcheck source=infra/local/apt.sh
. "$(dirname "${BASH_SOURCE[0]}")/apt.sh"

version=3.2.1
home="${XDG_CACHE_HOME:-${HOME:?}/.cache}/sledge/guard/$version"

mkdir -p "$home"
exec 9> "$home.lock"
flock 9
if [ ! -x "$home/bin/cfn-guard" ]; then
  if ! command -v cargo > /dev/null && can_install; then
    install_packages "$home.log" cargo || {
      echo "error: apt-get could not install cargo; see $home.log" >&2
      exit 3
    }
  fi
  command -v cargo > /dev/null || {
    echo "error: install Rust: its cargo compiles cfn-guard, which checks template.yaml" >&2
    exit 3
  }
  echo "sledge: compiling cfn-guard $version" >&2
  cargo install --quiet --locked --root "$home" "cfn-guard@$version" > "$home.log" 2>&1 || {
    echo "error: cargo could not install cfn-guard; see $home.log" >&2
    exit 3
  }
fi
echo "$home/bin/cfn-guard"
