#!/usr/bin/env bash
# Makes sure that the tools of infra/local/tools/requirements.txt are there, in an environment of their own below the cache directory, and
# prints the directory of their commands. A second run with the same requirements installs nothing.
set -euo pipefail

# shellcheck source=infra/local/apt.sh
. "$(dirname "${BASH_SOURCE[0]}")/apt.sh"

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
requirements="$here/tools/requirements.txt"
wanted=$(sha256sum "$requirements" | cut -c1-16)
home="${XDG_CACHE_HOME:-${HOME:?}/.cache}/sledge/tools/$wanted"

fail() {
  echo "error: $*" >&2
  exit 3
}

mkdir -p "$(dirname "$home")"
exec 9> "$home.lock"
flock 9
if [ ! -e "$home/complete" ]; then
  rm -rf "$home"
  if ! python3 -m venv "$home" > "$home.log" 2>&1; then
    can_install || fail "install Python 3.9 or newer with its venv module"
    install_packages "$home.log" python3 python3-venv || fail "apt-get could not install python3-venv; see $home.log"
    rm -rf "$home"
    python3 -m venv "$home" > "$home.log" 2>&1 || fail "python3 makes no environment; see $home.log"
  fi
  echo "sledge: installing $(grep -c '^[a-z]' "$requirements") tools for the tests" >&2
  "$home/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements" > "$home.log" 2>&1 ||
    fail "pip could not install the tools; see $home.log"
  touch "$home/complete"
fi
echo "$home/bin"
