"""POST bookings: its CPU time against a constant POST, its rate, and many clients at few slots.

CPU time of the application and of PostgreSQL, from the operating system: interleaved batches,
median of the ratios. The rate stands beside that of plain inserts by pgbench on the same server.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import stage

CONSTANT = "/yardstick/constant"
CREATE = "/api/v1/events/bookings/create/"
BATCHES, REQUESTS = 7, 60
LIMIT, AIM = 25.0, 12.0
CLIENTS, EACH = 8, 60
FIGHTERS, SLOTS, LONGEST = 500, 100, 10.0


def seed() -> Callable[[str], Iterator[dict[str, Any]]]:
    """Organizers who are always open; for each the bodies of bookings, each at a start of its own."""
    import django

    os.environ.update(stage.server_environment())
    django.setup()
    from apps.common.time import utc_now
    from tests.cast import ALWAYS, make_event_type, make_host

    first = utc_now().replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    for number in range(CLIENTS + 2):
        make_event_type(make_host(f"host-{number}", f"Host {number}", weekly=ALWAYS), duration=15)

    def bodies(slug: str) -> Iterator[dict[str, Any]]:
        for number in count():
            start = first + timedelta(minutes=15 * number)
            yield {
                "organizer_slug": slug,
                "event_type_slug": "intro",
                "start_time": start.isoformat(),
                "invitee_name": "Jonas Keller",
                "invitee_email": f"jonas-{number}@keller.example",
                "invitee_timezone": "Europe/Berlin",
            }

    return bodies


def encode(body: dict[str, Any]) -> bytes:
    """As it is sent."""
    return json.dumps(body).encode()


def measure(worker: int, request: Callable[[], int], expected: int) -> float:
    """CPU seconds of one request, averaged over a batch."""
    pids = [worker, *stage.database_pids()]
    before = stage.cpu_seconds(pids)
    for _ in range(REQUESTS):
        status = request()
        if status != expected:
            raise RuntimeError(f"answered {status}")
    return (stage.cpu_seconds(pids) - before) / REQUESTS


def compare(bodies: Iterator[dict[str, Any]]) -> float:
    """Print what a booking costs; how often the constant POST's CPU time."""
    constants, costs, ratios = [], [], []
    with stage.server() as (client, worker):

        def ask() -> int:
            return client.post(CONSTANT, b"{}")

        def book() -> int:
            return client.post(CREATE, encode(next(bodies)))

        for _ in range(50):
            ask()
            book()
        for _ in range(BATCHES):
            before = measure(worker, ask, 200)
            cost = measure(worker, book, 201)
            after = measure(worker, ask, 200)
            constants += [before, after]
            costs.append(cost)
            ratios.append(2 * cost / (before + after))
    ratio = statistics.median(ratios)
    print("| POST | ms CPU | times the constant | limit |\n|---|---|---|---|")
    print(f"| constant | {statistics.median(constants) * 1000:.2f} | 1 | |")
    print(
        f"| booking | {statistics.median(costs) * 1000:.2f} | {ratio:.1f} | {LIMIT} (aim {AIM}) |"
    )
    return ratio


def at_once(number: int, work: Callable[[int], None]) -> float:
    """Seconds until so many threads have done their work, begun together."""
    ready = threading.Barrier(number + 1)

    def run(own: int) -> None:
        ready.wait()
        work(own)

    threads = [threading.Thread(target=run, args=(own,)) for own in range(number)]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def rate(bodies: Callable[[str], Iterator[dict[str, Any]]], port: int) -> float:
    """Bookings in a second by eight clients, each at an organizer of its own."""
    statuses: Counter[int] = Counter()

    def work(own: int) -> None:
        client, mine = stage.Client(port), bodies(f"host-{own + 1}")
        for _ in range(EACH):
            statuses[client.post(CREATE, encode(next(mine)))] += 1

    seconds = at_once(CLIENTS, work)
    if set(statuses) != {201}:
        raise RuntimeError(f"answered {dict(statuses)}")
    return CLIENTS * EACH / seconds


def plain_inserts() -> float | None:
    """Rows of one small table that pgbench inserts in a second with eight clients."""
    program = shutil.which("pgbench")
    if program is None:
        return None
    address = stage.benchmark_database()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE plain (id uuid PRIMARY KEY, at timestamptz, name text)")
    with NamedTemporaryFile("w", suffix=".sql") as script:
        script.write("INSERT INTO plain VALUES (gen_random_uuid(), now(), 'Jonas Keller');\n")
        script.flush()
        options = ["-n", "-c", str(CLIENTS), "-j", "2", "-T", "5", "-f", script.name]
        done = subprocess.run(
            [program, *options, address], capture_output=True, text=True, check=True
        )
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    return float(found[1]) if found else None


def deadlocks() -> int:
    """How many PostgreSQL has had to break in the benchmarks' database so far."""
    with psycopg.connect(stage.benchmark_database(), autocommit=True) as connection:
        connection.execute("SELECT pg_stat_clear_snapshot()")
        query = "SELECT deadlocks FROM pg_stat_database WHERE datname = %s"
        return int(connection.execute(query, [stage.NAME]).fetchone()[0])  # type: ignore[index]


def fight(bodies: Iterator[dict[str, Any]], port: int) -> bool:
    """Five hundred clients want a hundred slots; print what they were told, and whether all is well."""
    wanted = [encode(next(bodies)) for _ in range(SLOTS)]
    answers: list[tuple[int, float]] = []
    broken = deadlocks()

    def work(own: int) -> None:
        began = time.perf_counter()
        status = stage.Client(port).post(CREATE, wanted[own % SLOTS])
        answers.append((status, time.perf_counter() - began))

    seconds = at_once(FIGHTERS, work)
    statuses = Counter(status for status, _ in answers)
    slowest = max(took for _, took in answers)
    met = deadlocks() - broken
    print(
        f"{FIGHTERS} clients at {SLOTS} slots: {dict(statuses)} in {seconds:.1f} s, the slowest answer"
        f" after {slowest:.1f} s (limit {LONGEST}), {met} deadlocks"
    )
    is_whole = statuses == {201: SLOTS, 409: FIGHTERS - SLOTS}
    return is_whole and slowest <= LONGEST and met == 0


def main() -> int:
    stage.make_database()
    bodies = seed()
    ratio = compare(bodies("host-0"))
    port = 8792
    with stage.server(port, workers=2, threads=8):
        booked = rate(bodies, port)
        inserted = plain_inserts()
        beside = (
            f"{inserted:.0f} plain inserts in a second by pgbench" if inserted else "no pgbench"
        )
        print(f"\n{CLIENTS} clients: {booked:.0f} bookings in a second; beside it {beside}")
        is_fair = fight(bodies(f"host-{CLIENTS + 1}"), port)
    return int(ratio > LIMIT or not is_fair)


if __name__ == "__main__":
    sys.exit(main())
