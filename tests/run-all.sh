#!/usr/bin/env bash
# Runs every built test program, the end-to-end study last, and closes with the true counts: "N passed, N failed".
# Names of projects, such as MultiProc, run those alone.
# With BLOBS_SOAK=1 only the tests that can be long are run, at full size; they print their figures.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

summary=artifacts/test-summary.txt
rm -f "$summary"
passed=0 failed=0 skipped=0
filter=() patience=540 least=1
if [ "${BLOBS_SOAK:-}" = 1 ]; then filter=(-trait Category=Soak) patience=3600 least=0; fi

count() { sed -nE "s/.*Total:.*$1: ([0-9]+).*/\1/p" <<<"$2" | tail -1; }

# run PROJECT [FILTER...]
run() {
    local program=artifacts/bin/$1/release/$1 output
    echo "== $*${BLOBS_TEST_STORE:+ on $BLOBS_TEST_STORE}"
    # A test has its own deadline; this one catches a test program that hangs altogether.
    output=$(timeout --kill-after=10 "$patience" "$program" -noLogo -noColor "${filter[@]}" "${@:2}" 2>&1 </dev/null)
    local status=$?
    local total errors fails skips
    total=$(sed -nE 's/.*Total: ([0-9]+).*/\1/p' <<<"$output" | tail -1)
    errors=$(count Errors "$output") fails=$(count Failed "$output") skips=$(count Skipped "$output")
    grep -vE '^ *(Discovering|Discovered|Starting|Finished):' <<<"$output"
    if [ "${total:--1}" -lt "$least" ]; then
        echo "$1 ended with status $status and ran no test"
        failed=$((failed + 1))
        return
    fi
    # A program that fails although every test passed (a crash on the way out) has failed.
    if [ "$status" -ne 0 ] && [ $((${errors:-0} + ${fails:-0})) -eq 0 ]; then fails=1; total=$((total + 1)); fi
    failed=$((failed + ${errors:-0} + ${fails:-0}))
    skipped=$((skipped + ${skips:-0}))
    passed=$((passed + total - ${fails:-0} - ${skips:-0}))
}

[ $# -gt 0 ] || set -- StudyPlan StudyResults Graph RequestClient BlobsServer MultiProc StoreClients Counter People Dialogs Stickers EndToEnd
for project in "$@"; do
    run "$project.Tests"
done

# The blobs server's HTTP on its other stores: all but what is about files or the same on any, and no quota where there is none.
over_http=(-namespace BlobsServer.Tests.Processes -trait- Store=disk -trait- Store=any)
# Every history is linearizable on rows too; not in S3, where two DELETEs may both be answered 200.
BLOBS_TEST_STORE=postgresql run BlobsServer.Tests "${over_http[@]}" -namespace BlobsServer.Tests.Linearizability
BLOBS_TEST_STORE=radosgw run BlobsServer.Tests "${over_http[@]}" -trait- Needs=quota

line="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || line="$line, $skipped skipped"
echo "$line" | tee "$summary"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
