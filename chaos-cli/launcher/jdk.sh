# Read by ./faultline and ./verify: what both need before any Java runs.

oldest_jdk=25

# refuse WHAT WHY FIX: nothing was touched, so exit 5 as Faultline itself does when its surroundings are not ready.
refuse() {
  printf 'error: %s\n  why: %s\n  fix: %s\n' "$1" "$2" "$3" >&2
  exit 5
}

# is_recent_jdk FOLDER: judged by its release file, as starting each java would cost more than the run.
is_recent_jdk() {
  local line
  [[ -r $1/release && -x $1/bin/javac ]] || return 1
  while IFS= read -r line; do
    [[ $line == 'JAVA_VERSION="'* ]] || continue
    line=${line#*\"}
    line=${line%%[!0-9]*}
    [[ -n $line ]] && ((line >= oldest_jdk))
    return
  done <"$1/release"
  return 1
}

# Sets `jdk` to the folder of the first recent JDK.
find_jdk() {
  local candidate on_path
  if [[ -n ${FAULTLINE_JAVA_HOME:-} ]]; then
    jdk=$FAULTLINE_JAVA_HOME
    is_recent_jdk "$jdk" && return
    refuse "FAULTLINE_JAVA_HOME is not a JDK $oldest_jdk or newer: $jdk" \
      "its release file names no such version, or bin/javac is missing" \
      "point it at a JDK $oldest_jdk, or unset it to let Faultline look"
  fi
  on_path=$(type -P java) && on_path=$(readlink -f "$on_path") || on_path=
  for candidate in "${JAVA_HOME:-}" "${on_path%/bin/java}" /usr/lib/jvm/* /opt/* "${HOME:-}"/.sdkman/candidates/java/* \
    "${HOME:-}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    jdk=$candidate
    is_recent_jdk "$jdk" && return
  done
  refuse "no JDK $oldest_jdk or newer on this machine" \
    "looked at FAULTLINE_JAVA_HOME, JAVA_HOME, java on PATH, /usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks" \
    "Debian/Ubuntu: apt-get install openjdk-$oldest_jdk-jdk-headless where the release has it, else https://adoptium.net"
}

need_maven() {
  type -P mvn >/dev/null || refuse "no mvn on PATH" "Faultline is built from its sources with Maven 3.8 or newer" \
    "Debian/Ubuntu: apt-get install maven"
}
