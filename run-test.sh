#!/usr/bin/env bash
# Does running N processes behind HAProxy make this server better? Measures every cell (processes x action x scenario)
# RUNS times in shuffled blocks; leaves results.txt, blobs-in-parallel.png and a sentence per action.
# Each variable can be set here or from outside: RUNS=6 ACTIONS="put get" ./run-test.sh
set -euo pipefail
cd "$(dirname "$0")"

# ---- what is studied
PROCS=${PROCS:-1 2 4 8}                                   # server processes to compare
ACTIONS=${ACTIONS:-baseline list put get flag delete}     # get, flag and delete are a PUT and then that
SCENARIOS=${SCENARIOS:-20000x10}                          # operations a run x KiB a blob, several with spaces between
RUNS=${RUNS:-5}                                           # runs of each cell, which is the number of blocks
CONCURRENCY=${CONCURRENCY:-10}                            # connections of the client
DURABILITY=${DURABILITY:-none}                            # none, as the original measured, or always
CPU_LIMIT=${CPU_LIMIT:-}                                  # cores for each worker, for instance 0.1; empty: no limit
PROXY=${PROXY:-haproxy}                                   # the way in
SERVER=${SERVER:-}                                        # another server: its command with {dir} and {port}; empty: ours
BLOBS_DIR=${BLOBS_DIR:-}                                  # made, emptied and removed by this script; empty: /tmp/blobs
WARMUP=${WARMUP:-2}                                       # seconds of full load, at most, before each run
CEILING=${CEILING:-2}                                     # seconds to find out what the client can do by itself, per action
SEED=${SEED:-$RANDOM}                                     # of the shuffle
PORT=${PORT:-8000}                                        # the proxy's; the workers listen on FIRST_PORT and up
FIRST_PORT=${FIRST_PORT:-8001}
OUT=${OUT:-}                                              # empty: results/DATE_CPU_CORES and copies at the top

# ---- what it works with
bin=$PWD/artifacts/bin
multiproc=$bin/MultiProc/release/MultiProc
client=$bin/RequestClient/release/RequestClient
marker=.made-by-run-test
scratch=$(mktemp -d)
control=$scratch/control.sock
url=http://127.0.0.1:$PORT
servers='' client_pid='' claimed='' # empty: nothing to clean up

fail() { echo "run-test.sh: $*" >&2 && exit 1; }

# ---- the directory of the blobs: nothing is deleted that this script did not make and mark
# On ext4 without a journal every file that is made searches past those that were deleted in the last minutes: runs would
# pay for what earlier ones left behind (docs/measuring.md). There, and only then, memory holds the blobs.
choose_blobs_dir() {
    BLOBS_DIR=/tmp/blobs
    local device && device=$(readlink -f "$(df --output=source /tmp | tail -n 1)")
    [ "$(df --output=fstype /tmp | tail -n 1)" = ext4 ] && ! compgen -G "/proc/fs/jbd2/${device##*/}-*" >/dev/null || return 0
    [ "$(df --output=avail /dev/shm 2>/dev/null | tail -n 1)" -gt 4000000 ] 2>/dev/null || return 0
    BLOBS_DIR=/dev/shm/blobs
    echo "/tmp is on ext4 without a journal, which would be what is measured: blobs go to $BLOBS_DIR; BLOBS_DIR=/tmp/blobs overrides"
}

