#!/usr/bin/env bash
# How RequestClient compares with wrk, hey and ab against nginx, and with itself on other transports.
# Every comparison is pairs of runs in turn; the table shows the median of the pairs' ratios, and their range.
#
#   benchmarks/client.sh                            all of it, about eight minutes
#   ROWS='wrk|stall' benchmarks/client.sh           only the rows whose titles match
#   PAIRS=15 SECONDS_EACH=5 benchmarks/client.sh    rows that settle better
set -euo pipefail

ROWS="${ROWS:-.}"
PAIRS="${PAIRS:-9}"
SECONDS_EACH="${SECONDS_EACH:-2}" # whole seconds, as wrk wants them
CONNECTIONS="${CONNECTIONS:-10}"

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
client="$root/artifacts/bin/RequestClient/release/RequestClient"
transports="$root/artifacts/bin/ClientTransports/release/ClientTransports"
work="$(mktemp -d)"
pids=()

cleanup() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

need() { # PROGRAM PACKAGE
    command -v "$1" >/dev/null && return
    echo "installing $2" >&2
    local sudo=()
    if [ "$(id -u)" -ne 0 ]; then sudo=(sudo); fi
    "${sudo[@]}" apt-get install -y -qq "$2" >/dev/null 2>&1 && return
    "${sudo[@]}" apt-get update -qq && "${sudo[@]}" apt-get install -y -qq "$2" >/dev/null
}

# --- the other side: nginx, with an empty reply and one of 10 KiB, as cheap as it can make them ---
# Its 10 KiB come from memory: with a file nginx limits all clients alike. It has one worker: with two, chance decides for each
# run how many connections each gets, and with it the rate (103,000 to 158,000/s on two cores).

start_nginx() {
    local port quarter
    for port in $(shuf -i 20000-31000 -n 50); do
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
    done
    base="http://127.0.0.1:$port"
    quarter="$(head -c 1920 /dev/urandom | base64 -w 0)" # 2560 letters; nginx takes no longer word
    cat >"$work/nginx.conf" <<CONF
daemon off; worker_processes 1; worker_rlimit_nofile 8192; pid $work/nginx.pid; error_log $work/error.log;
events { worker_connections 4096; }
http {
  access_log off; keepalive_requests 1000000000; client_body_temp_path $work/body;
  server {
    listen 127.0.0.1:$port backlog=4096;
    location = / { return 200; }
    location = /10k { set \$quarter "$quarter"; return 200 "\$quarter\$quarter\$quarter\$quarter"; }
  }
}
CONF
    nginx -c "$work/nginx.conf" 2>/dev/null &
    nginx_pid=$!
    pids+=("$nginx_pid")
    local tries=100
    until curl -sf -o /dev/null "$base/"; do
        if ! kill -0 "$nginx_pid" || ((tries-- == 0)); then
            echo "nginx did not start: $(cat "$work/error.log")" >&2
            exit 1
        fi
        sleep 0.05
    done
}

# --- one run each: prints "REQUESTS_PER_SECOND CPU_MICROSECONDS_PER_REQUEST" ---

arguments() { echo "0 0 --duration $SECONDS_EACH --concurrency $CONNECTIONS --url $base"; }

ours_json() { # ARGUMENTS...: one record
    # shellcheck disable=SC2046 # these are words
    "$client" $(arguments) --json "$@"
}

of_record() { jq -r '"\(.operations / .elapsedSeconds | round) \(.cpuSeconds.client / .operations * 1e6)"'; }

ours_empty() { ours_json --baseline | of_record; }
ours_10k() { ours_json --request 'GET /10k' | of_record; }
ours_two_empty() { ours_json --baseline --threads 2 | of_record; }
ours_two_10k() { ours_json --request 'GET /10k' --threads 2 | of_record; }

timed() { # OUTPUT_FILE COMMAND...: CPU seconds of the command
    local out="$1" TIMEFORMAT='%U %S'
    shift
    { time "$@" >"$out" 2>/dev/null; } 2>&1 | awk '{ print $1 + $2 }'
}

wrk_path() { # PATH [THREADS]
    local cpu
    cpu="$(timed "$work/out" wrk "-t${2:-1}" "-c$CONNECTIONS" "-d$SECONDS_EACH" "$base$1")"
    awk -v cpu="$cpu" '/requests in/ { n = $1 } /Requests\/sec/ { r = $2 } /Socket errors|Non-2xx/ { print > "/dev/stderr" }
        END { printf "%.0f %.2f\n", r, cpu / n * 1e6 }' "$work/out"
}

wrk_empty() { wrk_path /; }
wrk_10k() { wrk_path /10k; }
wrk_two_empty() { wrk_path / 2; }
wrk_two_10k() { wrk_path /10k 2; }

hey_10k() {
    local cpu
    cpu="$(timed "$work/out" hey -z "${SECONDS_EACH}s" -c "$CONNECTIONS" "$base/10k")"
    awk -v cpu="$cpu" '/Requests\/sec/ { r = $2 } /Total:/ { t = $2 }
        END { printf "%.0f %.2f\n", r, cpu / (r * t) * 1e6 }' "$work/out"
}

ab_10k() {
    local cpu
    cpu="$(timed "$work/out" ab -k -q -t "$SECONDS_EACH" -n 100000000 -c "$CONNECTIONS" "$base/10k")"
    awk -v cpu="$cpu" '/^Requests per second/ { r = $4 } /^Complete requests/ { n = $3 }
        END { printf "%.0f %.2f\n", r, cpu / n * 1e6 }' "$work/out"
}

transport() { DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1 "$transports" "$1" "$base$2" "$CONNECTIONS" "$SECONDS_EACH"; }
async_empty() { transport async /; }
async_10k() { transport async /10k; }
threads_empty() { transport threads /; }
threads_10k() { transport threads /10k; }

