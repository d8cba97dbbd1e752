#!/usr/bin/env bash
# BlobsServer side by side with nginx (dav) on the same disk: paired runs in turn, medians of the ratios, one table.
#   benchmarks/server.sh            ROUNDS=7 SECONDS_EACH=3 BENCH_DIR=/tmp benchmarks/server.sh
#   ONLY=reads benchmarks/server.sh         GET / and GET of 10 KiB, and no more
#   ONLY=transport benchmarks/server.sh     our transport against Kestrel's sockets, directly and behind HAProxy, and no more
#   ONLY=durable benchmarks/server.sh       durable PUTs against what threads without a server get, and against our other way to sync
#   ONLY=peer PEER=PROGRAM benchmarks/server.sh     against another build of BlobsServer; with PEER the whole table has its rows too
# Unless BENCH_DIR is in memory, root gets a fresh ext4 with a journal, in an image there: syncs cost what they cost, and
# nothing has to be deleted file by file; others get BENCH_DIR as it is. Either way runs store into directories of their
# own: ext4 does not use the inodes of files that were deleted in the last minutes, and searching past them can cost more
# than the PUT (recently_deleted in fs/ext4/ialloc.c). A ratio compares two runs that lie seconds apart, so a machine that
# is slow for both does not show.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${ROUNDS:-5}
seconds=${SECONDS_EACH:-3}
blobs=${BLOBS:-100000}
only=${ONLY:-all}
large_mib=${LARGE_MIB:-1024}
server=artifacts/bin/BlobsServer/release/BlobsServer
files=artifacts/bin/DurableFiles/release/DurableFiles
peer=${PEER:-}
temporary=$(mktemp -d "${BENCH_DIR:-/tmp}/blobs-bench-XXXXXX")
work=$temporary
disk=$(df --output=fstype "$temporary" | tail -1)
pids=()
declare -A port pid # by the server's name

stop() {
  kill "$@" 2>/dev/null || true
  wait "$@" 2>/dev/null || true
}

