# shellcheck shell=bash
# What the stores that are one server have in common. The script that sources this says what to start and how to ask
# whether it serves; here stand the arguments (dir, port, schema, durability, log), the way up and the way down.

store=${0##*/}
dir=${1:-} port=${2:-} schema=${3:-} durability=${DURABILITY:-always}
stop_signal=TERM   # what ends this server without waiting for its clients
orphan_signal=KILL # what it gets when this script is killed: what it has answered outlives that
server=          # its pid, once started

fail() {
    echo "stores/$store: $1" >&2
    exit "${2:-1}"
}

# A server that ignores its signal for this long is killed.
readonly STOP_SECONDS=20

stop() {
    trap '' INT TERM
    [ -n "$server" ] || return 0
    local tries
    for ((tries = 0; tries < STOP_SECONDS * 20; tries++)); do
        # Said again each second: Tarantool forgets a signal that comes while it starts.
        if ((tries % 20 == 0)); then kill -"$stop_signal" "$server" 2>/dev/null || return 0; fi
        kill -0 "$server" 2>/dev/null || return 0
        sleep 0.05
    done
    kill -KILL "$server" 2>/dev/null || true
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [[ $dir = --help || $dir = -h ]]; then # what the script's first lines say
    sed -nE '2,/^[^#]/s/^# ?//p' "$0"
    printf '\nExample: DURABILITY=none stores/%s /tmp/%s 8100\n' "$store" "$store"
    exit 0
fi
[[ -n $dir && $port =~ ^[1-9][0-9]{0,4}$ && $# -le 3 ]] || fail "usage: stores/$store DIR PORT [SCHEMA]" 2
[[ $durability =~ ^(none|always)$ ]] || fail "DURABILITY is '$durability': give none or always" 2
[ -z "$schema" ] || [ -f "$schema" ] || fail "there is no file $schema" 2
mkdir -p "$dir" 2>/dev/null || fail "cannot make $dir; choose another DIR"
dir=$(cd "$dir" && pwd)
[ -z "$schema" ] || schema=$(realpath "$schema")
log=$dir/$store.log
! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null ||
    fail "port $port is in use; stop what listens there or choose another PORT"

# The server as a child that also ends when this script is killed. Its output is kept in the log.
start() {
    setpriv --pdeathsig "$orphan_signal" "$@" >>"$log" 2>&1 </dev/null &
    server=$!
}

# until_serving COMMAND...: asks until it holds; a server that ended in the meantime is told at once.
until_serving() {
    local tries
    for ((tries = 0; tries < 3000; tries++)); do
        ! "$@" 2>/dev/null || return 0
        kill -0 "$server" 2>/dev/null || fail "$store ended: $(tail -n 1 "$log")"
        sleep 0.01
    done
    fail "$store did not serve within 60 s; see $log"
}

# says QUESTION BEGINNING: sends a line to the port and looks at how the answer begins.
says() {
    local answer
    exec 3<>"/dev/tcp/127.0.0.1/$port" || return 1
    printf '%s' "$1" >&3
    IFS= read -r -t 2 answer <&3 || answer=
    exec 3>&-
    [[ $answer == "$2"* ]]
}

# load_once COMMAND...: loads the schema into a store that is new; later starts find it in there.
load_once() {
    [ -n "$schema" ] && [ ! -e "$dir/schema-loaded" ] || return 0
    local answer
    answer=$("$@" 2>&1) || fail "cannot load $schema: $(grep -m 1 -E 'ERR' <<<"$answer")"
    touch "$dir/schema-loaded"
}

# serve URL: says where, and stays until the server ends or a signal comes.
serve() {
    echo "$1"
    local status=0
    { wait "$server" || status=$?; } 2>/dev/null # bash would say "Killed" in its own way
    server='' # nothing to stop any more
    fail "$store ended with status $status; see $log"
}