# The live line is drawn where there is a terminal and no --json, and script(1) is a terminal.
on_terminal() { # ARGUMENTS
    rm -f "$work/record"
    script -qe -c "$client $(arguments) --baseline --record $work/record $1" /dev/null >/dev/null
    of_record <"$work/record"
}
with_line() { on_terminal ''; }
without_line() { on_terminal --json; }

# --- rows ---

is_wanted() { [[ "$1" =~ $ROWS ]]; }

median() {
    sort -g | awk '{ v[NR] = $1 }
        END { m = NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2; printf "%.2f [%.2f, %.2f]", m, v[1], v[NR] }'
}

compare() { # TITLE OURS THEIRS
    local title="$1" mine="$2" other="$3" a b pair
    is_wanted "$title" || return 0
    : >"$work/pairs"
    for ((pair = 0; pair < PAIRS; pair++)); do
        # Who goes first alternates, so that drift favours nobody.
        if ((pair % 2)); then b="$("$other")"; a="$("$mine")"; else a="$("$mine")"; b="$("$other")"; fi
        echo "$a $b" >>"$work/pairs"
        echo "  $title: $a against $b" >&2
    done
    printf '| %-44s | %-20s | %-20s |\n' "$title" \
        "$(awk '{ print $1 / $3 }' "$work/pairs" | median)" "$(awk '{ print $2 / $4 }' "$work/pairs" | median)"
}

say() { printf '| %-44s | %-43s |\n' "$1" "$2"; }

collections() {
    local title="collections of the client in 10 s"
    is_wanted "$title" || return 0
    say "$title" "$(SECONDS_EACH=10 ours_json --baseline | jq -r '"\(.clientCollections) in \(.operations) operations"')"
}

half_rate() {
    local title="--rate at half of the maximum" highest rate
    is_wanted "$title" || return 0
    highest="$(ours_empty)"
    rate=$((${highest% *} / 2))
    say "$title: $rate/s" "$(ours_json --baseline --rate "$rate" | jq -r --argjson rate "$rate" \
        '(.operations / .elapsedSeconds) as $achieved
            | "\($achieved | round)/s, off by \(($achieved / $rate - 1) * 10000 | round / 100) %"')"
}

# --- the stall: runs of 4 s, in the middle of which nginx stands still for a second (docs/measuring.md explains them) ---

stalled() { # FILE ARGUMENTS...
    local file="$1" workers run
    shift
    (SECONDS_EACH=4 ours_json --baseline "$@" >"$file") &
    run=$!
    read -ra workers <"/proc/$nginx_pid/task/$nginx_pid/children" || true # it has no newline
    sleep 1.8
    kill -STOP "${workers[@]}"
    sleep 1
    kill -CONT "${workers[@]}"
    wait "$run"
}

stall() {
    is_wanted "stall" || return 0
    stalled "$work/closed"
    stalled "$work/open" --rate 2000
    echo
    printf '| %-26s | %-14s | %-21s | %-21s |\n' \
        "server still for 1 s of 4" "closed loop" "--rate 2000, service" "--rate 2000, from due"
    echo "|---|---|---|---|"
    printf '| %-26s | %-14s | %-21s | %-21s |\n' "operations" \
        "$(jq .operations "$work/closed")" "$(jq .operations "$work/open")" "$(jq .operations "$work/open")"
    local name
    for name in p50 p90 p99 p999 p9999 max; do
        printf '| %-26s | %-14s | %-21s | %-21s |\n' "${name/#p99?/p99.9}, ms" "$(milliseconds .latency closed "$name")" \
            "$(milliseconds .latency open "$name")" "$(milliseconds .openLoop.fromDue open "$name")"
    done
}

milliseconds() { jq -r "$1.baseline.$3Microseconds / 10 | round / 100" "$work/$2"; }

need nginx nginx-light
need wrk wrk
need hey hey
need ab apache2-utils
need curl curl
need jq jq
"$root/.ci/build" RequestClient benchmarks/ClientTransports
start_nginx

echo "RequestClient against others on $(nproc) cores, $CONNECTIONS connections, $PAIRS pairs of $SECONDS_EACH s"
echo "(3 or 5 in rows of 10 s and of transports): median ratio [range]"
echo
printf '| %-44s | %-20s | %-20s |\n' "ours / theirs" "requests/s" "CPU per request"
echo "|---|---|---|"
compare "empty reply, against wrk -t1" ours_empty wrk_empty
compare "10 KiB, every byte compared, against wrk -t1" ours_10k wrk_10k
compare "empty reply, --threads 2, against wrk -t2" ours_two_empty wrk_two_empty
compare "10 KiB, --threads 2, against wrk -t2" ours_two_10k wrk_two_10k
compare "10 KiB, against ab -k" ours_10k ab_10k
PAIRS=3 compare "10 KiB, against hey" ours_10k hey_10k
CONNECTIONS=1000 SECONDS_EACH=10 PAIRS=3 compare "1,000 connections, 10 s, against wrk" ours_empty wrk_empty
PAIRS=3 compare "empty reply, against async sockets inline" ours_empty async_empty
PAIRS=3 compare "empty reply, against a thread a connection" ours_empty threads_empty
PAIRS=3 compare "10 KiB, against async sockets inline" ours_10k async_10k
PAIRS=3 compare "10 KiB, against a thread a connection" ours_10k threads_10k
SECONDS_EACH=10 PAIRS=5 compare "live line, 10 s, against none" with_line without_line
echo
printf '| %-44s | %-43s |\n' "question" "answer"
echo "|---|---|"
collections
half_rate
stall
