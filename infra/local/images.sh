#!/usr/bin/env bash
# The images that a local build needs, in the engine that DOCKER_HOST names (client: DOCKER_CLIENT, else docker).
#   images.sh base NAME        makes sure NAME is there: pulled, or where no registry of images is reachable and NAME is one of
#                              Debian's, made from the machine's own package mirror
#   images.sh build-image      builds infra/build-image if its files changed, prints its reference
#   images.sh registry-image   the same for infra/local/registry
#   images.sh built NAME DIRECTORY   the same for any other
#   images.sh image NAME DIRECTORY   makes sure NAME is there: pulled, or where it cannot be, built from DIRECTORY
# Extra CA certificates of the machine are carried into all of them, since a build behind a company's proxy fails without.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=infra/local/apt.sh
. "$here/apt.sh"
docker="${DOCKER_CLIENT:-docker}"
certificates="${SLEDGE_CA_CERTIFICATES:-/usr/local/share/ca-certificates}"
# All roots in one file: of Debian, Ubuntu, Alpine and distroless; of Fedora and what comes of it.
bundles=(/etc/ssl/certs/ca-certificates.crt /etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem)
# Old engines have no BuildKit that a client without buildx can use; what is built here needs none.
export DOCKER_BUILDKIT=0

say() { echo "sledge: $*" >&2; }
fail() {
  echo "error: $*" >&2
  exit 3
}

# What one run makes the next one finds, also if both begin at once.
cache="${XDG_CACHE_HOME:-${HOME:?}/.cache}/sledge"
mkdir -p "$cache"
exec 9> "$cache/images.lock"
flock 9

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

present() { "$docker" image inspect "$1" > /dev/null 2>&1; }

has_certificates() { compgen -G "$certificates/*.crt" > /dev/null; }

copy_certificates() { # directory
  mkdir -p "$1"
  if has_certificates; then cp "$certificates"/*.crt "$1"; fi
}

base() {
  local name=$1
  if present "$name"; then return; fi
  say "fetching $name"
  if timeout 60 "$docker" pull --quiet "$name" > /dev/null 2> "$work/pull.log"; then
    if has_certificates; then add_certificates "$name"; fi
    return
  fi
  local short=${name#docker.io/}
  short=${short#library/}
  local suite
  suite=$(debian_suite "$short")
  if [ -z "$suite" ]; then
    fail "base image $name cannot be pulled, and only debian:<suite> images can be made without a registry; docker says:" \
      "$(tail -n 1 "$work/pull.log")"
  fi
  make_debian "$name" "$suite"
}

debian_suite() { # image without docker.io/library/; prints the suite that it is of, nothing if it is none of Debian's
  [[ $1 =~ ^debian(:([a-z]+|[0-9]+)(-slim)?)?$ ]] || return 0
  case "${BASH_REMATCH[2]:-latest}" in
    latest) echo stable ;;
    11) echo bullseye ;;
    12) echo bookworm ;;
    13) echo trixie ;;
    14) echo forky ;;
    [0-9]*) ;;
    *) echo "${BASH_REMATCH[2]}" ;;
  esac
}

# The same image, trusting what the machine trusts. Images without a shell, or with a user who may not do this, are among them.
add_certificates() { # image
  local user container file
  if [ "$("$docker" image inspect --format '{{len .Config.OnBuild}}' "$1")" != 0 ]; then
    say "$1 has ONBUILD triggers and is left as it is: it trusts no certificate of this machine"
    return
  fi
  user=$("$docker" image inspect --format '{{.Config.User}}' "$1")
  mkdir "$work/trust"
  copy_certificates "$work/trust/certificates"
  container=$("$docker" create "$1" none)
  {
    printf 'FROM %s\nCOPY certificates /usr/local/share/ca-certificates\n' "$1"
    if "$docker" cp "$container:/usr/sbin/update-ca-certificates" "$work/trust/tool" 2> /dev/null; then
      printf 'USER 0\nRUN ["update-ca-certificates"]\n%s\n' "${user:+USER $user}"
    else
      for file in "${bundles[@]}"; do
        "$docker" cp "$container:$file" "$work/trust/${file##*/}" 2> /dev/null || continue
        cat "$work/trust/certificates"/* >> "$work/trust/${file##*/}"
        printf 'COPY %s %s\n' "${file##*/}" "$file"
      done
    fi
  } > "$work/trust/Dockerfile"
  "$docker" rm "$container" > /dev/null
  if ! "$docker" build --quiet --tag "$1" "$work/trust" > /dev/null 2> "$work/build.log"; then
    # Else the next run would take it as it is.
    "$docker" image rm --force "$1" > /dev/null
    fail "base image $1 cannot be made to trust this machine's certificates; docker says: $(tail -n 1 "$work/build.log")"
  fi
}

