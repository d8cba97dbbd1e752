#!/usr/bin/env bash
# Installs the programs that are missing, from Debian's packages: those that a study needs (PROXY= and STORE= say which
# proxies and stores), and with the argument `test` those that only the tests need. Does nothing, fast, when all are there.
set -euo pipefail

missing=()
want() { command -v "$1" >/dev/null || [ -x "/usr/sbin/$1" ] || missing+=("$2"); }
want make make
want haproxy haproxy
want gnuplot gnuplot-nox
want curl curl
want shellcheck shellcheck
want setpriv util-linux
[[ " ${PROXY:-} " != *" nginx "* ]] || want nginx nginx-light

stores=${STORE:-}
[ "${1:-}" != test ] || stores='redis postgresql tarantool radosgw'
[[ $stores != *redis* ]] || want redis-server redis-server
[[ $stores != *tarantool* ]] || want tarantool tarantool
if [[ $stores == *radosgw* ]]; then
    want radosgw radosgw
    want ceph-mon ceph-mon
    want ceph-osd ceph-osd
    want ceph ceph-common
fi
[[ $stores != *postgresql* ]] || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
if [ "${1:-}" = test ]; then
    want strace strace     # makes system calls of the real server fail
    want ps procps         # and its kill
    want chromium chromium # reads the report as people do
    want nginx nginx-light # another way in, and another server
    want gunicorn gunicorn # one more, a tree of processes
    want python3 python3   # somebody else's server, for MultiProc to supervise
    want mkfs.ext4 e2fsprogs # disks that lose their power, that fill, that have no journal
    want chattr e2fsprogs    # a file that nobody may change
    want mount mount
    want losetup mount
    want flock util-linux    # a lock that another process holds
    want unshare util-linux  # file systems that only one server sees
fi
command -v dotnet >/dev/null || {
    echo "dotnet is not installed: install the .NET 10 SDK, see https://dotnet.microsoft.com/download" >&2
    exit 1
}
[ ${#missing[@]} -gt 0 ] || exit 0

command -v apt-get >/dev/null || {
    echo "missing: ${missing[*]}; there is no apt-get here, install them by hand" >&2
    exit 1
}
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
echo "installing ${missing[*]}"
# RUNLEVEL=1: a store is wanted as a program; the service that comes with its package need not start (invoke-rc.d(8)).
settings=(DEBIAN_FRONTEND=noninteractive RUNLEVEL=1)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { "${as_root[@]}" apt-get update && "${as_root[@]}" env "${settings[@]}" apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -5 "$log" >&2
    echo "could not install ${missing[*]}: install them by hand, for instance with apt-get" >&2
    exit 1
fi
