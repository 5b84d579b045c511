# Read by ./faultline and by the package's own launcher's maker: how a built Faultline is made quick to start.

# Options of every start. Commands live for seconds to minutes: the first compiler alone is quicker, and one thread collects.
start_options=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:disable)

# A relay runs long and holds little: the best compiler, and a heap that stays small.
relay_options=(-XX:+UseSerialGC -Xms16m -Xmn8m -Xlog:disable)

# quicken JDK LIB: lets the class archive take all classes of the folder with the jars.
quicken() {
  local old=("$2"/picocli-*.jar)
  "$1/bin/java" -cp "${old[0]}" "$launcher/Modern.java" "${old[0]}"
}

# practise JAVA LIB ARCHIVE HOME: a start that touches nothing shows the class archive which classes a start needs.
practise() {
  "$1" "${start_options[@]}" "-Dfaultline.home=$4" -XX:ArchiveClassesAtExit="$3" -jar "$2/faultline-app.jar" \
    validate "$4/examples/shop/crashed-payments.yaml" >/dev/null 2>&1 </dev/null
}
