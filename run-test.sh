#!/usr/bin/env bash
# Does running N processes behind HAProxy make this server better, by how much, and what stops it? Measures
# each cell (processes x action x scenario) in shuffled blocks; ends with a sentence, results.txt, pictures.
#   ./run-test.sh                          the study; each variable below can be set from outside:
#   BUDGET=1m ACTIONS="put get" ./run-test.sh
#   ./run-test.sh --list                   its cells and how long it would take, without running it
#   RESUME=results/DIR ./run-test.sh       go on with a study that was interrupted
# shellcheck disable=SC1090,SC2034,SC2086,SC2154 # StudyPlan sets much; its words are to be split
set -euf -o pipefail
cd "$(dirname "$0")"
set -a && GIVEN=$(compgen -e) # what is set from outside; StudyPlan checks it all
PROCS=${PROCS:-1 2 4 8}             # server processes to compare
ACTIONS=${ACTIONS:-}                # empty: baseline list put get flag delete, or all that SERVICE has
SCENARIOS=${SCENARIOS:-20000x10}    # operations a run x KiB a blob, several with spaces between
TRACE=${TRACE:-} FEED=${FEED:-}     # files: what is asked and when; values for operations, see README.md
RUNS=${RUNS:-5}                     # the least number of blocks, which is runs of each cell
BUDGET=${BUDGET:-10m}               # of measuring: blocks are added while an answer is open; 0: exactly RUNS
CONCURRENCY=${CONCURRENCY:-10}      # connections of the client; several are compared
CAPACITY=${CAPACITY:-}              # such as p99=20ms: the highest rate that keeps it; empty: how fast it is
PROXY=${PROXY:-haproxy}             # ways in: direct reuseport haproxy haproxy-unix|tcp|hash nginx
SERVICE=${SERVICE:-}                # one of services/, such as counter; empty: the blobs server
STORE=${STORE:-}                    # some of stores/ and disk; or a command with {dir} and {storeport}
SERVER=${SERVER:-}                  # a command with {port}, {dir}, {store}: another server or SERVICE
READY_PATH=${READY_PATH:-/} LIVE_PATH=${LIVE_PATH:-} # answers 200 to 399 once it is ready; unless it hangs
DURABILITY=${DURABILITY:-none}      # none, as the original measured, or always
CPU_LIMIT=${CPU_LIMIT:-}            # cores for each worker, such as 0.1; empty: no limit
STORE_CPU_LIMIT=${STORE_CPU_LIMIT:-} PROXY_CPU_LIMIT=${PROXY_CPU_LIMIT:-} # the same for store and proxy
POOL=${POOL:-yes}                   # no: for N processes exactly N are started, for servers that spin
CONTROL=${CONTROL:-yes}             # the smallest cell is measured twice, to see equal cells come out equal
PIN=${PIN:-} THREADS=${THREADS:-1}  # processors, as in "client=0 workers=1"; the client's threads, or auto
WARMUP=${WARMUP:-15s} QUIET=${QUIET:-60s} # of each start, over all actions; wait for others to be quiet
CEILING=${CEILING:-1s} SEED=${SEED:-$RANDOM} # how long the client alone is measured; of the shuffle
PORT=${PORT:-8000} FIRST_PORT=${FIRST_PORT:-8001} STORE_PORT=${STORE_PORT:-8100} # way in; workers; store
BLOBS_DIR=${BLOBS_DIR:-}            # made, emptied and removed by this script; empty: /tmp/blobs
OUT=${OUT:-} RESUME=${RESUME:-}     # empty: results/DATE_CPU_CORES, and copies at the top
set +a

bin=$PWD/artifacts/bin top=$([ -n "$OUT$RESUME" ] || echo .)
plan=$bin/StudyPlan/release/StudyPlan multiproc=$bin/MultiProc/release/MultiProc
client=$bin/RequestClient/release/RequestClient graph=$bin/Graph/release/Graph
scratch=$(mktemp -d) && control=$scratch/control.sock
servers='' running='' claimed='' unfinished='' # empty: nothing to clean up
fail() { echo "run-test.sh: $*" >&2 && exit 1; }

