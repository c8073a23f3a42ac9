# Sourced by run and soak: builds when a source is newer than the last build, and defines fathom_java [flags] CLASS [arguments].
root=$(dirname -- "$here")
built=$here/target/classpath.txt
if [ ! -s "$built" ] || [ -n "$(find "$root"/*/src/main "$root"/*/pom.xml "$root/pom.xml" -type f -newer "$built" -print -quit)" ]; then
  echo "building ..." >&2
  (cd "$root" && ./mvnw -q -B -ntp -pl bench -am package -DskipTests >&2)
fi
. "$root/.mvn/find-jdk.sh" # sets JAVA_HOME
fathom_java() {
  "$JAVA_HOME/bin/java" --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -XX:+UseTransparentHugePages \
    -Djava.library.path="$root/record/target/native" -cp "$here/target/classes:$(cat "$built")" "$@"
}