cleanup() {
  stop "${pids[@]}"
  if [[ $work != "$temporary" ]]; then umount "$work"; fi
  rm -rf "$temporary"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fail() { echo "benchmarks/server.sh: $1" >&2; exit 1; }

# A file system of our own. Its tables are written before the runs and not by the kernel during them (noinit_itable).
mount_image() {
  [[ $EUID == 0 && $disk != tmpfs ]] || return 0
  truncate -s 48G "$temporary/image" && mkfs.ext4 -q -F -N 8000000 "$temporary/image" && mkdir "$temporary/disk" || return 0
  if mount -o loop,noatime,noinit_itable "$temporary/image" "$temporary/disk" 2>/dev/null; then
    losetup --direct-io=on "$(findmnt -no SOURCE "$temporary/disk")" 2>/dev/null || true # or every page is cached twice
    work=$temporary/disk
    disk="ext4 with a journal, in an image on $disk"
  fi
}

install_missing() {
  local missing=()
  command -v nginx >/dev/null || missing+=(nginx-light)
  command -v wrk >/dev/null || missing+=(wrk)
  command -v curl >/dev/null || missing+=(curl)
  command -v haproxy >/dev/null || missing+=(haproxy)
  if ((${#missing[@]})); then
    local sudo=()
    ((EUID)) && sudo=(sudo)
    "${sudo[@]}" apt-get install -y -q --no-install-recommends "${missing[@]}" >&2 ||
      fail "cannot install ${missing[*]}; install them"
  fi
  .ci/build benchmarks/DurableFiles || fail "benchmarks/DurableFiles does not build"
  .ci/build BlobsServer || fail "BlobsServer does not build"
}

free_port() {
  local candidate=$((20000 + RANDOM % 10000))
  while (exec 3<>"/dev/tcp/127.0.0.1/$candidate") 2>/dev/null; do candidate=$((candidate + 1)); done
  echo "$candidate"
}

# wait_ready PORT PID: until something answers, at most 20 s
wait_ready() {
  local deadline=$((SECONDS + 20))
  until (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; do
    kill -0 "$2" 2>/dev/null || fail "a server on port $1 ended before it answered"
    ((SECONDS < deadline)) || fail "nothing answers on port $1 after 20 s"
  done
}

# start_ours NAME OPTIONS...
start_ours() {
  local name=$1
  shift
  port[$name]=$(free_port)
  "${program:-$server}" "$work/$name" "${port[$name]}" "$@" 2>"$work/$name.log" &
  pid[$name]=$!
  pids+=($!)
  wait_ready "${port[$name]}" $!
}

start_nginx() {
  port[nginx]=$(free_port)
  mkdir -p "$work/nginx"
  cat >"$work/nginx.conf" <<CONF
$( ((EUID)) || echo "user root;")
worker_processes auto; daemon off; pid $work/nginx.pid; error_log $work/nginx.log;
events { worker_connections 1024; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; client_max_body_size 0;
  client_body_temp_path $work/nginx.body; proxy_temp_path $work/nginx.t1; fastcgi_temp_path $work/nginx.t2;
  uwsgi_temp_path $work/nginx.t3; scgi_temp_path $work/nginx.t4;
  server {
    listen 127.0.0.1:${port[nginx]};
    location = / { return 200; }
    location /blobs/ { alias $work/nginx/; dav_methods PUT DELETE; create_full_put_path on; }
  }
}
CONF
  nginx -c "$work/nginx.conf" 2>>"$work/nginx.log" &
  pids+=($!)
  wait_ready "${port[nginx]}" $!
}

# start_haproxy NAME: in front of the server NAME, as NAME-haproxy, with as few words as HAProxy can be told to do that in
start_haproxy() {
  local name=$1-haproxy
  port[$name]=$(free_port)
  cat >"$work/$name.cfg" <<CONF
global
  nbthread 1
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
  http-reuse always
frontend front
  bind 127.0.0.1:${port[$name]}
  default_backend back
backend back
  server ours 127.0.0.1:${port[$1]}
CONF
  haproxy -db -f "$work/$name.cfg" >"$work/$name.log" 2>&1 &
  pid[$name]=$!
  pids+=($!)
  wait_ready "${port[$name]}" $!
}

# ticks NAME: processor time that a server has used, in ticks of the kernel
ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/${pid[$1]}/stat"; }

# rate URL [LAYOUT PREFIX]: requests a second; with a prefix PUTs of random ids below it. What the run before has left to
# be written is written first, so that no run pays for another.
rate() {
  local script=()
  if [[ $# -gt 1 ]]; then
    script=(-s benchmarks/server.lua)
    sync -f "$work"
  fi
  BENCH_LAYOUT=${2:-} BENCH_PREFIX=${3:-} wrk -t1 -c"${connections:-10}" -d"${seconds}s" "${script[@]}" "$1" |
    awk '/Non-2xx|Socket errors/ { bad = $0 } /^Requests\/sec/ { rate = $2 }
         END { if (bad) print "benchmarks/server.sh: wrk says:" bad > "/dev/stderr"; print rate }'
}

# seconds_of COMMAND...: how long it takes
seconds_of() {
  local start=$EPOCHREALTIME
  "$@" >/dev/null
  awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { print b - a }'
}

resident_mib() { awk '/VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$1/status"; }

row='%-34s %10s %10s %6s %14s %8s  %s\n'

# pair NAME WANTED OURS_FUNCTION PEER_FUNCTION: runs both in turn, ours first in every other round; prints a line of the table
pair() {
  local name=$1 wanted=$2 ours peer round
  : >"$work/pairs"
  for ((round = 1; round <= rounds; round++)); do
    if ((round % 2)); then ours=$($3 "$round"); peer=$($4 "$round"); else peer=$($4 "$round"); ours=$($3 "$round"); fi
    echo "$ours $peer" >>"$work/pairs"
  done
  awk -v name="$name" -v wanted="$wanted" -v row="$row" '
    function median(x, n,   i, j, t) {
      for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++) if (x[j] < x[i]) { t = x[i]; x[i] = x[j]; x[j] = t }
      return n % 2 ? x[(n + 1) / 2] : (x[n / 2] + x[n / 2 + 1]) / 2
    }
    { a[NR] = $1; b[NR] = $2; r[NR] = $1 / $2; if (NR == 1 || r[NR] < low) low = r[NR]; if (r[NR] > high) high = r[NR] }
    END { m = median(r, NR); split(wanted, w, " "); ok = w[1] == ">=" ? m >= w[2] : m <= w[2]
      printf row, name, sprintf("%.5g", median(a, NR)), sprintf("%.5g", median(b, NR)), sprintf("%.2f", m),
        sprintf("[%.2f, %.2f]", low, high), wanted, ok ? "yes" : "NO" }' "$work/pairs"
}

# one NAME VALUE WANTED: a line without a peer
one() {
  awk -v name="$1" -v value="$2" -v wanted="$3" -v row="$row" 'BEGIN { split(wanted, w, " ");
    printf row, name, sprintf("%.5g", value), "", "", "", wanted, value <= w[2] ? "yes" : "NO" }'
}

get_ours() { rate "http://127.0.0.1:${port[none]}/blobs/bench/small"; }
get_nginx() { rate "http://127.0.0.1:${port[nginx]}/blobs/small"; }
put_ours() { rate "http://127.0.0.1:${port[none]}/" blobs "/blobs/put$1/"; }
put_nginx() { rate "http://127.0.0.1:${port[nginx]}/" dav "/blobs/put$1/default/"; }
root_ours() { rate "http://127.0.0.1:${port[none]}/"; }
root_nginx() { rate "http://127.0.0.1:${port[nginx]}/"; }
durable_ours() { durable always; }
durable_files() { durable files; }
durable_peer() { durable peer; }
# durable NAME: each run as another user, so that it makes its directories itself
durable() { rate "http://127.0.0.1:${port[$1]}/" blobs "/blobs/durable$RANDOM/"; }
# No server: as many threads, each of which creates, writes, syncs, and syncs the directory
durable_threads() {
  local fresh
  fresh=$(mktemp -d "$work/threads-XXXXXX")
  sync -f "$work"
  "$files" "$fresh" "${connections:-10}" "$seconds"
}
list_empty() { rate "http://127.0.0.1:${port[none]}/blobs/nobody"; }
list_ours() { seconds_of curl -sf "http://127.0.0.1:${port[none]}/blobs/many"; }
find_same() { seconds_of find "$work/none/many"; }
# MiB a second of one transfer
speed() { awk -v mib="$large_mib" -v s="$(seconds_of "$@")" 'BEGIN { print mib / s }'; }
# large_put URL ROUND: under a new name each time; only the first is needed afterwards
large_put() {
  sync -f "$work"
  speed curl -sf -T "$work/large" "$1$2"
  if (($2 > 1)); then curl -sf -X DELETE "$1$2"; fi
}
large_put_ours() { large_put "http://127.0.0.1:${port[none]}/blobs/bench/large" "$1"; }
large_put_nginx() { large_put "http://127.0.0.1:${port[nginx]}/blobs/large" "$1"; }
large_get_ours() { speed curl -sf -o /dev/null "http://127.0.0.1:${port[none]}/blobs/bench/large1"; }
large_get_nginx() { speed curl -sf -o /dev/null "http://127.0.0.1:${port[nginx]}/blobs/large1"; }

# Our transport and Kestrel's, on the same requests. cost NAME COMMAND...: microseconds of the server's processors a request
cost() {
  local name=$1 before after rate
  shift
  before=$(ticks "$name")
  rate=$("$@")
  after=$(ticks "$name")
  awk -v t="$((after - before))" -v hz="$(getconf CLK_TCK)" -v n="$rate" -v s="$seconds" 'BEGIN { print t / hz * 1e6 / (n * s) }'
}

compare_reads() {
  pair "GET 10 KiB, 1/s: nginx" ">= 1.2" get_ours get_nginx
  pair "GET /, 1/s: nginx return 200" ">= 1.0" root_ours root_nginx
}

compare_durable() {
  start_ours files --sync files
  if [[ -n $peer ]]; then program=$peer start_ours peer; fi
  for connections in 10 64; do
    local warm
    for warm in durable_ours durable_files ${peer:+durable_peer}; do "$warm" >/dev/null; done
    pair "PUT always, c=$connections, 1/s: threads" ">= 1.0" durable_ours durable_threads
    pair "PUT always, c=$connections, 1/s: files" ">= 1.0" durable_ours durable_files
    [[ -z $peer ]] || pair "PUT always, c=$connections, 1/s: PEER" ">= $((connections == 10 ? 2 : 4))" durable_ours durable_peer
  done
  unset connections
}

at() { rate "http://127.0.0.1:${port[$1]}$2"; }
put_at() { rate "http://127.0.0.1:${port[$1]}/" blobs "/blobs/put$2/"; }

transports() {
  local way=$1 name=$2
  root_epoll() { at "none$way" /; }
  root_sockets() { at "sockets$way" /; }
  get_epoll() { at "none$way" /blobs/bench/small; }
  get_sockets() { at "sockets$way" /blobs/bench/small; }
  put_epoll() { put_at "none$way" "$1$way"; }
  put_sockets() { put_at "sockets$way" "$1$way"; }
  root_epoll_cost() { cost none root_epoll; }
  root_sockets_cost() { cost sockets root_sockets; }
  pair "GET /, 1/s$name: sockets" ">= 1.0" root_epoll root_sockets
  pair "GET 10 KiB, 1/s$name: sockets" ">= 1.0" get_epoll get_sockets
  pair "PUT 10 KiB, 1/s$name: sockets" ">= 1.0" put_epoll put_sockets
  pair "GET /, CPU us$name: sockets" "<= 1.0" root_epoll_cost root_sockets_cost
}

compare_transports() {
  # With what .NET's sockets need to answer on the thread that saw the event, as far as they can.
  DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1 start_ours sockets --durability none --transport sockets
  curl -sf -T "$work/small" "http://127.0.0.1:${port[sockets]}/blobs/bench/small"
  start_haproxy none
  start_haproxy sockets
  local warm
  for warm in none sockets none-haproxy sockets-haproxy; do at "$warm" / >/dev/null; at "$warm" /blobs/bench/small >/dev/null; done
  transports "" ""
  transports -haproxy ", HAProxy"
}

compare_peer() {
  program=$peer start_ours before --durability none
  curl -sf -T "$work/small" "http://127.0.0.1:${port[before]}/blobs/bench/small"
  get_before() { at before /blobs/bench/small; }
  root_before() { at before /; }
  put_before() { put_at before "$1"; }
  { get_before; root_before; put_before 0; } >/dev/null
  pair "GET 10 KiB, 1/s: PEER" ">= 0.95" get_ours get_before
  pair "GET /, 1/s: PEER" ">= 0.95" root_ours root_before
  pair "PUT 10 KiB, 1/s: PEER" ">= 0.95" put_ours put_before
}

# one upload of many one-byte blobs
fill_many() {
  awk -v n="$blobs" 'BEGIN {
    srand(1); printf "["
    for (i = 0; i < n; i++) printf "%s[\"%08x%08x\",1]", i ? "," : "", rand() * 4294967295, i
    print "]"; for (i = 0; i < n; i++) printf "x" }' |
    curl -sf -o /dev/null -H Expect: -T - -X POST "http://127.0.0.1:${port[none]}/stream/many?direction=upload" ||
    fail "the upload of $blobs blobs failed"
}

start_to_ready() {
  local name=start$1
  seconds_of start_ours "$name" --durability none
  stop "${pid[$name]}"
}

memory() {
  start_ours memory --durability none
  wrk -t1 -c10 -d2s "http://127.0.0.1:${port[memory]}/" >/dev/null
  one "resident when idle, MiB" "$(resident_mib "${pid[memory]}")" "<= 75"
  local before readers=() i
  before=$(resident_mib "${pid[memory]}")
  curl -sf -T "$work/large" "http://127.0.0.1:${port[memory]}/blobs/bench/large"
  for i in 1 2 3 4 5 6 7 8; do
    curl -sf --limit-rate 1M -o /dev/null "http://127.0.0.1:${port[memory]}/blobs/bench/large" &
    readers+=($!)
  done
  curl -sf -o /dev/null "http://127.0.0.1:${port[memory]}/blobs/bench/large"
  one "... more, $large_mib MiB, 8 slow readers" \
    "$(awk -v a="$before" -v b="$(resident_mib "${pid[memory]}")" 'BEGIN { print b - a }')" "<= 64"
  stop "${readers[@]}"
}

install_missing
[[ $only != peer || -n $peer ]] || fail "ONLY=peer needs PEER=PROGRAM, another build of BlobsServer"
mount_image
start_ours none --durability none
start_ours always
start_nginx
head -c 10240 /dev/urandom >"$work/small"
curl -sf -T "$work/small" "http://127.0.0.1:${port[none]}/blobs/bench/small"
curl -sf -T "$work/small" "http://127.0.0.1:${port[nginx]}/blobs/small"
# Warm up: the JIT compiles what is called often a second time, in the background.
for warm in get_ours root_ours put_ours durable_ours list_empty get_nginx; do "$warm" 0 >/dev/null; done

echo "$(nproc) cores, Linux $(uname -r), $(nginx -v 2>&1), wrk -c10; $disk"
echo "$rounds pairs of $seconds s; ratio: median [least, largest]"
# shellcheck disable=SC2059
printf "$row" "" ours peer ratio "" wanted met
case $only in
  peer) compare_peer; exit ;;
  reads) compare_reads; exit ;;
  transport) compare_transports; exit ;;
  durable) compare_durable; exit ;;
esac
compare_reads
pair "PUT 10 KiB, 1/s: nginx" ">= 1.0" put_ours put_nginx
[[ -z $peer ]] || compare_peer
compare_transports
compare_durable
pair "list of nobody, 1/s: GET /" ">= 0.9" list_empty root_ours
fill_many
list_ours >/dev/null && find_same >/dev/null
pair "list of $blobs, s: find" "<= 1.5" list_ours find_same
head -c "${large_mib}M" /dev/urandom >"$work/large"
pair "PUT $large_mib MiB, MiB/s: nginx" ">= 0.8" large_put_ours large_put_nginx
pair "GET $large_mib MiB, MiB/s: nginx" ">= 0.8" large_get_ours large_get_nginx
one "start to ready, s" "$(for i in 1 2 3 4 5; do start_to_ready "$i"; done | sort -n | sed -n 3p)" "<= 0.3"
memory
