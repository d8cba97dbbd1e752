#!/usr/bin/env bash
# How long one stalled or hostile connection holds up the others: 20 kept connections that ask /health/live, and a new one
# every 50 ms, without and beside each of five faults. A row says yes where the worst delay stayed below 50 ms.
#   benchmarks/hostile.sh           SECONDS_EACH=8 ROUNDS=1 ONLY=silent benchmarks/hostile.sh
# ONLY names one fault, beside none at all. SERVER and BEFORE are two builds of BlobsServer: with BEFORE each round asks both in turn.
# Each fault gets a fresh server, in memory, durability none. Root gives the probes' process real-time priority, so that what is
# measured is the server's delay and not the client's. Rounds go through all faults in turn; medians of p99, the worst of all rounds, and how
# many connections of the probes the server closed: those ask again on a new one, and their delay goes on. Paused is how long a processor
# stood still meanwhile, as those of virtual machines do; rest is the worst delay without such pauses: what the server makes of it.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${ROUNDS:-3} only=${ONLY:-} seconds=${SECONDS_EACH:-6} port=${PORT:-8000} most_ms=50
server=${SERVER:-artifacts/bin/BlobsServer/release/BlobsServer}
servers=("now|$server")
[ -z "${BEFORE:-}" ] || servers=("before|$BEFORE" "now|$server")
export TMPDIR=${BENCH_DIR:-/dev/shm}
# shellcheck source=benchmarks/workplace
. benchmarks/workplace
[ -x "$server" ] || .ci/build BlobsServer
first=()
[ "$(id -u)" -ne 0 ] || first=(chrt --fifo 50)
python=/usr/bin/python3
rows=(
    "none|no fault|"
    "upload|upload of 300,000 empty blobs|"
    "download|download of 1,048,575 blobs|"
    "pipelining|a connection that pipelines for ever|"
    "lock|a stopped process holds a directory's lock|"
    "silent|each second 300 that say nothing, 200 fds|200"
)

[ -z "$only" ] || mapfile -t rows < <(printf '%s\n' "${rows[@]}" | grep -E "^(none|$only)\|")

# beside FAULT DESCRIPTORS SERVER: the figures of the probes while it goes on
beside() {
    local fault=$1 limit=() server=$3 fault_pid='' server_pid
    [ -z "$2" ] || limit=(prlimit "--nofile=$2:$2")
    rm -rf "$work/data"
    "${limit[@]}" "$server" "$work/data" "$port" --durability none 2>"$work/log" &
    server_pid=$!
    pids=("$server_pid")
    until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
        kill -0 "$server_pid" 2>/dev/null || fail "BlobsServer: $(cat "$work/log")"
        sleep 0.05
    done
    # A server that is cold would be slow by itself.
    "$python" benchmarks/hostile.py probe "$port" 2 >/dev/null
    if [ "$fault" != none ]; then
        "$python" benchmarks/hostile.py "$fault" "$port" "$work/data" >"$work/begun" 2>"$work/fault" &
        fault_pid=$!
        pids+=("$fault_pid")
        until [ -s "$work/begun" ]; do
            kill -0 "$fault_pid" 2>/dev/null || fail "$fault: $(cat "$work/fault")"
            sleep 0.05
        done
    fi
    "${first[@]}" "$python" benchmarks/hostile.py probe "$port" "$seconds"
    [ -z "$fault_pid" ] || kill -0 "$fault_pid" 2>/dev/null || fail "$fault ended early: $(cat "$work/fault")"
    kill "${pids[@]}" 2>/dev/null || true
    wait "${pids[@]}" 2>/dev/null || true
    pids=()
}

for ((round = 1; round <= rounds; round++)); do
    for row in "${rows[@]}"; do
        IFS='|' read -r fault _ descriptors <<<"$row"
        for one in "${servers[@]}"; do
            beside "$fault" "$descriptors" "${one#*|}" >"$work/figures"
            cat "$work/figures" >>"$work/${one%%|*}-$fault"
        done
    done
done

echo "$(nproc) cores, Linux $(uname -r), $rounds rounds of $seconds s; delays in ms, wanted: all below $most_ms"
printf '%-44s %-6s %8s %8s %8s %8s %8s %8s %7s  %s\n' "" server "kept p99" "worst" "new p99" "worst" paused rest closed met
for row in "${rows[@]}"; do for one in "${servers[@]}"; do
    IFS='|' read -r fault title _ <<<"$row"
    awk -v title="$title" -v server="${one%%|*}" -v most="$most_ms" '
        { kept[NR] = $1; fresh[NR] = $3; closed += $7; if ($2 > worst) worst = $2; if ($4 > new_worst) new_worst = $4
          if ($5 > paused) paused = $5; if ($6 > rest) rest = $6 }
        function median(x,   i, j, t) {
            for (i = 1; i <= NR; i++) for (j = i + 1; j <= NR; j++) if (x[j] < x[i]) { t = x[i]; x[i] = x[j]; x[j] = t }
            return NR % 2 ? x[(NR + 1) / 2] : (x[NR / 2] + x[NR / 2 + 1]) / 2
        }
        END {
            printf "%-44s %-6s %8.1f %8.1f %8.1f %8.1f %8.1f %8.1f %7d  %s\n", title, server, median(kept), worst, median(fresh), \
                new_worst, paused, rest, closed, worst < most && new_worst < most ? "yes" : "NO"
        }' "$work/${one%%|*}-$fault"
done; done
