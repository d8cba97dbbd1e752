#!/usr/bin/env bash
# Does running N processes behind HAProxy make this server better? Measures every cell (processes x action x scenario)
# RUNS times in shuffled blocks; leaves results.txt, blobs-in-parallel.png and a sentence per action.
#   ./run-test.sh                          the study; each variable below can be set from outside:
#   RUNS=6 ACTIONS="put get" ./run-test.sh
#   ./run-test.sh --list                   its cells and how long it would take, without running it
#   RESUME=results/DIR ./run-test.sh       go on with a study that was interrupted
set -euo pipefail
cd "$(dirname "$0")"

# ---- what is studied
PROCS=${PROCS:-1 2 4 8}                                   # server processes to compare
ACTIONS=${ACTIONS:-baseline list put get flag delete}     # get, flag, delete: a PUT and then that; or names of actions.conf
SCENARIOS=${SCENARIOS:-20000x10}                          # operations a run x KiB a blob, several with spaces between
RUNS=${RUNS:-5}                                           # runs of each cell, which is the number of blocks
CONCURRENCY=${CONCURRENCY:-10}                            # connections of the client
DURABILITY=${DURABILITY:-none}                            # none, as the original measured, or always
CPU_LIMIT=${CPU_LIMIT:-}                                  # cores for each worker, for instance 0.1; empty: no limit
PROXY=${PROXY:-haproxy}                                   # ways in: direct reuseport haproxy haproxy-unix|tcp|hash nginx
SERVER=${SERVER:-}                                        # another server: its command with {dir} and {port}; empty: ours
READY_PATH=${READY_PATH:-/}                               # what such a server answers with 200 to 399 once it is ready
BLOBS_DIR=${BLOBS_DIR:-}                                  # made, emptied and removed by this script; empty: /tmp/blobs
WARMUP=${WARMUP:-5}                                       # seconds of full load, at most, before each run
CEILING=${CEILING:-2}                                     # seconds to find out what the client can do by itself, per action
SEED=${SEED:-$RANDOM}                                     # of the shuffle
PORT=${PORT:-8000}                                        # the proxy's; the workers listen on FIRST_PORT and up
FIRST_PORT=${FIRST_PORT:-8001}
OUT=${OUT:-}                                              # empty: results/DATE_CPU_CORES and copies at the top
RESUME=${RESUME:-}                                        # the folder of an interrupted study

# ---- what it works with
bin=$PWD/artifacts/bin
plan=$bin/StudyPlan/release/StudyPlan multiproc=$bin/MultiProc/release/MultiProc client=$bin/RequestClient/release/RequestClient
scratch=$(mktemp -d) && control=$scratch/control.sock
marker=.made-by-run-test url=http://127.0.0.1:$PORT
servers='' client_pid='' claimed='' unfinished='' # empty: nothing to clean up

source proxies/way-in.sh
fail() { echo "run-test.sh: $*" >&2 && exit 1; }

# ---- the directory of the blobs: nothing is deleted that this script did not make and mark
claim_blobs_dir() {
    [ -n "$BLOBS_DIR" ] || BLOBS_DIR=$("$plan" blobs-dir)
    BLOBS_DIR=${BLOBS_DIR%/}
    if [ ! -e "$BLOBS_DIR" ] && [ ! -L "$BLOBS_DIR" ]; then
        mkdir -p "$BLOBS_DIR" && touch "$BLOBS_DIR/$marker"
    elif [ -L "$BLOBS_DIR" ] || [ ! -f "$BLOBS_DIR/$marker" ] || [ ! -O "$BLOBS_DIR" ]; then
        fail "$BLOBS_DIR was not made by this script, so it is left alone: remove it yourself or set BLOBS_DIR to another"
    fi
    exec 8>"$BLOBS_DIR/$marker"
    flock --nonblock 8 || fail "another study is running on $BLOBS_DIR: wait for it or set BLOBS_DIR to another"
    claimed=yes
}

empty_blobs_dir() { find "$BLOBS_DIR" -mindepth 1 -maxdepth 1 ! -name "$marker" -exec rm -rf {} +; }

