#!/usr/bin/env bash
# The Counter on Redis, one process without a proxy, as the original was measured: ab without keep-alive, 10,000 requests of 10
# clients and 100,000 of 1,000. Beside it, in turn on the same machine, the original's kind of stack (counter_peer.py), and HAProxy
# with the same answer from its configuration: ab and the kernel have no more for any server on these cores.
#   benchmarks/counter.sh            ROUNDS=5 LARGE=100000 FIRST_PORT=8200 benchmarks/counter.sh
# Wanted are the original's best figures on its 16 threads (services/README.md tells where they come from).
# A row is the median of its rounds. Every answer must be 200, exactly 100 numbers granted, and each request logged.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${ROUNDS:-3}
large=${LARGE:-100000}
port=${FIRST_PORT:-8200}
counter=artifacts/bin/Counter/release/Counter
# shellcheck source=benchmarks/workplace
. benchmarks/workplace

STORE=redis .ci/install-deps.sh
want haproxy apache2-utils python3-starlette uvicorn python3-uvloop python3-httptools python3-redis
.ci/build services/Counter
ulimit -n "$(ulimit -Hn)" # ab with 1,000 clients

serving() { curl -sf -o /dev/null "http://127.0.0.1:$1/" 2>/dev/null; }
start() { # PORT COMMAND...
    local at=$1 tries
    shift
    "$@" &
    pids+=($!)
    for ((tries = 0; tries < 200; tries++)); do
        if serving "$at"; then return; fi
        sleep 0.1
    done
    fail "$1 does not serve on port $at"
}

DURABILITY=none stores/redis "$work/redis" "$port" >"$work/url" &
pids+=($!)
for ((tries = 0; tries < 200; tries++)); do [ ! -s "$work/url" ] || break; sleep 0.1; done
url=$(cat "$work/url")
[ -n "$url" ] || fail "there is no store"
declare -A at=([json]=$((port + 1)) [none]=$((port + 2)) [peer]=$((port + 3)) [ceiling]=$((port + 4)))
start "${at[json]}" "$counter" "${at[json]}" --store "$url" --log json >"$work/log" 2>"$work/err"
start "${at[none]}" "$counter" "${at[none]}" --store "$url" --log none 2>"$work/err"
STORE_URL=$url start "${at[peer]}" /usr/bin/python3 -m uvicorn --app-dir benchmarks --host 127.0.0.1 --port "${at[peer]}" \
    --backlog 4096 --no-access-log --log-level warning counter_peer:app
cat >"$work/haproxy.cfg" <<CONF
defaults
  mode http
  timeout client 30s
  option httpclose
frontend ceiling
  bind 127.0.0.1:${at[ceiling]} backlog 4096
  http-request return status 200 content-type application/json string '{"Go":"away!","request_num":100}'
CONF
start "${at[ceiling]}" haproxy -db -f "$work/haproxy.cfg" 2>"$work/err"

lines() { wc -l <"$work/log"; }

measure() { # NAME REQUESTS CLIENTS: requests per second
    local before after
    "$counter" reset --store "$url" || fail "cannot reset"
    redis-cli -p "$port" DEL peer:granted >/dev/null
    sleep 0.3 # what was asked before is logged
    before=$(lines)
    ab -q -l -n "$2" -c "$3" "http://127.0.0.1:${at[$1]}/" >"$work/ab" 2>&1 || fail "$1, $3 clients: $(tail -1 "$work/ab")"
    grep -q '^Failed requests: *0$' "$work/ab" || fail "$1, $3 clients: $(grep '^Failed' "$work/ab")"
    ! grep '^Non-2xx' "$work/ab" >&2 || fail "$1, $3 clients: not every answer was 200"
    case $1 in
    ceiling) ;;
    peer) [ "$(redis-cli -p "$port" GET peer:granted)" = "$2" ] || fail "the peer counted wrong" ;;
    *) [ "$(curl -s "http://127.0.0.1:${at[$1]}/count")" = 100 ] || fail "$1, $3 clients: not 100 numbers were granted" ;;
    esac
    if [ "$1" = json ]; then
        for ((tries = 0; tries < 30; tries++)); do
            after=$(lines)
            ((after - before < $2)) || break # and /count, which may not be written yet
            sleep 0.1
        done
        ((after - before >= $2)) || fail "$(($2 - after + before)) of $2 requests were not logged"
    fi
    awk '/^Requests per second/ { print $4 }' "$work/ab"
}

median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

# Code is compiled again where it is hot: both start warm.
for name in json none peer ceiling; do measure "$name" 20000 10 >/dev/null; done
for ((round = 0; round < rounds; round++)); do
    names=(json none peer ceiling)
    ((round % 2 == 0)) || names=(ceiling peer none json) # drift favours nobody
    for name in "${names[@]}"; do
        measure "$name" 10000 10 >>"$work/$name-10"
        measure "$name" "$large" 1000 >>"$work/$name-1000"
    done
done

met=0
row() { # TITLE FIGURE WANTED
    local verdict
    verdict=$(awk -v is="$2" -v wanted="$3" 'BEGIN { print (is >= wanted ? "yes" : "NO") }')
    [ "$verdict" = yes ] || met=1
    printf '%-42s %10.0f %10s  %s\n' "$1" "$2" "$3" "$verdict"
}
times() { awk -v a="$(median <"$work/$1-$3")" -v b="$(median <"$work/$2-$3")" 'BEGIN { printf "%.2f", a / b }'; }

echo "$(nproc) cores, $(redis-server --version | sed -E 's/.* v=([^ ]+).*/Redis \1/'), ab without keep-alive; medians of $rounds, requests per second"
printf '%-42s %10s %10s  %s\n' '' ours wanted met
row "10 clients, a JSON line a request" "$(median <"$work/json-10")" 5834
row "1,000 clients, a JSON line a request" "$(median <"$work/json-1000")" 7229
row "10 clients" "$(median <"$work/none-10")" 10409
row "1,000 clients" "$(median <"$work/none-1000")" 10590
for clients in 10 1000; do
    ours=$(times none peer $clients)
    verdict=$(awk -v is="$ours" 'BEGIN { print (is >= 4 ? "yes" : "NO") }')
    [ "$verdict" = yes ] || met=1
    printf '%-42s %10s %10s  %s\n' "$clients clients: times Starlette ($(median <"$work/peer-$clients" | cut -d. -f1))" "$ours" 4 "$verdict"
    printf '%-42s %10s\n' "... HAProxy without a store, times Starlette" "$(times ceiling peer $clients)"
done
[ "$met" -eq 0 ]
