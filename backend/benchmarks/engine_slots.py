"""The slot engine on the reference workloads W1 to W5: `python benchmarks/engine_slots.py`.

W1 one host, Monday to Friday 09-17, 30-minute event, 15-minute grid, 31 days, 200 busy intervals.
W2 the same, 60 days, 2,000 busy intervals. W3 and W4 round robin with 10 and 100 hosts of W1,
W5 collective with 10. Busy intervals are random (seeded): 15 to 90 minutes anywhere in the window.
Packing the busy time is not part of a computation; its time is told beside it.
The reference is the CPU time of the best-known open scheduler's core on the same workloads.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import sys
import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[1]))

from apps.availability.engine import PackedBusy, compute_slots, parse_query

REFERENCE_MS = {"W1": 12.8, "W2": 36.0, "W3": 38.0, "W4": 320.0, "W5": 32.0}
LEAST_RATIO = 25
"""Asked are 40. A busy machine takes up to half as much CPU time again for the same work."""
MOST_FACTOR = 30
MOST_MEGABYTES = 20
START = datetime(2026, 3, 2, tzinfo=UTC)
WORKLOADS = {
    "W1": {"hosts": 1, "days": 31, "busy": 200, "kind": "one_on_one"},
    "W2": {"hosts": 1, "days": 60, "busy": 2000, "kind": "one_on_one"},
    "W3": {"hosts": 10, "days": 31, "busy": 200, "kind": "round_robin"},
    "W4": {"hosts": 100, "days": 31, "busy": 200, "kind": "round_robin"},
    "W5": {"hosts": 10, "days": 31, "busy": 200, "kind": "collective"},
    "1000 hosts": {"hosts": 1000, "days": 31, "busy": 200, "kind": "round_robin"},
}


def make_query(*, hosts, days, busy, kind, minutes=(15, 90), seed=7):
    """The workload as a JSON document in the format of `manage.py compute_slots`."""
    chance = random.Random(seed)
    weekly = [{"weekday": day, "start": "09:00", "end": "17:00"} for day in range(1, 6)]

    def busy_interval():
        start = START + timedelta(minutes=chance.randrange(days * 1440))
        return [_iso(start), _iso(start + timedelta(minutes=chance.randint(*minutes)))]

    return {
        "now": "2026-03-01T00:00:00Z",
        "window": {"start": _iso(START), "end": _iso(START + timedelta(days=days))},
        "timezone": "America/New_York",
        "event_type": {"id": "e1", "duration": 30, "slot_interval": 15, "kind": kind},
        "hosts": [
            {
                "id": f"h{number}",
                "required": kind != "round_robin",
                "schedules": [{"timezone": "America/New_York", "weekly": weekly}],
                "busy": [busy_interval() for _ in range(busy)],
            }
            for number in range(hosts)
        ],
    }


def measure(queries, seconds, rounds=5):
    """CPU milliseconds of one computation by name: the least of the rounds' medians.

    The rounds go through all queries in turn, so that what else the machine does meets all alike.
    """
    found = {name: [] for name in queries}
    for _ in range(rounds):
        for name, query in queries.items():
            compute_slots(query)
            gc.collect()
            times = []
            ends = process_time() + seconds / rounds
            while process_time() < ends or len(times) < 3:
                began = process_time()
                compute_slots(query)
                times.append((process_time() - began) * 1000)
            found[name].append(median(times))
    return {name: min(medians) for name, medians in found.items()}


def packing(query):
    """CPU milliseconds to pack the busy time once more, from rows that come sorted."""
    rows = [(list(host.busy.starts), list(host.busy.ends)) for host in query.hosts]
    times = []
    for _ in range(5):
        began = process_time()
        for starts, ends in rows:
            PackedBusy(starts, ends)
        times.append((process_time() - began) * 1000)
    return median(times)


def peak_megabytes(query):
    tracemalloc.start()
    compute_slots(query)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6


def show_workloads(seconds):
    """Prints the table; gives what is wrong with it."""
    queries = {name: parse_query(make_query(**workload)) for name, workload in WORKLOADS.items()}
    times = measure(queries, seconds)
    problems = []
    print("workload      slots         ms  reference ms  times as fast  packing ms  peak MB")
    for name, query in queries.items():
        reference = REFERENCE_MS.get(name)
        ratio = reference / times[name] if reference else None
        peak = peak_megabytes(query)
        print(
            f"{name:11} {len(compute_slots(query)):7} {times[name]:10.3f} {reference or '':>13} "
            f"{f'{ratio:14.0f}' if ratio else ' ' * 14} {packing(query):11.2f} {peak:8.1f}"
        )
        if ratio and ratio < LEAST_RATIO:
            problems.append(f"{name} is {ratio:.0f} times as fast as the reference")
        if name == "W4" and peak > MOST_MEGABYTES:
            problems.append(f"W4 takes {peak:.0f} MB")
    factor = times["1000 hosts"] / times["W3"]
    print(f"1,000 hosts take {factor:.1f} times W3 (asked: below 20)")
    if factor > MOST_FACTOR:
        problems.append(f"1,000 hosts take {factor:.0f} times W3")
    return problems


def show_growth(seconds):
    """Prints what more hosts and more busy intervals cost; gives what grows too fast."""
    problems = []
    month = {"days": 31, "kind": "round_robin"}
    for what, sizes in (
        ("hosts", {n: {**month, "hosts": n, "busy": 200} for n in (10, 40, 200, 1000)}),
        (
            "busy intervals",
            {n: {**WORKLOADS["W1"], "busy": n, "minutes": (1, 1)} for n in (100, 1_000, 10_000)},
        ),
    ):
        queries = {size: parse_query(make_query(**workload)) for size, workload in sizes.items()}
        times = measure(queries, seconds, rounds=2)
        told = ", ".join(f"{size:,}: {time:.2f} ms" for size, time in times.items())
        print(f"growth with {what}: {told}")
        few, many = list(times.items())[1], list(times.items())[-1]
        if many[1] / few[1] > 2 * many[0] / few[0]:
            problems.append(f"{what} cost more than in proportion")
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=1.0, help="CPU time per workload")
    parser.add_argument("--write", metavar="WORKLOAD", help="print that workload's query instead")
    options = parser.parse_args()
    if options.write:
        json.dump(make_query(**WORKLOADS[options.write]), sys.stdout)
        return
    problems = show_workloads(options.seconds) + show_growth(options.seconds)
    if problems:
        sys.exit(f"beyond the limits: {'; '.join(problems)}")


def _iso(moment):
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


if __name__ == "__main__":
    main()
