# Sets JAVA_HOME to a JDK of at least FATHOM_JDK_MIN (default 25). Sourced by ./fathom and ./mvnw; plain POSIX sh.
fathom_jdk_major() { # the major version of the JDK at $1, or 0
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || { echo 0; return; }
  v=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"); echo "${v:-0}"
}
fathom_find_jdk() {
  want=${FATHOM_JDK_MIN:-25}
  onpath=$(command -v javac 2>/dev/null || true)
  [ -z "$onpath" ] || onpath=$(dirname "$(dirname "$(readlink -f "$onpath" 2>/dev/null || echo "$onpath")")")
  for c in "${FATHOM_JAVA_HOME:-}" "${JAVA_HOME:-}" "${JAVA25_HOME:-}" "${JAVA_HOME_25_X64:-}" "$onpath" \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* "$HOME"/.asdf/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
  do
    [ -n "$c" ] && [ "$(fathom_jdk_major "$c")" -ge "$want" ] && { echo "$c"; return 0; }
  done
  return 1
}
set +f
if JAVA_HOME=$(fathom_find_jdk); then export JAVA_HOME
else
  echo "Fathom needs a JDK ${FATHOM_JDK_MIN:-25} or newer (a JDK, not a JRE) and found none." >&2
  echo "Looked at FATHOM_JAVA_HOME, JAVA_HOME, javac on PATH, /usr/lib/jvm, SDKMAN, mise, asdf, ~/.jdks and the macOS places." >&2
  echo "Install one (https://adoptium.net, or: sdk install java 25-tem) or set FATHOM_JAVA_HOME=/path/to/jdk." >&2
  exit 69
fi