# Bash answers a signal only while it waits.
wait_for() { "$@" 8>&- & running=$! && local status=0; wait "$running" || status=$?; running=; return $status; }

start_servers() { # MultiProc stops store, workers and proxy whenever it ends
    rm -rf "${BLOBS_DIR:?}/.store" # each start of a store begins with nothing in it
    "$multiproc" $supervision --dir "$BLOBS_DIR" --control "$control" ${store:+--store "$store"} -- $worker \
        >>"$OUT/servers.log" 2>&1 8>&- &
    servers=$! && local deadline=$((SECONDS + 60)) said # "failed": tried again and again, and past hope
    until said=$("$multiproc" status --wait-ready 1 --control "$control" 2>&1 >/dev/null); do
        { kill -0 "$servers" 2>/dev/null && [ $SECONDS -lt $deadline ] && [[ $said != *" is failed"* ]]; } ||
            fail "the servers did not start: ${said%%$'\n'*}"$'\n'"$(tail -n 5 "$OUT/servers.log")"
    done
}

end() { [ -z "$1" ] || { kill -TERM "$1" 2>/dev/null || true; wait "$1" || true; }; }

clean_up() {
    trap '' INT TERM HUP
    end "$running" && end "$servers"
    [ -z "$unfinished" ] || echo "run-test.sh: unfinished; to go on with it: RESUME=$OUT ./run-test.sh" >&2
    [ -z "$claimed" ] || "$plan" release "$BLOBS_DIR"
    rm -rf "$scratch"
}
trap clean_up EXIT && trap 'exit 130' INT && trap 'exit 143' TERM && trap 'exit 129' HUP

case $* in
    '' | --list) .ci/build StudyPlan ;;
    --help) sed -nE '/^set \+a/q; /^(set|cd|# sh)/d; s/^# ?//; s/\$\{\w+:-([^}]*)}/\1/g; 2,$p' "$0" && exit ;;
    *) echo "run-test.sh: $* is no option: --list and --help are, variables say the rest" >&2 && exit 2 ;;
esac
if [ "${1:-}" = --list ]; then "$plan" list; exit; fi
settings=$("$plan" settings); eval "$settings"
.ci/install-deps.sh; .ci/build $PROGRAMS
own=$(dirname "$ACTION_FILE")/study.sh; [ ! -e "$own" ] || . "$own" # what a service needs: a key, a feed
ceilings=$("$plan" begin)
exec 8>>"$BLOBS_DIR/.made-by-run-test"
flock --nonblock 8 || fail "another study runs on $BLOBS_DIR: wait for it, or set BLOBS_DIR to another folder"
claimed=yes unfinished=yes
while read -r action size connections && [ -n "$action" ]; do
    "$client" ceiling "$size" "--$action" --concurrency "$connections" --threads "$THREADS" \
        --duration "$CEILING" --record "$OUT/ceiling.jsonl"
done <<<"$ceilings" >"$scratch/ceiling"

until next=$("$plan" next "$OUT" "$scratch/runs" --graph "$graph") || exit; eval "$next"; [ -z "$start" ]; do
    start_servers
    wait_for $pinned "$client" runs "$scratch/runs" $load --reset "$RESET" --url "http://127.0.0.1:$PORT" \
        --control "$control" --note "study=$(basename "$OUT")" --note "store=$STUDIED" \
        --ceiling "$OUT/ceiling.jsonl" --record "$OUT/runs.jsonl" || [ $? = 1 ] || fail "no run of $start"
    end "$servers" && servers=
done
unfinished=
"$graph" "$OUT/runs.jsonl" --out "$OUT"
[ -z "$top" ] || cp "$OUT/results.txt" "$OUT/blobs-in-parallel.png" "$top"
echo "stored in $OUT"
[ "${bad%% *}" = 0 ] || fail "$bad runs are not right, see above; RESUME=$OUT ./run-test.sh makes them again"
