"""The slot engine on the reference workloads W1 to W5: `python benchmarks/engine_slots.py`.

W1 one host, Monday to Friday 09-17, 30-minute event, 15-minute grid, 31 days, 200 busy intervals.
W2 the same, 60 days, 2,000 busy intervals. W3 and W4 round robin with 10 and 100 hosts of W1,
W5 collective with 10. Busy intervals are random (seeded): 15 to 90 minutes anywhere in the window.
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

from apps.availability.engine import compute_slots, parse_query

REFERENCE_MS = {"W1": 12.8, "W2": 36.0, "W3": 38.0, "W4": 320.0, "W5": 32.0}
START = datetime(2026, 3, 2, tzinfo=UTC)
WORKLOADS = {
    "W1": {"hosts": 1, "days": 31, "busy": 200, "kind": "one_on_one"},
    "W2": {"hosts": 1, "days": 60, "busy": 2000, "kind": "one_on_one"},
    "W3": {"hosts": 10, "days": 31, "busy": 200, "kind": "round_robin"},
    "W4": {"hosts": 100, "days": 31, "busy": 200, "kind": "round_robin"},
    "W5": {"hosts": 10, "days": 31, "busy": 200, "kind": "collective"},
    "1000 hosts": {"hosts": 1000, "days": 31, "busy": 200, "kind": "round_robin"},
}


def make_query(*, hosts, days, busy, kind, seed=7):
    """The workload as a JSON document in the format of `manage.py compute_slots`."""
    chance = random.Random(seed)
    weekly = [{"weekday": day, "start": "09:00", "end": "17:00"} for day in range(1, 6)]

    def busy_interval():
        start = START + timedelta(minutes=chance.randrange(days * 1440))
        return [_iso(start), _iso(start + timedelta(minutes=chance.randrange(15, 91)))]

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


def measure(query, seconds):
    """Median and least CPU milliseconds of one computation, repeated for about `seconds`."""
    compute_slots(query)
    gc.collect()
    times = []
    ends = process_time() + seconds
    while process_time() < ends or len(times) < 5:
        began = process_time()
        compute_slots(query)
        times.append((process_time() - began) * 1000)
    return median(times), min(times)


def peak_megabytes(query):
    tracemalloc.start()
    compute_slots(query)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=1.0, help="CPU time per workload")
    parser.add_argument("--write", metavar="WORKLOAD", help="print that workload's query instead")
    options = parser.parse_args()
    if options.write:
        json.dump(make_query(**WORKLOADS[options.write]), sys.stdout)
        return
    print("workload      slots  median ms   least ms  reference ms  times as fast  peak MB")
    for name, workload in WORKLOADS.items():
        query = parse_query(make_query(**workload))
        middle, least = measure(query, options.seconds)
        reference = REFERENCE_MS.get(name)
        ratio = f"{reference / middle:13.0f}" if reference else " " * 13
        print(
            f"{name:11} {len(compute_slots(query)):7} {middle:10.3f} {least:10.3f} "
            f"{reference or '':>13} {ratio}  {peak_megabytes(query):8.1f}"
        )


def _iso(moment):
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


if __name__ == "__main__":
    main()
