# shellcheck shell=bash disable=SC2154 # what is set by whoever sources it
# Programs that the tests need and nothing publishes as a package: compiled from their Go modules, once, and kept below the cache directory.
# Set before: `name`; `version` of the module; `sum` of the module as go.sum writes it, so that it is this one whatever mirror it comes from;
# `toolchain`, a Go that has what the module's go.mod asks for, where the machine has none that can fetch it by itself.
# shellcheck source=infra/local/apt.sh
. "$(dirname "${BASH_SOURCE[0]}")/apt.sh"

home="${XDG_CACHE_HOME:-${HOME:?}/.cache}/sledge/$name/$version"
log="$home.log"

say() { echo "sledge: $*" >&2; }
fail() {
  echo "error: $*" >&2
  exit 3
}

# Makes sure that $home is there: what `compile` puts into $work/home.
once() {
  mkdir -p "$(dirname "$home")"
  exec 9> "$home.lock"
  flock 9
  if [ -d "$home" ]; then return; fi
  work=$(mktemp -d "$home.XXXXXX")
  trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
  mkdir "$work/home"
  command -v go > /dev/null || install golang-go
  fetches_toolchains || fetch_toolchain
  export GOFLAGS=-mod=mod GOTOOLCHAIN=auto
  say "compiling $name $version, some minutes, once"
  cd "$work"
  compile
  mv "$work/home" "$home"
}

install() { # packages
  if ! can_install; then
    fail "$name is compiled for the tests: install Go 1.21 or newer and a C compiler"
  fi
  say "installing $*"
  install_packages "$log" "$@" || fail "apt-get could not install $*; see $log"
}

# From 1.21 on Go fetches a newer toolchain by itself.
fetches_toolchains() {
  local minor
  minor=$(GOTOOLCHAIN=local go version 2> /dev/null | sed -n 's/^go version go1\.\([0-9]*\).*/\1/p')
  [ "${minor:-0}" -ge 21 ]
}

# The toolchain as the module that it is published as; an old Go takes it for any other and leaves out the permissions.
fetch_toolchain() {
  local directory
  directory=$(directory "golang.org/toolchain@v0.0.1-$toolchain.$(go env GOOS)-$(go env GOARCH)")
  cp -r "$directory" "$work/go"
  chmod -R u+w "$work/go"
  chmod +x "$work"/go/bin/* "$work"/go/pkg/tool/*/*
  PATH="$work/go/bin:$PATH"
}

# Prints where the sources of a module are.
directory() { # module@version
  local directory
  directory=$(cd "$work" && go mod download -json "$1" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
  [ -n "$directory" ] || fail "$1 could not be fetched"
  echo "$directory"
}

# Makes ./module, which requires a module and knows all that this one does.
module() { # module, its sources
  mkdir module
  printf 'module sledge.dev/%s\n\ngo 1.24.3\n\nrequire %s %s\n' "$name" "$1" "$version" > module/go.mod
  { cat "$2/go.sum"; echo "$1 $version $sum"; } > module/go.sum
}

build() { # name of the command, package, further arguments of go build
  local command=$1 package=$2
  shift 2
  go build -o "$work/home/$command" "$@" "$package" > "$log" 2>&1 || fail "$name could not be compiled; see $log"
}
