#!/usr/bin/env bash
# Do idle workers change the cell with one process? One serving worker of a pool of 8 against exactly one worker, each
# behind HAProxy, freshly started and each worker warmed alike, in pairs, each action once a start in shuffled order; the ratio and its interval.
#   benchmarks/idle-workers.sh      PAIRS=9 SECONDS_EACH=2 ACTIONS="put" PORT=8000 benchmarks/idle-workers.sh
set -euo pipefail
cd "$(dirname "$0")/.."

pairs=${PAIRS:-9} seconds=${SECONDS_EACH:-2} warm=${WARM_EACH:-2} port=${PORT:-8000} first=${FIRST_PORT:-8001} pool=${POOL_SIZE:-8}
read -ra actions <<<"${ACTIONS:-baseline list put get flag delete}"
bin=$PWD/artifacts/bin client=$bin/RequestClient/release/RequestClient multiproc=$bin/MultiProc/release/MultiProc
work=$(mktemp -d "${BENCH_DIR:-/dev/shm}/blobs-idle-XXXXXX")
pid='' control=$work/control.sock
stop() { [ -z "$pid" ] || { kill "$pid" 2>/dev/null || true; wait "$pid" || true; pid=''; }; }
cleanup() { stop && rm -rf "$work"; }
trap cleanup EXIT
trap 'exit 130' INT && trap 'exit 143' TERM
.ci/install-deps.sh && .ci/build MultiProc RequestClient BlobsServer

# measure WORKERS: one worker of so many serves; a line "action rate" for each action
measure() {
    local deadline=$((SECONDS + 60)) block=1 order=0 action worker
    rm -rf "$work/data" "$work/runs.jsonl" && mkdir "$work/data"
    "$multiproc" --procs "$1" --way-in haproxy --port "$port" --first-port "$first" --dir "$work/data" --control "$control" \
        --ready-path /health/ready -- "$bin/BlobsServer/release/BlobsServer" '{dir}' '{port}' --durability none >>"$work/log" 2>&1 &
    pid=$!
    until "$multiproc" status --wait-ready 1 --control "$control" >/dev/null 2>&1; do
        { kill -0 "$pid" 2>/dev/null && ((SECONDS < deadline)); } || { tail -5 "$work/log" >&2 && exit 1; }
    done
    # Each worker by itself, so that one of eight is as warm as the only one: a load that eight share warms each an eighth.
    for ((worker = 0; worker < $1; worker++)); do
        for action in "${actions[@]}"; do
            "$client" 0 10 "--$action" --concurrency 10 --url "http://127.0.0.1:$((first + worker))" --duration "${warm}s" >>"$work/log" 2>&1
        done
    done
    for action in $(shuf -e "${actions[@]}"); do
        echo "$block $((++order)) 1 $action 1000 10 10 haproxy - 0"
    done >"$work/plan"
    "$client" runs "$work/plan" --url "http://127.0.0.1:$port" --control "$control" --record "$work/runs.jsonl" --warm 1s \
        --at-least "${seconds}s" --at-most "${seconds}s" --reset "find '$work/data' -mindepth 1 -delete" >>"$work/log"
    stop
    # Of a run that was disturbed and made again the last record counts.
    # Its warm-up, which stands in it too, has the same fields.
    sed -nE 's/.*"order":([0-9]+).*"action":"([^"]*)".*"startedAt":"[^"]*","elapsedSeconds":([0-9.]+),"operations":([0-9]+).*/\1 \2 \4 \3/p' "$work/runs.jsonl" |
        awk '{ rate[$2] = $3 / $4 } END { for (action in rate) print action, rate[action] }'
}

for ((pair = 1; pair <= pairs; pair++)); do
    if ((pair % 2)); then measure "$pool" >"$work/many" && measure 1 >"$work/one"; else measure 1 >"$work/one" && measure "$pool" >"$work/many"; fi
    join <(sort "$work/many") <(sort "$work/one") >>"$work/pairs"
    echo "pair $pair of $pairs: $(join <(sort "$work/many") <(sort "$work/one") | awk '{ printf "%s x%.3f  ", $1, $2 / $3 }')" >&2
done

# Student's t on the logarithms of the ratios, 95 %; "all" is the mean over the actions of each pair.
echo "$(nproc) cores, Linux $(uname -r); one of $pool workers serves, against exactly one; $pairs pairs of ${seconds} s"
awk -v actions="${actions[*]}" -v pairs="$pairs" '
    { n[$1]++; ln = log($2 / $3); value[$1, n[$1]] = ln; all[n[$1]] += ln; if (n[$1] == 1) kinds++ }
    function report(name, x, count,   i, mean, square, half, t) {
        split("12.706 4.303 3.182 2.776 2.571 2.447 2.365 2.306 2.262 2.228 2.201 2.179 2.160 2.145 2.131 2.120 2.110 2.101 2.093 2.086", t, " ")
        for (i = 1; i <= count; i++) mean += x[i] / count
        for (i = 1; i <= count; i++) square += (x[i] - mean) ^ 2
        half = count > 1 ? (count - 1 <= 20 ? t[count - 1] : 1.96) * sqrt(square / (count - 1) / count) : 0
        printf "%-10s x%.3f [%.3f, %.3f]\n", name, exp(mean), exp(mean - half), exp(mean + half)
    }
    END {
        count = split(actions, names, " ")
        for (k = 1; k <= count; k++) { for (i = 1; i <= n[names[k]]; i++) x[i] = value[names[k], i]; report(names[k], x, n[names[k]]) }
        for (i = 1; i <= pairs; i++) x[i] = all[i] / kinds
        report("all", x, pairs)
    }' "$work/pairs"
