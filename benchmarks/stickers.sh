#!/usr/bin/env bash
# The stickers site on Tarantool, one process without a proxy, as the original was measured: wrk -t4 -c100, no cookies. Beside it, in
# turn on the same machine: the same pages with the original's calls (--naive), and the same site on PostgreSQL.
#   benchmarks/stickers.sh            ROUNDS=9 DURATION=5 FIRST_PORT=8200 benchmarks/stickers.sh
# Wanted are the original's best figures (services/README.md tells where they come from). A row is the median of its rounds; a ratio is
# the median of the rounds' own ratios, in brackets the least and the largest. No answer may be anything but 200.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${ROUNDS:-5}
duration=${DURATION:-30} # seconds of a measurement
warmup=${WARMUP:-10}     # seconds for each page of each server, before the first
pages=${PAGES:-index good about ugly}
port=${FIRST_PORT:-8200}
stickers=artifacts/bin/Stickers/release/Stickers
# shellcheck source=benchmarks/workplace
. benchmarks/workplace

STORE="tarantool postgresql" .ci/install-deps.sh
want wrk
.ci/build services/Stickers

declare -A at=([ours]=$((port + 2)) [naive]=$((port + 3)) [postgresql]=$((port + 4)))
declare -A path=([index]=/ [good]=/good [about]=/about [ugly]=/ugly)
declare -A wanted=([index]=2200 [good]=4200 [about]=27042 [ugly]=71900)
declare -A title=([ours]="Tarantool, one function a page" [naive]="Tarantool, the original's calls" [postgresql]="PostgreSQL, one function a page")

store() { # NAME PORT: sets url
    DURABILITY=none "stores/$1" "$work/$1" "$2" >"$work/$1.url" &
    pids+=($!)
    for ((tries = 0; tries < 200; tries++)); do [ ! -s "$work/$1.url" ] || break; sleep 0.1; done
    url=$(cat "$work/$1.url")
    [ -n "$url" ] || fail "there is no $1"
}
serve() { # NAME OPTION...: on the store at $url
    local name=$1 tries
    shift
    "$stickers" "${at[$name]}" --store "$url" "$@" 2>"$work/$name.err" &
    pids+=($!)
    for ((tries = 0; tries < 200; tries++)); do
        if curl -sf -o /dev/null "http://127.0.0.1:${at[$name]}/health/ready"; then return; fi
        sleep 0.1
    done
    fail "$name does not serve: $(tail -n 1 "$work/$name.err")"
}
store tarantool "$port"
serve ours
serve naive --naive
store postgresql $((port + 1))
serve postgresql

measure() { # SERVER PAGE SECONDS: requests per second
    wrk -t4 -c100 -d"$3s" "http://127.0.0.1:${at[$1]}${path[$2]}" >"$work/wrk" || fail "wrk cannot ask $1 for $2"
    ! grep -E 'Non-2xx|Socket errors' "$work/wrk" >&2 || fail "$1: not every answer to $2 was 200"
    awk '/^Requests\/sec/ { print $2 }' "$work/wrk"
}
median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
interval() { sort -g | awk '{ v[NR] = $1 } END { printf "[%.2f, %.2f]", v[1], v[NR] }'; }

# /about and /ugly ask no store: only the pages that do are compared.
servers_of() { case $1 in index | good) echo ours naive postgresql ;; *) echo ours ;; esac; }
# Code is compiled again where it is hot: all start warm.
for page in $pages; do for name in $(servers_of "$page"); do measure "$name" "$page" "$warmup" >/dev/null; done; done
for ((round = 0; round < rounds; round++)); do
    for page in $pages; do
        names=$(servers_of "$page")
        ((round % 2 == 0)) || names=$(tac -s ' ' <<<"$names " | tr -d '\n') # drift favours nobody
        for name in $names; do measure "$name" "$page" "$duration" >>"$work/$page-$name"; done
    done
done

met=0
echo "$(nproc) cores, $(tarantool --version | head -n 1), $("$(compgen -G '/usr/lib/postgresql/*/bin/postgres' | tail -n 1)" --version), wrk -t4 -c100, $rounds x $duration s"
printf '%-7s %-32s %9s %8s %4s  %s\n' page server 1/s wanted met "the first is ... times as fast"
for page in $pages; do
    for name in $(servers_of "$page"); do
        rate=$(median <"$work/$page-$name") want='' verdict='' times=''
        if [ "$name" = ours ]; then
            want=${wanted[$page]}
            verdict=$(awk -v is="$rate" -v wanted="$want" 'BEGIN { print (is > wanted ? "yes" : "NO") }')
            [ "$verdict" = yes ] || met=1
        fi
        if [ "$name" != ours ]; then
            paste "$work/$page-ours" "$work/$page-$name" | awk '{ print $1 / $2 }' >"$work/ratios"
            times=$(printf '%.2f %s' "$(median <"$work/ratios")" "$(interval <"$work/ratios")")
        fi
        printf '%-7s %-32s %9.0f %8s %4s  %s\n' "$page" "${title[$name]}" "$rate" "$want" "$verdict" "$times"
    done
done
[ "$met" -eq 0 ]