# ---- the servers: MultiProc stops its workers and HAProxy whenever it ends
start_servers() {
    way_in "$2"
    local command=("$bin/BlobsServer/release/BlobsServer" '{dir}' '{port}' --durability "$DURABILITY" "${listen[@]}")
    local options=(--ready-path /health/ready --request-counter blobs_requests_total) deadline=$((SECONDS + 30))
    [ -z "$SERVER" ] || { read -ra command <<<"$SERVER" && options=(--ready-path "$READY_PATH"); }
    local warmed=() && read -ra warmed <<<"$ACTIONS" # before workers are capped: compiling would eat the cap
    [ -z "$CPU_LIMIT" ] || options+=(--cpu-limit "$CPU_LIMIT" --cpu-limit-after $((5 * ${#warmed[@]} / 2)))
    "$multiproc" --procs "$1" --dir "$BLOBS_DIR" --port "$PORT" "${way_in[@]}" --control "$control" "${options[@]}" \
        -- "${command[@]}" >>"$scratch/servers.log" 2>&1 8>&- &
    servers=$!
    until "$multiproc" status --wait-ready 1 --control "$control" >/dev/null 2>&1; do
        { kill -0 "$servers" 2>/dev/null && [ $SECONDS -lt $deadline ]; } ||
            fail "the servers did not start: $(tail -n 1 "$scratch/servers.log")"
    done
    for name in ${CPU_LIMIT:+"${warmed[@]}"}; do run_client 0 "$size" --action "$name" --url "$url" --duration 2 || true; done
}

stop_servers() {
    [ -n "$servers" ] || return 0
    kill -TERM "$servers" 2>/dev/null || true
    wait "$servers" || true; servers=''
}

clean_up() {
    trap '' INT TERM
    [ -z "$client_pid" ] || kill -TERM "$client_pid" 2>/dev/null || true
    stop_servers
    [ -z "$unfinished" ] || echo "run-test.sh: the study is unfinished; to go on with it: RESUME=$OUT ./run-test.sh" >&2
    [ -z "$claimed" ] || { empty_blobs_dir && rm -f "$BLOBS_DIR/$marker" && rmdir "$BLOBS_DIR"; }
    rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 130' INT && trap 'exit 143' TERM

# ---- the client; in the background, because bash answers a signal only while it waits
run_client() {
    "$client" "$@" --concurrency "$CONCURRENCY" >"$scratch/run.txt" 2>&1 8>&- &
    client_pid=$!
    wait "$client_pid" && client_pid=''
}

figure() { sed -nE "s/^ *$1 +//p" "$scratch/run.txt"; } # what the client's summary says of one thing
reason() { grep -m 1 '^RequestClient: ' "$scratch/run.txt" || tail -n 1 "$scratch/run.txt"; } # why it failed

# ---- what is asked for
case ${1:-} in
    '' | --list) ;;
    --help) sed -nE '/^# ---- what it works/q; /^(set|cd) /d; s/^# ?//; 2,$p' "$0" && exit ;;
    *) echo "run-test.sh: $1 is no option: --list and --help are, variables say the rest" >&2 && exit 2 ;;
esac
PROXY=$PROXY .ci/install-deps.sh
make --no-print-directory build
if [ -n "$RESUME" ]; then settings=$("$plan" resume "$RESUME"); eval "$settings"; fi
described=(--procs "$PROCS" --actions "$ACTIONS" --scenarios "$SCENARIOS" --proxies "$PROXY" --runs "$RUNS" --seed "$SEED"
    --keep "CONCURRENCY=$CONCURRENCY" "DURABILITY=$DURABILITY" "CPU_LIMIT=$CPU_LIMIT" "SERVER=$SERVER" "READY_PATH=$READY_PATH"
    "WARMUP=$WARMUP" "CEILING=$CEILING")
if [ "${1:-}" = --list ]; then "$plan" list "${described[@]}"; exit; fi

# ---- the study
claim_blobs_dir
top=$([ -n "$OUT$RESUME" ] || echo .)
OUT=${RESUME:-$("$plan" begin --out "$OUT" "${described[@]}" "BLOBS_DIR=$BLOBS_DIR")}
total=$(grep -vc '^#' "$OUT/plan.txt") todo=$("$plan" remaining "$OUT")
[ -e "$OUT/runs.jsonl" ] || while read -r action size <&3; do
    run_client ceiling "$size" --action "$action" --duration "$CEILING" --record "$OUT/ceiling.jsonl" || fail "$(reason)"
done 3< <(grep -v '^#' "$OUT/plan.txt" | cut -d' ' -f4,6 | sort -u)
echo "$total runs in $RUNS blocks, seed $SEED; records go to $OUT/runs.jsonl, blobs to $BLOBS_DIR"

about=(--note "study=$(basename "$OUT")" --note "durability=$DURABILITY" ${CPU_LIMIT:+--note "cpuLimit=$CPU_LIMIT"}
    --note "store=${SERVER:-BlobsServer} on $(df --output=fstype "$BLOBS_DIR" | tail -n 1)")
unfinished=yes group='' bad=0 began=$SECONDS done=0
while read -r block order procs action amount size proxy <&3; do
    [ "$block/$procs/$proxy" = "$group" ] || { stop_servers && start_servers "$procs" "$proxy" && group=$block/$procs/$proxy; }
    empty_blobs_dir
    if ! run_client "$amount" "$size" --action "$action" --url "$url" --warmup "$WARMUP" --procs "$procs" --control "$control" --record \
        "$OUT/runs.jsonl" --ceiling "$OUT/ceiling.jsonl" "${about[@]}" \
        --note "proxy=$proxy" --note "software=$software" --note "block=$block" --note "order=$order"; then
        # a run with errors is recorded and the study goes on; one that could not be measured ends it
        grep -q '^ *rate ' "$scratch/run.txt" || fail "run $order was not measured: $(reason)"
        bad=$((bad + 1))
    fi
    done=$((done + 1)) left=$(((SECONDS - began) * (total - order) / done))
    printf '[%*d/%d] block %d, %d procs by %s, %-14s %s; errors: %s; %d:%02d left\n' ${#total} "$order" "$total" "$block" "$procs" \
        "$proxy" "$action ${amount}x$size" "$(figure rate)" "$(figure errors)" $((left / 60)) $((left % 60))
done 3<<<"$todo"
stop_servers
unfinished=''

"$bin/Graph/release/Graph" "$OUT/runs.jsonl" --out "$OUT"
[ -z "$top" ] || cp "$OUT/results.txt" "$OUT/blobs-in-parallel.png" "$top"
echo "stored in $OUT"
[ "$bad" -eq 0 ] || { cp "$scratch/servers.log" "$OUT" && fail "$bad of $total runs had errors: see $OUT/runs.jsonl and servers.log there"; }
