#!/usr/bin/env bash
# Runs every built test program, the end-to-end study last, and closes with the true counts: "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

summary=artifacts/test-summary.txt
rm -f "$summary"
passed=0 failed=0 skipped=0

count() { sed -nE "s/.*Total:.*$1: ([0-9]+).*/\1/p" <<<"$2" | tail -1; }

run() {
    local program=artifacts/bin/$1/release/$1 output
    echo "== $1"
    # A test has its own deadline; this one catches a test program that hangs altogether.
    output=$(timeout --kill-after=10 540 "$program" -noLogo -noColor -trait- Category=Soak 2>&1 </dev/null)
    local status=$?
    local total errors fails skips
    total=$(sed -nE 's/.*Total: ([0-9]+).*/\1/p' <<<"$output" | tail -1)
    errors=$(count Errors "$output") fails=$(count Failed "$output") skips=$(count Skipped "$output")
    grep -vE '^ *(Discovering|Discovered|Starting|Finished):' <<<"$output"
    if [ "${total:-0}" -eq 0 ]; then
        echo "$1 ended with status $status and ran no test"
        failed=$((failed + 1))
        return
    fi
    # A program that fails although every test passed (a crash on the way out) has failed.
    if [ "$status" -ne 0 ] && [ $((errors + fails)) -eq 0 ]; then fails=1; total=$((total + 1)); fi
    failed=$((failed + errors + fails))
    skipped=$((skipped + skips))
    passed=$((passed + total - fails - skips))
}

for project in StudyPlan StudyResults Graph RequestClient BlobsServer MultiProc EndToEnd; do
    run "$project.Tests"
done

line="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || line="$line, $skipped skipped"
echo "$line" | tee "$summary"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
