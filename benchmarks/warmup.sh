#!/usr/bin/env bash
# What warming costs: requests a second of a fresh BlobsServer in its first seconds, and CPU a request when it is steady,
# under several settings of .NET's compiler.
#   benchmarks/warmup.sh            ROUNDS=3 SECONDS_EACH=6 WAYS="put" benchmarks/warmup.sh
# wrk asks, because a client in .NET would warm up itself. Each setting gets a fresh server in each round, in turn, so that a
# slow minute of the machine meets all of them; medians of the rounds.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${ROUNDS:-5} seconds=${SECONDS_EACH:-6} port=${PORT:-8000}
read -ra ways <<<"${WAYS:-baseline put}"
server=artifacts/bin/BlobsServer/release/BlobsServer
work=$(mktemp -d "${BENCH_DIR:-/dev/shm}/blobs-warmup-XXXXXX")
pid=''
stop() { [ -z "$pid" ] || { kill "$pid" 2>/dev/null || true; wait "$pid" || true; pid=''; }; }
cleanup() { stop && rm -rf "$work"; }
trap cleanup EXIT
trap 'exit 130' INT && trap 'exit 143' TERM
command -v wrk >/dev/null || { echo "benchmarks/warmup.sh: wrk is not installed: apt-get install wrk" >&2; exit 1; }
.ci/build BlobsServer

# A name, and what it sets in the server's environment.
settings=(
    "as-it-is"
    "no-PGO DOTNET_TieredPGO=0"
    "PGO DOTNET_TieredPGO=1"
    "no-ReadyToRun DOTNET_ReadyToRun=0"
    "no-tiers DOTNET_TieredCompilation=0"
    "no-delay DOTNET_TC_CallCountingDelayMs=0"
    "no-delay,no-PGO DOTNET_TC_CallCountingDelayMs=0 DOTNET_TieredPGO=0"
    "after-5-calls DOTNET_TC_CallCountThreshold=5 DOTNET_TC_CallCountingDelayMs=0"
)
[ -z "${SETTINGS:-}" ] || mapfile -t settings <<<"$SETTINGS"

cpu_ticks() { awk '{ print $14 + $15 }' "/proc/$pid/stat"; }

# fresh WAY SETTING...: of a server that was just started: rates of its seconds, and microseconds of CPU a request in the last
fresh() {
    local way=$1 script=() second rate before rates=()
    shift
    rm -rf "$work/data"
    env "$@" "$server" "$work/data" "$port" --durability none 2>"$work/log" &
    pid=$!
    until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
        kill -0 "$pid" 2>/dev/null || { cat "$work/log" >&2 && exit 1; }
        sleep 0.02
    done
    [ "$way" = baseline ] || script=(-s benchmarks/server.lua)
    for ((second = 1; second <= seconds; second++)); do
        before=$(cpu_ticks)
        rate=$(BENCH_LAYOUT=blobs BENCH_PREFIX=/blobs/s$second/ wrk -t1 -c10 -d1s "${script[@]}" "http://127.0.0.1:$port/" |
            awk '/requests in/ { n = $1 } /Requests\/sec/ { print $2, n }')
        rates+=("${rate% *}")
    done
    echo "${rates[*]} $(awk -v t=$(($(cpu_ticks) - before)) -v n="${rate#* }" 'BEGIN { print t * 10000 / n }')"
    stop
}

for way in "${ways[@]}"; do
    for ((round = 1; round <= rounds; round++)); do
        for setting in "${settings[@]}"; do
            read -ra words <<<"$setting"
            fresh "$way" "${words[@]:1}" >"$work/row"
            echo "${words[0]} $(cat "$work/row")" >>"$work/$way"
        done
    done
done

echo "$(nproc) cores, Linux $(uname -r), .NET $(dotnet --version), wrk -t1 -c10; medians of $rounds fresh servers"
for way in "${ways[@]}"; do
    awk -v way="$way" -v seconds="$seconds" '
        function median(list,   x, n, i, j, t) {
            n = split(list, x, " ")
            for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++) if (x[j] + 0 < x[i] + 0) { t = x[i]; x[i] = x[j]; x[j] = t }
            return n % 2 ? x[(n + 1) / 2] : (x[n / 2] + x[n / 2 + 1]) / 2
        }
        !($1 in seen) { seen[$1] = 1; order[++count] = $1 }
        { for (i = 2; i <= NF; i++) values[$1, i] = values[$1, i] " " $i }
        END {
            printf "%-18s", way ", 1/s in second"
            for (i = 1; i <= seconds; i++) printf "%9d", i
            printf "%14s\n", "us CPU each"
            for (k = 1; k <= count; k++) {
                printf "%-18s", order[k]
                for (i = 2; i <= seconds + 1; i++) printf "%9.0f", median(values[order[k], i])
                printf "%14.1f\n", median(values[order[k], seconds + 2])
            }
        }' "$work/$way"
done
