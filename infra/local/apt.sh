# shellcheck shell=bash
# Packages of Debian and Ubuntu, for the scripts beside it, which source this.
#   can_install                   whether this machine takes such packages, and this user may install them
#   install_packages LOG NAME…    installs them; fails if that does, and LOG says why

can_install() { [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; }

# One after the other: of two that want the lists at once apt-get makes one fail.
install_packages() {
  local log=$1 cache="${XDG_CACHE_HOME:-${HOME:?}/.cache}/sledge"
  shift
  mkdir -p "$cache"
  (
    flock 8
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } > "$log" 2>&1
  ) 8> "$cache/apt.lock" 9>&-
}
