#!/usr/bin/env bash
# tests/run-all.sh [PROJECT...]: runs the built test programs, three at a time, and closes with the true counts: "N passed, N failed".
# With BLOBS_SOAK=1 only the tests that can be long are run, one program at a time and at full size; they print their figures.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

logs=artifacts/test-logs summary=artifacts/test-summary.txt
rm -rf "$logs" "$summary" && mkdir -p "$logs"

# What takes longest comes first, so that no lane is left with it in the end. NAME:STORE is the blobs server's HTTP on another
# store: all but what is about files or the same on any, and no quota where there is none.
[ $# -gt 0 ] || set -- EndToEnd MultiProc BlobsServer BlobsServer:radosgw BlobsServer:memory BlobsServer:postgresql Graph RequestClient Dialogs Stickers \
    Counter People StoreClients StudyPlan StudyResults

# What a test puts into files goes to memory, where a PUT costs the kernel a tenth: an ext4 that two lanes write to took most of
# the CPU. What is about files stays on a disk: BlobsServer; the rest of its tests is BlobsServer:memory. (A small /dev/shm is not used.)
memory=
if [ "$(df --output=avail -k /dev/shm 2>/dev/null | tail -1)" -ge $((6 * 1024 * 1024)) ] 2>/dev/null; then
    memory=$(mktemp -d /dev/shm/bt.XXXXXX) && chmod 755 "$memory" || exit 1 # some tests give up root's rights
    trap 'rm -rf "$memory"' EXIT
fi
# A debugger's pipes and sockets are started with every .NET process, and stay behind in TMPDIR when it is killed.
export DOTNET_EnableDiagnostics=0
# Some 2,500 .NET processes are started, most of which live for a second: what pays off in long ones costs them a tenth.
export DOTNET_TieredPGO=0 DOTNET_EnableWriteXorExecute=0
# Nor is it worth anything to them that what they call often is compiled again within 20 ms (serving.props): after a second (hex, ms).
export DOTNET_TC_CallCountingDelayMs=400

run() { # LANE NAME
    if [ -n "$memory" ] && [ "$2" != BlobsServer ]; then export TMPDIR=$memory; fi
    local name=${2%%:*} store=${2#*:} filter=() patience=540 least=1 output status
    # Programs that run side by side draw their ports from ranges of their own.
    export BLOBS_TEST_PORTS=$((10000 + 7000 * $1))-$((16999 + 7000 * $1))
    local files=() namespace
    for namespace in Faults Linearizability PowerLoss Storage Stores; do files+=("BlobsServer.Tests.$namespace"); done
    if [ "$2" = BlobsServer ]; then
        for namespace in "${files[@]}"; do filter+=(-namespace "$namespace"); done
    elif [ "$2" = BlobsServer:memory ]; then
        for namespace in "${files[@]}"; do filter+=(-namespace- "$namespace"); done
    elif [ "$store" != "$name" ]; then
        export BLOBS_TEST_STORE=$store
        filter=(-namespace BlobsServer.Tests.Processes -trait- Store=disk -trait- Store=any)
        # Every history is linearizable on rows too; not in S3, where two DELETEs may both be answered 200.
        if [ "$store" = radosgw ]; then filter+=(-trait- Needs=quota); else filter+=(-namespace BlobsServer.Tests.Linearizability); fi
    fi
    if [ "${BLOBS_SOAK:-}" = 1 ]; then filter+=(-trait Category=Soak) patience=3600 least=0; fi
    # Ceph takes half a minute to start: all that needs it runs together.
    if [ "$2" = BlobsServer ]; then filter+=(-trait- Engine=radosgw); fi
    if [ "$store" = radosgw ]; then filter+=(-namespace BlobsServer.Tests.Storage -namespace BlobsServer.Tests.Stores); fi
    # A test has its own deadline; this one catches a test program that hangs altogether.
    output=$(timeout --kill-after=10 "$patience" "artifacts/bin/$name.Tests/release/$name.Tests" -noLogo -noColor -xml "$logs/$2.xml" "${filter[@]}" 2>&1 </dev/null)
    status=$?
    local total errors fails skips
    count() { sed -nE "s/.*Total:.*$1: ([0-9]+).*/\1/p" <<<"$output" | tail -1; }
    total=$(sed -nE 's/.*Total: ([0-9]+).*/\1/p' <<<"$output" | tail -1)
    errors=$(count Errors) fails=$(count Failed) skips=$(count Skipped)
    if [ "${total:--1}" -lt "$least" ]; then
        output+=$'\n'"$2 ended with status $status and ran no test" total=1 fails=1
    elif [ "$status" -ne 0 ] && [ $((${errors:-0} + ${fails:-0})) -eq 0 ]; then
        # A program that fails although every test passed (a crash on the way out) has failed.
        output+=$'\n'"$2 ended with status $status" total=$((total + 1)) fails=1
    fi
    fails=$((${errors:-0} + ${fails:-0})) skips=${skips:-0}
    echo "$((total - fails - skips)) $fails $skips" >"$logs/$2.counts"
    # In one go, or two programs' lines would be mixed.
    printf '== %s\n%s\n' "$2" "$(grep -vE '^ *(Discovering|Discovered|Starting|Finished):' <<<"$output")" | tee "$logs/$2.log"
}
export -f run
export logs memory

lanes=3 && [ "${BLOBS_SOAK:-}" != 1 ] || lanes=1
# shellcheck disable=SC2016 # the lane is known there only
printf '%s\n' "$@" | xargs -P "$lanes" --process-slot-var=LANE -I{} bash -c 'run "$LANE" {}'

read -r passed failed skipped < <(cat "$logs"/*.counts | awk '{ p += $1; f += $2; s += $3 } END { print p + 0, f + 0, s + 0 }')
missing=$(($# - $(find "$logs" -name '*.counts' | wc -l)))
failed=$((failed + missing))
# What failed comes once more, shortened, beside the counts: many a CI keeps only the last lines.
[ "$failed" -eq 0 ] || awk '/^ +[^ ].* \[FAIL\]$/ { print FILENAME ": " $1; left = 6; next } /ended with status/ { print FILENAME ": " $0 }
    left > 0 && NF { print substr($0, 1, 240); left-- }' "$logs"/*.log
line="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || line="$line, $skipped skipped"
echo "$line" | tee "$summary"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