make_debian() { # image, suite
  local image=$1 suite=$2 mirror
  [ "$(id -u)" = 0 ] || fail "base image $image cannot be pulled, and only root can make one; run as root or check the network"
  mirror=$(debian_mirror)
  [ -n "$mirror" ] || fail "base image $image cannot be pulled, and this machine has no Debian package sources to make it from"
  if ! command -v mmdebstrap > /dev/null; then
    install_packages "$work/apt.log" mmdebstrap || fail "apt-get could not install mmdebstrap: $(tail -n 1 "$work/apt.log")"
  fi
  say "making $image from this machine's package mirror"
  copy_certificates "$work/certificates"
  # Times are clamped, so that the same packages give the same layer.
  # shellcheck disable=SC2016 # the hooks' $1 is mmdebstrap's: the root
  if ! SOURCE_DATE_EPOCH=0 mmdebstrap --quiet --variant=minbase --include=ca-certificates \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    --customize-hook="copy-in $work/certificates/. /usr/local/share/ca-certificates" \
    --customize-hook='chroot "$1" update-ca-certificates > /dev/null 2>&1' \
    --customize-hook='rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/*.bin' \
    "$suite" "$work/root.tar" "$mirror" > "$work/mmdebstrap.log" 2>&1; then
    tail -n 5 "$work/mmdebstrap.log" >&2
    fail "$image could not be made from this machine's package mirror"
  fi
  "$docker" import --change 'CMD ["bash"]' "$work/root.tar" "$image" > /dev/null
}

debian_mirror() { # the first archive in the machine's own apt sources
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2> /dev/null |
    awk '/^URIs:/ {print $2} /^deb / {for (i = 2; i <= NF; i++) if ($i ~ /^[a-z+]+:\/\//) {print $i; break}}' |
    awk '!/security/ {print; exit}' || true
}

built() { # name, directory
  local context="$work/context" tag
  mkdir "$context"
  cp -R "$2/." "$context"
  copy_certificates "$context/certificates"
  tag=$(cd "$context" && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
  if ! present "$1:$tag"; then
    base "$(sed -n 's/^FROM \([^ ]*\).*/\1/p' "$context/Dockerfile" | head -n 1)"
    say "building $1"
    if ! "$docker" build --tag "$1:$tag" "$context" > "$work/build.log" 2>&1; then
      tail -n 20 "$work/build.log" >&2
      fail "image $1 could not be built from $2"
    fi
  fi
  echo "$1:$tag"
}

image() { # name, directory
  # Only what was pulled has a digest of a registry.
  if present "$1" && [ "$("$docker" image inspect --format '{{len .RepoDigests}}' "$1")" != 0 ]; then return; fi
  if timeout 60 "$docker" pull --quiet "$1" > /dev/null 2>&1; then return; fi
  local reference
  reference=$(built "sledge/$(basename "$2")" "$2")
  "$docker" tag "$reference" "$1"
}

case "${1:-}" in
  image) image "${2:?usage: images.sh image NAME DIRECTORY}" "${3:?usage: images.sh image NAME DIRECTORY}" ;;
  base) base "${2:?usage: images.sh base NAME}" ;;
  build-image) built sledge/build "$here/../build-image" ;;
  built) built "${2:?usage: images.sh built NAME DIRECTORY}" "${3:?usage: images.sh built NAME DIRECTORY}" ;;
  registry-image) built sledge/registry "$here/registry" ;;
  *)
    echo "usage: images.sh base NAME | build-image | registry-image | built NAME DIRECTORY | image NAME DIRECTORY" >&2
    exit 2
    ;;
esac
