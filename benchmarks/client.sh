#!/usr/bin/env bash
# How RequestClient compares with wrk, hey and ab against nginx, and with itself on other transports.
# Every comparison is PAIRS pairs of runs in turn; the table shows the median of the pairs' ratios, and their range.
#
#   benchmarks/client.sh            all of it, about 6 minutes
#   PAIRS=9 SECONDS_EACH=5 benchmarks/client.sh
set -euo pipefail

PAIRS="${PAIRS:-5}"
SECONDS_EACH="${SECONDS_EACH:-3}"
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
    "${sudo[@]}" apt-get install -y -qq "$2" >/dev/null 2>&1 || { "${sudo[@]}" apt-get update -qq && "${sudo[@]}" apt-get install -y -qq "$2" >/dev/null; }
}

# --- the other side: nginx with one worker, an empty reply and a file of 10 KiB ---

start_nginx() {
    local port
    for port in $(shuf -i 20000-31000 -n 50); do
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
    done
    base="http://127.0.0.1:$port"
    mkdir "$work/files"
    head -c 10240 /dev/urandom >"$work/files/10k"
    cat >"$work/nginx.conf" <<CONF
daemon off; worker_processes 1; worker_rlimit_nofile 8192; pid $work/nginx.pid; error_log $work/error.log;
events { worker_connections 4096; }
http {
  access_log off; keepalive_requests 1000000000; client_body_temp_path $work/body; open_file_cache max=10;
  server {
    listen 127.0.0.1:$port backlog=4096;
    location = / { return 200; }
    location / { root $work/files; }
  }
}
CONF
    # nginx's workers run as another user and must reach the file.
    chmod 755 "$work" "$work/files"
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

field() { sed -n "s/.*\"$1\":\([0-9.E+-]*\).*/\1/p" <<<"$2"; }

ours_json() { # ARGUMENTS...: one record
    "$client" 0 0 --duration "$SECONDS_EACH" --concurrency "$CONNECTIONS" --url "$base" --json "$@"
}

of_record() { # RECORD
    awk -v n="$(field operations "$1")" -v s="$(field elapsedSeconds "$1")" -v c="$(field client "${1##*\"cpuSeconds\"}")" \
        'BEGIN { printf "%.0f %.2f\n", n / s, c / n * 1e6 }'
}

ours() { of_record "$(ours_json "$@")"; }
ours_empty() { ours --baseline; }
ours_10k() { ours --request 'GET /10k'; }

timed() { # OUTPUT_FILE COMMAND...: CPU seconds of the command
    local out="$1" TIMEFORMAT='%U %S'
    shift
    { time "$@" >"$out" 2>/dev/null; } 2>&1 | awk '{ print $1 + $2 }'
}

wrk_path() { # PATH
    local cpu
    cpu="$(timed "$work/out" wrk -t1 "-c$CONNECTIONS" "-d$SECONDS_EACH" "$base$1")"
    awk -v cpu="$cpu" '/requests in/ { n = $1 } /Requests\/sec/ { r = $2 } /Socket errors|Non-2xx/ { print > "/dev/stderr" } END { printf "%.0f %.2f\n", r, cpu / n * 1e6 }' "$work/out"
}

wrk_empty() { wrk_path /; }
wrk_10k() { wrk_path /10k; }

hey_10k() {
    local cpu
    cpu="$(timed "$work/out" hey -z "${SECONDS_EACH}s" -c "$CONNECTIONS" "$base/10k")"
    awk -v cpu="$cpu" '/Requests\/sec/ { r = $2 } /Total:/ { t = $2 } END { printf "%.0f %.2f\n", r, cpu / (r * t) * 1e6 }' "$work/out"
}

ab_10k() {
    local cpu
    cpu="$(timed "$work/out" ab -k -q -t "$SECONDS_EACH" -n 100000000 -c "$CONNECTIONS" "$base/10k")"
    awk -v cpu="$cpu" '/^Requests per second/ { r = $4 } /^Complete requests/ { n = $3 } END { printf "%.0f %.2f\n", r, cpu / n * 1e6 }' "$work/out"
}

async_empty() { DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1 "$transports" async "$base/" "$CONNECTIONS" "$SECONDS_EACH"; }
async_10k() { DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1 "$transports" async "$base/10k" "$CONNECTIONS" "$SECONDS_EACH"; }
threads_empty() { "$transports" threads "$base/" "$CONNECTIONS" "$SECONDS_EACH"; }
threads_10k() { "$transports" threads "$base/10k" "$CONNECTIONS" "$SECONDS_EACH"; }

# The display is drawn where there is a terminal, and script(1) is one; the record goes the same way in both.
ours_recorded() { # WRAPPER...
    rm -f "$work/record"
    "$@" "$client 0 0 --baseline --duration $SECONDS_EACH --concurrency $CONNECTIONS --url $base --record $work/record" >/dev/null
    of_record "$(cat "$work/record")"
}
with_display() { ours_recorded script -qe /dev/null -c; }
without_display() { ours_recorded bash -c; }

# --- pairs ---

median() { sort -g | awk '{ v[NR] = $1 } END { m = NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2; printf "%.2f [%.2f, %.2f]", m, v[1], v[NR] }'; }

compare() { # TITLE OURS THEIRS
    local title="$1" mine="$2" other="$3" a b pair
    : >"$work/pairs"
    for ((pair = 0; pair < PAIRS; pair++)); do
        # Who goes first alternates, so that drift favours nobody.
        if ((pair % 2)); then b="$("$other")"; a="$("$mine")"; else a="$("$mine")"; b="$("$other")"; fi
        echo "$a $b" >>"$work/pairs"
        echo "  $title: $a against $b" >&2
    done
    printf '| %-44s | %-20s | %-20s |\n' "$title" "$(awk '{ print $1 / $3 }' "$work/pairs" | median)" "$(awk '{ print $2 / $4 }' "$work/pairs" | median)"
}

say() { printf '| %-44s | %-43s |\n' "$1" "$2"; }

# --- single questions ---

collections() {
    local record
    record="$(SECONDS_EACH=10 ours_json --baseline)"
    say "collections of the client in 10 s" "$(field clientCollections "$record") in $(field operations "$record") operations"
}

many() {
    CONNECTIONS=1000 SECONDS_EACH=10 PAIRS=3 compare "1,000 connections, 10 s, against wrk" ours_empty wrk_empty
}

half_rate() {
    local highest record rate achieved
    highest="$(ours_empty)"
    rate=$((${highest% *} / 2))
    record="$(ours_json --baseline --rate "$rate")"
    achieved="$(of_record "$record")"
    say "--rate at half of the maximum: $rate/s" "$(awk -v a="${achieved% *}" -v r="$rate" 'BEGIN { printf "%.0f/s, off by %.2f %%", a, (a / r - 1) * 100 }')"
}

stalled() { # ARGUMENTS...: a run of 4 s, in the middle of which nginx stands still for a second
    (SECONDS_EACH=4 ours_json --baseline "$@" >"$work/stalled") &
    local run=$!
    local worker
    worker="$(tr -d " " <"/proc/$nginx_pid/task/$nginx_pid/children")"
    sleep 1.8
    kill -STOP "$worker"
    sleep 1
    kill -CONT "$worker"
    wait "$run"
    cat "$work/stalled"
}

percentile() { # FIELD TEXT: milliseconds
    awk -v us="$(sed -n "s/.*\"$1\":\([0-9.]*\).*/\1/p" <<<"$2")" 'BEGIN { printf "%.1f ms", us / 1000 }'
}

between() { sed "s/.*\"$1\"//; s/\"$2\".*//" <<<"$3"; }

stall() {
    local closed open
    closed="$(stalled)"
    open="$(stalled --rate 2000)"
    say "server still for 1 s: closed loop, p99.9" "$(percentile p999Microseconds "${closed#*\"latency\"}")"
    say "the same at --rate 2000: p99.9 of service" "$(percentile p999Microseconds "$(between latency openLoop "$open")")"
    say "... and from due" "$(percentile p999Microseconds "$(between fromDue waited "$open")")"
}

need nginx nginx-light
need wrk wrk
need hey hey
need ab apache2-utils
need curl curl
dotnet build "$root/benchmarks/ClientTransports" -c Release -v q >"$work/build" || { cat "$work/build" >&2; exit 1; }
start_nginx

echo "RequestClient against others on $(nproc) cores, $CONNECTIONS connections, $PAIRS pairs of $SECONDS_EACH s: median ratio [range]"
echo
printf '| %-44s | %-20s | %-20s |\n' "ours / theirs" "requests/s" "CPU per request"
echo "|---|---|---|"
compare "empty reply, against wrk -t1" ours_empty wrk_empty
compare "10 KiB, every byte compared, against wrk -t1" ours_10k wrk_10k
compare "10 KiB, against hey" ours_10k hey_10k
compare "10 KiB, against ab -k" ours_10k ab_10k
many
compare "empty reply, against async sockets inline" ours_empty async_empty
compare "empty reply, against a thread a connection" ours_empty threads_empty
compare "10 KiB, against async sockets inline" ours_10k async_10k
compare "10 KiB, against a thread a connection" ours_10k threads_10k
compare "with the live line, against without" with_display without_display
echo
printf '| %-44s | %-43s |\n' "question" "answer"
echo "|---|---|"
collections
half_rate
stall
