#!/usr/bin/env bash
# Makes sure that a Docker engine answers.
#   engine.sh users prints the file that each user of the engine holds a lock on; the last one may stop it
#   engine.sh up    prints host=, client= and started=true|false (true: it is ours and `down` stops it)
#   engine.sh check says what `up` would find, and changes nothing
#   engine.sh down  stops the engine that `up` started; does nothing otherwise
# An engine that is there is used as it is. On Debian or Ubuntu, as root and without one, it is installed and started with all
# of its data below the cache directory. Anywhere else one sentence says what to install.
set -euo pipefail

# shellcheck source=infra/local/apt.sh
. "$(dirname "${BASH_SOURCE[0]}")/apt.sh"

cache="${XDG_CACHE_HOME:-${HOME:?}/.cache}/sledge"
home="$cache/engine"
# One engine for each user of this machine, since two would fight over one bridge. A socket's path may have 107 characters; this
# one is short wherever the cache directory lies.
run="/run/sledge-engine-$(id -u)"
if [ ! -w /run ]; then run="${XDG_RUNTIME_DIR:-${TMPDIR:-/tmp}}/sledge-engine-$(id -u)"; fi
socket="$run/docker.sock"
pidfile="$run/docker.pid"

say() { echo "sledge: $*" >&2; }
fail() {
  echo "error: $*" >&2
  exit 3
}

# The client that came with the engine; another one that is first on the PATH may lack plugins or be of another age.
client() { PATH="/usr/bin:$PATH" command -v docker || true; }

answers() { # DOCKER_HOST value, empty for the client's default
  local docker
  docker=$(client)
  [ -n "$docker" ] || return 1
  if [ -n "$1" ]; then
    DOCKER_HOST=$1 timeout 10 "$docker" version --format '{{.Server.Version}}' > /dev/null 2>&1
  else
    timeout 10 "$docker" version --format '{{.Server.Version}}' > /dev/null 2>&1
  fi
}

found() { # host, started
  echo "host=$1"
  echo "client=$(client)"
  echo "started=$2"
}

install_engine() {
  if ! can_install; then
    fail "no Docker engine answers; install Docker Engine (https://docs.docker.com/engine/install/), start it, and let your user use it"
  fi
  say "installing a Docker engine (docker.io)"
  # The package must not start an engine of its own: this one keeps its data elsewhere.
  local policy=/usr/sbin/policy-rc.d made=false
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod +x "$policy"
    made=true
  fi
  local status=0
  install_packages "$home/install.log" docker.io iptables || status=$?
  if $made; then rm -f "$policy"; fi
  if [ "$status" != 0 ]; then
    tail -n 5 "$home/install.log" >&2
    fail "apt-get could not install docker.io; see $home/install.log"
  fi
}

start_engine() {
  [ "$(id -u)" = 0 ] || fail "no Docker engine answers and only root can start one; start it, or let your user use it"
  say "starting a Docker engine"
  mkdir -p "$run"
  rm -f "$pidfile" "$socket"
  setsid dockerd --host "unix://$socket" --data-root "$home/data" --exec-root "$run/exec" --pidfile "$pidfile" \
    > "$home/dockerd.log" 2>&1 < /dev/null 9>&- &
  local pid=$!
  trap 'down; exit 3' INT TERM
  for _ in $(seq 600); do
    if answers "unix://$socket"; then
      trap - INT TERM
      return
    fi
    kill -0 "$pid" 2> /dev/null || break
    sleep 0.1
  done
  tail -n 5 "$home/dockerd.log" >&2
  down
  fail "the Docker engine did not start; see $home/dockerd.log"
}

up() {
  if [ -n "${DOCKER_HOST:-}" ] && [ "$DOCKER_HOST" != "unix://$socket" ]; then
    answers "$DOCKER_HOST" || fail "no Docker engine answers at DOCKER_HOST=$DOCKER_HOST; start it, or unset DOCKER_HOST"
    found "$DOCKER_HOST" false
    return
  fi
  if answers ""; then
    found "$(DOCKER_HOST='' "$(client)" context inspect --format '{{.Endpoints.docker.Host}}' 2> /dev/null || echo unix:///var/run/docker.sock)" false
    return
  fi
  mkdir -p "$home"
  # Two of us at once start one engine.
  exec 9> "$run.lock"
  flock 9
  if ! answers "unix://$socket"; then
    command -v dockerd > /dev/null || install_engine
    start_engine
  fi
  found "unix://$socket" true
}

check() {
  local host="${DOCKER_HOST:-}"
  if answers "$host"; then
    echo "$("$(client)" version --format 'version {{.Server.Version}}') answers${host:+ at $host}"
  elif [ -n "$host" ]; then
    fail "no Docker engine answers at DOCKER_HOST=$host; start it, or unset DOCKER_HOST"
  elif answers "unix://$socket"; then
    echo "the one of another run answers at unix://$socket"
  elif [ "$(id -u)" = 0 ] && command -v dockerd > /dev/null; then
    echo "later none answers; a build starts one and stops it again"
  elif can_install; then
    echo "later none is installed; the first build installs docker.io"
  else
    fail "no Docker engine answers; install Docker Engine (https://docs.docker.com/engine/install/), start it, and let your user use it"
  fi
}

down() {
  [ -f "$pidfile" ] || return 0
  local pid
  pid=$(cat "$pidfile")
  kill -TERM "$pid" 2> /dev/null || true
  for _ in $(seq 300); do
    kill -0 "$pid" 2> /dev/null || break
    sleep 0.1
  done
  kill -KILL "$pid" 2> /dev/null || true
  # What a killed engine leaves behind.
  pkill -KILL -f "$run/exec" 2> /dev/null || true
  local mount
  while read -r mount; do
    umount -l "$mount" 2> /dev/null || true
  done < <(awk -v a="$home/" -v b="$run/" 'index($2, a) == 1 || index($2, b) == 1 {print $2}' /proc/mounts | sort -r)
  rm -rf "$run"
}

case "${1:-}" in
  users) echo "$run.users" ;;
  up) up ;;
  check) check ;;
  down) down ;;
  *)
    echo "usage: engine.sh users|up|check|down" >&2
    exit 2
    ;;
esac
