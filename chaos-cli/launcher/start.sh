# Read by ./faultline and by the package's own launcher's maker: how a built Faultline is made quick to start.

# Options of every start. Commands live for seconds to minutes: the first compiler alone is quicker, one thread collects, and what is
# called by reflection a few times is not worth code of its own.
start_options=(-XX:+UseSerialGC --sun-misc-unsafe-memory-access=allow -XX:TieredStopAtLevel=1 -Djdk.reflect.useNativeAccessorOnly=true -Xlog:disable)

# What stays for as long as a run, or reads lists of thousands of pods: a heap that is collected early, where a large one would fill up with
# what nobody needs any more.
# (Two thirds of the memory; see docs/benchmarks.md.)
lasting_options=("${start_options[@]}" -Xms24m -Xmn12m)

# A relay runs long and holds little: the best compiler, and a heap that stays small.
relay_options=(-XX:+UseSerialGC -Xms16m -Xmn8m -Xlog:disable)

# quicken JDK LIB: lets the class archive take all classes of the folder with the jars.
quicken() {
  local old=("$2"/picocli-*.jar)
  "$1/bin/java" -cp "${old[0]}" "$launcher/Modern.java" "${old[0]}"
}

# choose_archive WORDS...: sets `archive` to the class archive for a start with these words. Classes that lie linked in an archive cost time
# though nobody calls them: what only tells about itself needs a third of them, only reports need theirs, and a client of Kubernetes has as
# many as all else.
choose_archive() {
  case " $* " in
    "  " | *" --help "* | *" -h "* | *" --version "* | *" -V "*) archive=help.jsa ;;
    " report "* | " compare "*) archive=report.jsa ;;
    " operator "* | *" --cluster "*) archive=cluster.jsa ;;
    *) if tells_of_kubernetes "$@"; then archive=cluster.jsa; else archive=classes.jsa; fi ;;
  esac
}

# tells_of_kubernetes WORDS...: whether one of these is a file whose first lines have the word. One that is wrong about it starts slower.
tells_of_kubernetes() {
  local word text
  for word; do
    if [[ -f $word && -r $word ]]; then
      IFS= read -rN 16384 text <"$word" || true
      [[ $text != *kubernetes* ]] || return 0
    fi
  done
  return 1
}

# practise JAVA LIB FOLDER HOME: starts that touch nothing show which classes a start needs; archives in the folder hold them, linked.
# A list of its own per start, and then an archive of some: unlike one made at the end of a start, it learns from several. What was begun
# for that is gone afterwards, also when it is cut short.
practise() (
  lists=$(mktemp -d) || exit
  trap 'kill "$cluster" 2>/dev/null; rm -rf "$lists"' EXIT
  trap 'exit 130' INT TERM
  begin_cluster "${jdk:-${1%/bin/java}}" "$lists"
  begun=()
  for words in --help "validate $4/examples/shop/crashed-payments.yaml" "plan $4/examples/shop/crashed-payments.yaml" \
    halt "plan $4/examples/kubernetes/slow-inventory.yaml" "report $launcher/practice --out $lists/reports"; do
    practise_start "$1" "$2" "$4" "$lists" "$((${#begun[@]} + 1))" "$words" &
    begun+=($!)
  done
  await_all "${begun[@]}" || true
  begun=()
  make_archive "$1" "$2" "$3/help.jsa" "$lists/1" &
  begun+=($!)
  make_archive "$1" "$2" "$3/classes.jsa" "$lists"/[1-4] &
  begun+=($!)
  make_archive "$1" "$2" "$3/cluster.jsa" "$lists"/[1-5] &
  begun+=($!)
  make_archive "$1" "$2" "$3/report.jsa" "$lists/6" &
  begun+=($!)
  await_all "${begun[@]}"
)

# practise_start JAVA LIB HOME LISTS NUMBER WORDS: one start, which lists its classes.
practise_start() {
  [[ $6 != *kubernetes* ]] || read_port "$4"
  # shellcheck disable=SC2086  # several words
  XDG_STATE_HOME=$4/state-$5 KUBECONFIG=$4/kubeconfig "$1" "${start_options[@]}" "-Dfaultline.home=$3" -XX:DumpLoadedClassList="$4/$5" \
    -jar "$2/faultline-app.jar" $6 >/dev/null 2>&1 </dev/null
}

# await_all PROCESS...: fails when one of them did.
await_all() {
  local each status=0
  for each; do wait "$each" || status=1; done
  return "$status"
}

# begin_cluster JDK FOLDER: what looks like a cluster to a start that practises, on this machine alone, beside the starts that need none.
begin_cluster() {
  : >"$2/port"
  (
    "$1/bin/keytool" -genkeypair -keyalg EC -alias a -dname CN=127.0.0.1 -keystore "$2/keys.p12" -storetype PKCS12 -storepass practice &&
      exec timeout 120 "$1/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "$launcher/PracticeCluster.java" "$2/keys.p12"
  ) >"$2/port" 2>/dev/null </dev/null &
  cluster=$!
}

# read_port FOLDER: names the cluster in the folder's kubeconfig. Where there is none, nobody listens there: what is asked and how it is
# told are learned all the same.
read_port() {
  local tries port=''
  for ((tries = 0; tries < 100; tries++)); do
    if read -r port <"$1/port"; then break; fi
    kill -0 "$cluster" 2>/dev/null || break
    sleep 0.1
  done
  printf '%s\n' 'apiVersion: v1' 'kind: Config' 'current-context: a' 'contexts: [{name: a, context: {cluster: a, user: a}}]' \
    "clusters: [{name: a, cluster: {server: \"https://127.0.0.1:${port:-9}\", insecure-skip-tls-verify: true}}]" 'users: [{name: a, user: {token: a}}]' >"$1/kubeconfig"
}

# make_archive JAVA LIB ARCHIVE LIST...: numbers of classes are those of one list; a class with a source is of a loader of its own, and not
# archived.
make_archive() {
  local java=$1 lib=$2 made=$3
  shift 3
  sed -E -e '/^#|source:/d' -e 's/ id: [0-9]+//' "$@" | awk '!seen[$0]++' >"$1.${made##*/}"
  "$java" "${start_options[@]}" -XX:+AOTClassLinking -Xshare:dump -XX:SharedClassListFile="$1.${made##*/}" \
    -XX:SharedArchiveFile="$made" -cp "$lib/faultline-app.jar" >/dev/null 2>&1 </dev/null
}

# practise_agents JAVA LIB: a start of the agent for packets, in a network of its own, from which agents learn to start quickly. Where
# there can be no such network they start a little slower.
practise_agents() {
  local agent=("$2"/faultline-node-*.jar) apart=(unshare --net)
  ((EUID == 0)) || apart=(unshare --user --map-root-user --net)
  printf '%s\n' "faultline-packets 1" "run practice" "place here" "lease-ms 20000" "most-held 1" "begin" |
    timeout 60 "${apart[@]}" "$1" -XX:+UseSerialGC -Xms24m -Xmx48m -Xlog:disable --enable-native-access=ALL-UNNAMED \
      -XX:AOTCacheOutput="$2/agents.aot" -cp "${agent[0]}" dev.faultline.node.packet.agent.PacketAgent >/dev/null 2>&1 ||
    rm -f "$2/agents.aot"
}
