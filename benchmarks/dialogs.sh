#!/usr/bin/env bash
# The original's question, asked again: Dialogs on Tarantool at 10, 50 and 200 connections, beside the original's way
# (dialogs_peer.py: threads that share one connection whose calls have no numbers). Each operation sends a message and looks for
# it in the dialog; a list must hold the asker's own dialog. A swapped reply is one that came well and was somebody else's.
#   benchmarks/dialogs.sh            SECONDS_EACH=10 CONCURRENCY="10 50 200" FIRST_PORT=8200 benchmarks/dialogs.sh
# Ours must have no swapped reply and no failure; ours is wanted to send within 6 ms (median, 10 connections) and to list 1,150 times
# a second (services/README.md tells where these come from).
set -euo pipefail
cd "$(dirname "$0")/.."

concurrency=${CONCURRENCY:-10 50 200}
seconds=${SECONDS_EACH:-5}
port=${FIRST_PORT:-8200}
dialogs=artifacts/bin/Dialogs/release/Dialogs client=artifacts/bin/RequestClient/release/RequestClient
# shellcheck source=benchmarks/workplace
. benchmarks/workplace

STORE=tarantool .ci/install-deps.sh
want python3-msgpack
.ci/build services/Dialogs RequestClient
JWT_KEY=${JWT_KEY:-$(head -c 32 /dev/urandom | base64)}
export JWT_KEY

until_it() { # WHAT COMMAND...: waits until the command holds
    local what=$1 tries
    shift
    for ((tries = 0; tries < 200; tries++)); do
        if "$@"; then return; fi
        sleep 0.1
    done
    fail "$what"
}
listens() { (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

DURABILITY=none stores/tarantool "$work/tarantool" "$port" >"$work/url" &
pids+=($!)
until_it "there is no store" test -s "$work/url"
url=$(cat "$work/url")
declare -A at=([ours]=$((port + 1)) [peer]=$((port + 2)))
"$dialogs" "${at[ours]}" --store "$url" 2>"$work/err" &
pids+=($!)
until_it "Dialogs does not serve: $(cat "$work/err")" listens "${at[ours]}"
STORE_URL=$url PORT=${at[peer]} /usr/bin/python3 benchmarks/dialogs_peer.py 2>"$work/peer" &
pids+=($!)
until_it "the peer does not serve: $(cat "$work/peer")" listens "${at[peer]}"
"$dialogs" feed --lines 4000 >"$work/feed.tsv"

measure() { # NAME ACTION CONNECTIONS: operations a second, p50 of sends and of lists in ms, swapped replies, other failures
    "$dialogs" reset --store "$url" --messages 4000 || fail "cannot reset"
    # Where replies are wrong it ends with 1: that is what is looked for.
    "$client" 0 1 --action "$2" --actions services/Dialogs/actions.conf --feed "$work/feed.tsv" --concurrency "$3" \
        --url "http://127.0.0.1:${at[$1]}" --duration "${seconds}s" --warmup 1s --timeout 2s --json >"$work/record" 2>"$work/err" || true
    [ -s "$work/record" ] || fail "$1, $2, $3 connections: $(cat "$work/err")"
    /usr/bin/python3 - "$work/record" <<'PYTHON'
import json, sys
record = json.load(open(sys.argv[1]))
errors = record["errors"]
p50 = {step: latency["p50Microseconds"] / 1000 for step, latency in record["latency"].items()}
swapped = errors.get("bytes", 0)
print(f'{record["operations"] / record["elapsedSeconds"]:.0f}', *(f"{p50[step]:.2f}" if step in p50 else "-" for step in ("post", "get")),
      swapped, sum(errors.values()) - swapped)
PYTHON
}

echo "$(nproc) cores, $(tarantool --version | head -n 1), one process without a proxy, DURABILITY=none; $seconds s each"
printf '%-10s %12s %-6s %8s %10s %10s %9s %8s\n' action connections who per_s send_ms list_ms swapped failed
met=0
for action in send list dialog; do
    for connections in $concurrency; do
        for who in ours peer; do
            read -r rate send list swapped failed < <(measure "$who" "$action" "$connections")
            printf '%-10s %12s %-6s %8s %10s %10s %9s %8s\n' "$action" "$connections" "$who" "$rate" "$send" "$list" "$swapped" "$failed"
            [ "$who" = ours ] || continue
            ((swapped + failed == 0)) || met=1
            case $action-$connections in
                send-10) awk -v is="$send" 'BEGIN { exit !(is < 6) }' || met=1 ;;
                list-*) ((rate > 1150)) || met=1 ;;
            esac
        done
    done
done
[ "$met" -eq 0 ] || fail "ours misses an aim"
