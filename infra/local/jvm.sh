# shellcheck shell=bash
# What every JVM of this project needs: a JDK and a locale that can name any file.

# A JVM cannot open a path that the locale cannot spell, and a repository may hold any name.
use_utf8() {
  if [ "$(locale charmap 2> /dev/null)" != UTF-8 ]; then export LC_ALL=C.UTF-8; fi
}

# The first with which NullAway sees the annotations of types: https://github.com/uber/NullAway/wiki/JSpecify-Support.
oldest_jdk=21.0.8

# Prints the home of a JDK that is new enough: JAVA_HOME, the one on the PATH, then the usual places, newest first.
find_jdk() {
  local home
  for home in "${JAVA_HOME:-}" "$(_jdk_on_path)" $(_jdks_in_usual_places); do
    if [ -n "$home" ] && _is_new_enough "$home" && [ -x "$home/bin/javac" ]; then
      echo "$home"
      return 0
    fi
  done
  echo "no JDK $oldest_jdk or newer found; install one (Debian: apt-get install openjdk-21-jdk, or Temurin) or set JAVA_HOME to it" >&2
  return 3
}

_jdk_on_path() {
  local javac
  javac=$(command -v javac) && dirname "$(dirname "$(readlink -f "$javac")")"
}

_jdks_in_usual_places() {
  # shellcheck disable=SC2012 # directories of JDKs; ls sorts what exists and find would not glob
  ls -d /usr/lib/jvm/* /opt/java/* /opt/jdk* "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home 2> /dev/null | sort -rV
}

_is_new_enough() { # home
  printf '%s\n' "$oldest_jdk" "$(java_version "$1")" | sort --version-sort --check=silent
}

# The release file tells the version without starting a JVM: JAVA_VERSION="21.0.8".
java_version() { # home
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9.]*\).*/\1/p' "$1/release" 2> /dev/null | head -n 1)
  echo "${version:-0}"
}
