#!/usr/bin/env bash
# How long Graph takes for a study of 100,000 runs, pictures and report included; it must stay under 20 s.
#   benchmarks/graph.sh             RUNS=100000 STUDY=results/... BENCH_DIR=/tmp benchmarks/graph.sh
# The runs are those of a stored study, over and over, each time as further blocks: real records, histograms and all.
set -euo pipefail
cd "$(dirname "$0")/.."

runs=${RUNS:-100000}
studies=(results/*/runs.jsonl)
study=${STUDY:+$STUDY/runs.jsonl}
study=${study:-${studies[0]}}
work=$(mktemp -d "${BENCH_DIR:-/tmp}/blobs-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT

lines=$(wc -l <"$study")
for ((copy = 0; copy * lines < runs; copy++)); do
  awk -v shift="$((copy * 1000))" -v left="$((runs - copy * lines))" 'NR <= left { match($0, /"block":[0-9]+/); number = substr($0, RSTART + 8, RLENGTH - 8)
    print substr($0, 1, RSTART - 1) "\"block\":" number + shift substr($0, RSTART + RLENGTH) }' "$study"
done >"$work/runs.jsonl"

start=${EPOCHREALTIME/./}
artifacts/bin/Graph/release/Graph "$work/runs.jsonl" --out "$work/out" >"$work/said.txt" 2>&1
took=$(((${EPOCHREALTIME/./} - start) / 1000))
printf 'Graph: %d runs, %d MiB, in %d.%01d s (bound: 20 s)\n' "$runs" "$(($(stat -c %s "$work/runs.jsonl") / 1048576))" \
  $((took / 1000)) $((took % 1000 / 100))
[ "$took" -le 20000 ]
