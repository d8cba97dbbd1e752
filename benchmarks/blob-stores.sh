#!/usr/bin/env bash
# BlobsServer in front of S3 (Ceph's gateway) and of PostgreSQL, beside a bare client of the same engine: Amazon's SDK alone and
# Npgsql alone. Paired runs in turn, 10 connections, 10 KiB; ratios of the pairs: median [least, largest].
#   STORES="radosgw postgresql" ROUNDS=5 SECONDS_EACH=4 benchmarks/blob-stores.sh
# Both store with If-None-Match or ON CONFLICT, and both engines sync before they answer. wrk asks our server.
set -euo pipefail
cd "$(dirname "$0")/.."

stores=${STORES:-radosgw postgresql} rounds=${ROUNDS:-5} seconds=${SECONDS_EACH:-4}
store_port=${STORE_PORT:-8100} port=${PORT:-8000}
bin=artifacts/bin
work=$(mktemp -d "${BENCH_DIR:-/tmp}/blobs-stores-XXXXXX")
store='' server=''

end() {
    [ -z "$1" ] && return
    kill -TERM "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}
clean_up() {
    end "$server"
    end "$store"
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
fail() {
    echo "benchmarks/blob-stores.sh: $1" >&2
    exit 1
}
.ci/build BlobsServer benchmarks/BareStore
STORE=$stores .ci/install-deps.sh
command -v wrk >/dev/null || fail "wrk is not installed: apt-get install wrk"

# until COMMAND...: asks for at most 90 s
until_true() {
    local deadline=$((SECONDS + 90))
    until "$@"; do
        ((SECONDS < deadline)) || fail "waited 90 s for: $*"
        sleep 0.1
    done
}

# ours ACTION: requests a second through BlobsServer
ours() {
    local script=() path=/blobs/bench/known
    if [ "$1" = put ]; then script=(-s benchmarks/server.lua) path=/; fi
    BENCH_LAYOUT=blobs BENCH_PREFIX=/blobs/put/ wrk -t1 -c10 -d"${seconds}s" --timeout 10s "${script[@]}" "http://127.0.0.1:$port$path" |
        awk '/Non-2xx|Socket errors/ { print "benchmarks/blob-stores.sh: wrk says:" $0 > "/dev/stderr" } /^Requests\/sec/ { print $2 }'
}
bare() { "$bin/BareStore/release/BareStore" "$1" "$2" 10 "$seconds" 10; }

printf '%-12s %-5s %10s %10s %6s %16s %8s  %s\n' store action ours bare ratio '' wanted met
for name in $stores; do
    : >"$work/url" # of the store before: the one in the background comes to its own a little later
    DURABILITY=always "stores/$name" "$work/$name" "$store_port" >>"$work/url" 2>"$work/$name.log" &
    store=$!
    until_true test -s "$work/url"
    url=$(cat "$work/url")
    "$bin/BlobsServer/release/BlobsServer" "$work/spool" "$port" --store "$url" 2>"$work/server.log" &
    server=$!
    until_true curl -sf -o /dev/null "http://127.0.0.1:$port/health/ready"
    head -c 10240 /dev/urandom >"$work/known"
    curl -sf -T "$work/known" "http://127.0.0.1:$port/blobs/bench/known"
    for action in put get; do
        ours "$action" >/dev/null # warm
        : >"$work/pairs"
        for ((round = 1; round <= rounds; round++)); do
            if ((round % 2)); then a=$(ours "$action") b=$(bare "$action" "$url"); else b=$(bare "$action" "$url") a=$(ours "$action"); fi
            echo "$a $b"
        done >"$work/pairs"
        awk '{ print $1 / $2, $1, $2 }' "$work/pairs" | sort -g | awk -v name="$name" -v action="$action" '
            { r[NR] = $1; a[NR] = $2; b[NR] = $3 }
            END { m = int((NR + 1) / 2)
                  printf "%-12s %-5s %10.0f %10.0f %6.2f %16s %8s  %s\n", name, action, a[m], b[m], r[m],
                      sprintf("[%.2f, %.2f]", r[1], r[NR]), ">= 0.8", (r[m] >= 0.8 ? "yes" : "NO") }'
    done
    end "$server" && server=''
    end "$store" && store=''
done
