# Shared by build, up, down, image and node: where things are, and how they are started.
# shellcheck shell=bash disable=SC2034
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)

# What may be set from outside.
: "${KUBE_CACHE:=${XDG_CACHE_HOME:-$HOME/.cache}/faultline-tests/cluster}" # built programs, images, and what runs
: "${KUBE_STATE:=$KUBE_CACHE/state}"                                       # one folder for each running cluster
: "${KUBE_NET:=10.210.0}"     # network between the host (.1) and the real nodes (.11, .12, ...)
: "${KUBE_PODS:=10.244}"      # pods of node N: $KUBE_PODS.N.0/24
: "${KUBE_SERVICES:=10.96}"   # services: $KUBE_SERVICES.0.0/16
: "${KUBE_BUILD_WITHIN:=2700}" # seconds that a build may take
: "${KUBE_BUILT_WITHIN:=720}" # seconds that `up` waits for one
bridge=kube0
bin=$KUBE_CACHE/bin
programs=(etcd kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy kubectl kwok)
# What a real node takes from the system, as program=package of Debian.
tools=(openssl=openssl pgrep=procps ip=iproute2 iptables=iptables nft=nftables conntrack=conntrack ethtool=ethtool
  socat=socat nsenter=util-linux runc=runc containerd=containerd busybox=busybox
  /usr/lib/cni/bridge=containernetworking-plugins)
missing_here=5 # the exit code when something is missing on this machine, as Faultline's own

say() { echo "$(basename "$0"): $*" >&2; }
die() { say "$*"; exit 1; }
missing() { say "$*"; exit $missing_here; }

# The sum over all sources that the program is made of.
sources() { cat "$here"/go.mod "$here"/go.sum "$here"/*.go | sha256sum | cut -c1-16; }
is_built() { [ "$(cat "$bin/kube.key" 2>/dev/null)" = "$(sources)" ]; }

# packages_missing: the packages whose programs this machine has not.
packages_missing() {
  local tool
  for tool in "${tools[@]}"; do
    type -P "${tool%%=*}" >/dev/null || echo "${tool#*=}"
  done
}

# The process in pid file $1 is alive and still the one that was started.
alive() {
  local pid
  pid=$(cat "$1" 2>/dev/null) && [ -n "$pid" ] &&
    { tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF "$(dirname "$1")"; } 2>/dev/null
}

# start NAME COMMAND...: in the background, once. The command line must name $state.
start() {
  local name=$1
  shift
  alive "$state/$name.pid" && return
  setsid "$@" >>"$state/$name.log" 2>&1 </dev/null &
  echo $! >"$state/$name.pid"
}

# wait_for SECONDS WHAT COMMAND...
wait_for() {
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || die "gave up waiting for $what; see the logs in $state"
    sleep 0.2
  done
}

# A process of real node N, seen from the host: the init of its process namespace.
node_pid() { pgrep -P "$(cat "$KUBE_STATE/real/node$1.pid")" | head -1; }
# in_node N COMMAND...: inside all namespaces of the node.
in_node() { local n=$1; shift; nsenter -t "$(node_pid "$n")" -m -u -n -p -- "$@"; }
real_nodes() { (cd "$KUBE_STATE/real" 2>/dev/null && ls -d node*.pid 2>/dev/null | tr -dc '0-9\n'); }
