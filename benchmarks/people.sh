#!/usr/bin/env bash
# The people API under its contest's load and limits (1.5 cores for everything, every commit synced), and beside it, one after the
# other on the same machine, the kind of stack that the original had: Flask, gunicorn with one sync worker each, psycopg2, nginx
# (people_peer.py), under the same limits on the same store.
#   benchmarks/people.sh             RAMP=180 SEED=1 PORT=9999 FIRST_PORT=8001 STORE_PORT=8100 benchmarks/people.sh
# A shorter RAMP has fewer requests. Every reply of ours must be right, everybody stored, and p99 from due under 3,159 ms.
set -euo pipefail
cd "$(dirname "$0")/.."

ramp=${RAMP:-180}
port=${PORT:-9999}
# shellcheck source=benchmarks/workplace
. benchmarks/workplace

want python3-flask python3-psycopg2 gunicorn
.ci/build services/People
artifacts/bin/People/release/People trace --seed "${SEED:-1}" --ramp "$ramp" >"$work/contest.tsv"

measure() { # NAME PROXY SERVER: its record is the last line of $work/NAME/runs.jsonl
    # A server that can't follow has errors, and that is an answer here.
    SERVICE=people STORE=postgresql PROCS=2 PORT=$port CPU_LIMIT=0.35 STORE_CPU_LIMIT=0.7 PROXY_CPU_LIMIT=0.1 DURABILITY=always \
        TRACE=$work/contest.tsv RUNS=1 PROXY=$2 SERVER=$3 OUT=$work/$1 ./run-test.sh >"$work/$1.log" 2>&1 &
    pids=($!)
    wait "${pids[0]}" || true
    pids=()
    [ -s "$work/$1/runs.jsonl" ] || fail "$1 was not measured: $(tail -n 5 "$work/$1.log")"
}

measure ours haproxy ''
measure peer nginx "/usr/bin/python3 -m gunicorn --workers 1 --bind 127.0.0.1:{port} --chdir $PWD/benchmarks --log-level warning people_peer:app('{store}')"

/usr/bin/python3 - "$work" "$ramp" <<'PYTHON'
import json, sys
work, ramp = sys.argv[1:]
lines = [line.split("\t") for line in open(f"{work}/contest.tsv", encoding="utf-8")][1:]
valid = sum(1 for line in lines if line[2] == "201")
print(f"{len(lines)} requests in {float(lines[-1][0]):.0f} s, {valid} valid people, 1.5 cores for everything")
print(f"{'':6} {'people':>8} {'p50':>10} {'p99 from due':>14} {'errors':>8}  {'CPU of workers, store, proxy':>28}")
met = True
for name in ("ours", "peer"):
    run = json.loads(open(f"{work}/{name}/runs.jsonl").readlines()[-1])
    create = run["openLoop"]["fromDue"].get("contest-create.post", {"p50Microseconds": float("nan"), "p99Microseconds": float("nan")})
    people, errors = run["books"]["stored"], sum(run["errors"].values())
    p50, p99 = create["p50Microseconds"] / 1e3, create["p99Microseconds"] / 1e3
    cpu, seconds = run["cpuSeconds"], run["elapsedSeconds"]
    cores = " ".join(f"{used / seconds:.2f}" for used in (sum(cpu["workers"]), cpu["store"], cpu["proxy"]))
    print(f"{name:6} {people:8} {p50:7.1f} ms {p99:11.1f} ms {errors:8}  {cores:>28}")
    if run["openLoop"]["fellBehind"]:
        print(f"{'':6} the client fell behind")
    if name == "ours":
        met = people == valid and errors == 0 and p99 < 3159
print("ours: everybody stored, no error, p99 under 3,159 ms:", "yes" if met else "NO")
sys.exit(not met)
PYTHON