claim_blobs_dir() {
    [ -n "$BLOBS_DIR" ] || choose_blobs_dir
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
    local command=("$bin/BlobsServer/release/BlobsServer" '{dir}' '{port}' --durability "$DURABILITY") ready_path=/health/ready
    if [ -n "$SERVER" ]; then read -ra command <<<"$SERVER"; ready_path=/; fi
    local limits=() deadline=$((SECONDS + 30)) # workers are warmed before they are capped: compiling would eat the cap
    [ -z "$CPU_LIMIT" ] || limits=(--cpu-limit "$CPU_LIMIT" --cpu-limit-after 4)
    "$multiproc" --procs "$1" --dir "$BLOBS_DIR" --port "$PORT" --first-port "$FIRST_PORT" --haproxy haproxy/study.cfg \
        --control "$control" --ready-path "$ready_path" "${limits[@]}" -- "${command[@]}" >>"$scratch/servers.log" 2>&1 8>&- &
    servers=$!
    until "$multiproc" status --wait-ready 1 --control "$control" >/dev/null 2>&1; do
        if ! kill -0 "$servers" 2>/dev/null || [ $SECONDS -ge $deadline ]; then
            fail "the servers did not start: $(tail -n 1 "$scratch/servers.log")"
        fi
    done
    [ -z "$CPU_LIMIT" ] || run_client 0 "$size" "--$action" --url "$url" --duration 4 || true
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

# what the client's summary says of one thing
figure() { sed -nE "s/^ *$1 +//p" "$scratch/run.txt"; }

# ---- the study
[ "$PROXY" = haproxy ] || fail "PROXY=$PROXY is not known: the way in is haproxy"
claim_blobs_dir
.ci/install-deps.sh
make --no-print-directory build
cpu=$(sed -nE 's/^model name\s*: *(.*)/\1/p' /proc/cpuinfo | head -n 1 | tr -cs 'A-Za-z0-9\n' '-')
stored=results/$(date +%F)_${cpu:-unknown-cpu}_$(nproc)-cores
while [ -z "$OUT" ] && [ -e "$stored" ]; do stored+=+; done
top=$([ -n "$OUT" ] || echo .)
OUT=${OUT:-$stored} && mkdir -p "$OUT"
[ ! -e "$OUT/runs.jsonl" ] || fail "$OUT holds a study already: set OUT to another folder"
about=(--note "study=$(basename "$OUT")" --note "proxy=$PROXY" --note "durability=$DURABILITY" ${CPU_LIMIT:+--note "cpuLimit=$CPU_LIMIT"}
    --note "store=${SERVER:-BlobsServer} on $(df --output=fstype "$BLOBS_DIR" | tail -n 1)"
    --note "software=$(PATH=$PATH:/usr/sbin haproxy -v | sed -n '1s/ - .*//;1p')")

"$bin/StudyPlan/release/StudyPlan" --procs "$PROCS" --actions "$ACTIONS" --scenarios "$SCENARIOS" --runs "$RUNS" --seed "$SEED" \
    >"$OUT/plan.txt"
total=$(grep -vc '^#' "$OUT/plan.txt")
while read -r action size <&3; do
    run_client ceiling "$size" "--$action" --duration "$CEILING" --record "$OUT/ceiling.jsonl" || fail "$(tail -n 1 "$scratch/run.txt")"
done 3< <(grep -v '^#' "$OUT/plan.txt" | cut -d' ' -f4,6 | sort -u)
echo "$total runs in $RUNS blocks, seed $SEED; records go to $OUT/runs.jsonl"

group='' bad=0 began=$SECONDS
while read -r block order procs action amount size <&3; do
    [ "$block/$procs" = "$group" ] || { stop_servers && start_servers "$procs" && group=$block/$procs; }
    empty_blobs_dir
    if ! run_client "$amount" "$size" "--$action" --url "$url" --warmup "$WARMUP" --procs "$procs" --control "$control" \
        --record "$OUT/runs.jsonl" --ceiling "$OUT/ceiling.jsonl" "${about[@]}" --note "block=$block" --note "order=$order"; then
        # a run with errors is recorded and the study goes on; one that could not be measured ends it
        grep -q '^ *rate ' "$scratch/run.txt" || fail "run $order was not measured: $(tail -n 1 "$scratch/run.txt")"
        bad=$((bad + 1))
    fi
    left=$(((SECONDS - began) * (total - order) / order))
    printf '[%*d/%d] block %d, %d procs, %-14s %s; errors: %s; %d:%02d left\n' ${#total} "$order" "$total" "$block" "$procs" \
        "$action ${amount}x$size" "$(figure rate)" "$(figure errors)" $((left / 60)) $((left % 60))
done 3< <(grep -v '^#' "$OUT/plan.txt")
stop_servers

"$bin/Graph/release/Graph" "$OUT/runs.jsonl" --out "$OUT"
[ -z "$top" ] || cp "$OUT/results.txt" "$OUT/blobs-in-parallel.png" "$top"
echo "stored in $OUT"
[ "$bad" -eq 0 ] || { cp "$scratch/servers.log" "$OUT" && fail "$bad of $total runs had errors: see $OUT/runs.jsonl and servers.log there"; }
