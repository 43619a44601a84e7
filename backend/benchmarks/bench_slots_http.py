"""GET slots and the public documents against a constant answer of the same server.

CPU time of the application and of PostgreSQL, from the operating system: interleaved batches,
median of the ratios. And the time of GET slots among a million foreign bookings.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import stage

BATCHES = 5
REQUESTS = 150
CONSTANT = "/yardstick/constant"
LIMIT_COMPUTED, LIMIT_HIT, LIMIT_SCALE = 5.0, 2.2, 1.3
HOSTS = 10


class Row(NamedTuple):
    """One line of the table: what is asked, and how often the constant's CPU time it may take."""

    name: str
    path: str
    limit: float | None


def seed() -> list[Row]:
    """Ana and nine colleagues with 200 bookings each within 31 days; the questions to ask."""
    import django

    os.environ.update(stage.server_environment())
    django.setup()
    from apps.common.time import utc_now
    from apps.events.models import EventTypeHost
    from tests.cast import make_event_type, make_host

    now = utc_now().replace(minute=0, second=0, microsecond=0)
    hosts = [make_host()] + [make_host(f"host-{n}", f"Host {n}") for n in range(1, HOSTS)]
    ana = hosts[0]
    grid = {"slot_interval_minutes": 15}
    for number, host in enumerate(hosts):
        add_bookings(make_event_type(host, **grid), now, seed=number)
    team = make_event_type(ana, name="Team", event_type_slug="team", kind="round_robin", **grid)
    for position, host in enumerate(hosts):
        EventTypeHost.objects.create(event_type=team, user=host, position=position)
    lea = make_host("lea", "Lea Lund")
    group = make_event_type(
        lea, name="Class", event_type_slug="class", kind="group", max_attendees=20, **grid
    )
    add_bookings(group, now, seed=99)
    first, last = now.date(), (now + timedelta(days=30)).date()
    window = f"?start_date={first}&end_date={last}&timezone=Europe/Berlin"
    api = "/api/v1/events"
    return [
        Row("slots, one host", f"{api}/slots/ana/intro/{window}", LIMIT_COMPUTED),
        Row("slots, group of 20 seats", f"{api}/slots/lea/class/{window}", None),
        Row("slots, round robin of 10", f"{api}/slots/ana/team/{window}", None),
        Row("organizer's page, kept", f"{api}/public/ana/", LIMIT_HIT),
        Row("event type and slots", f"{api}/public/ana/intro/{window}", None),
        Row("if slots were kept: a hit", f"/yardstick/kept-slots/ana/intro/{window}", None),
    ]


def add_bookings(event_type: object, now: datetime, *, seed: int) -> None:
    """Two hundred half hours of the host's working time in the coming 31 days."""
    from random import Random

    from tests.rows import write_booking

    days = [now + timedelta(days=n) for n in range(31)]
    grid = [
        day.replace(hour=9) + timedelta(minutes=30 * step)
        for day in days
        if day.weekday() < 5
        for step in range(16)
    ]
    for start in Random(seed).sample(grid, 200):
        write_booking(event_type, start)


def measure(client: stage.Client, worker: int, path: str) -> tuple[float, float]:
    """CPU and wall seconds of one request, averaged over a batch."""
    pids = [worker, *stage.database_pids()]
    before, began = stage.cpu_seconds(pids), time.perf_counter()
    for _ in range(REQUESTS):
        client.get(path)
    wall = (time.perf_counter() - began) / REQUESTS
    return (stage.cpu_seconds(pids) - before) / REQUESTS, wall


def compare(rows: list[Row]) -> bool:
    """Print the table; whether every row stays within its limit."""
    constants: list[float] = []
    costs: dict[str, list[float]] = {row.name: [] for row in rows}
    ratios: dict[str, list[float]] = {row.name: [] for row in rows}
    with stage.server() as (client, worker):
        for path in (CONSTANT, *(row.path for row in rows)):
            for _ in range(50):
                client.get(path)
        for _ in range(BATCHES):
            for row in rows:
                before, _ = measure(client, worker, CONSTANT)
                cost, _ = measure(client, worker, row.path)
                after, _ = measure(client, worker, CONSTANT)
                constants += [before, after]
                costs[row.name].append(cost)
                ratios[row.name].append(cost / ((before + after) / 2))
        memory = stage.resident_megabytes(worker)
    print("\n| GET | ms CPU | times the constant | limit |\n|---|---|---|---|")
    print(f"| constant | {statistics.median(constants) * 1000:.2f} | 1 | |")
    is_well = True
    for row in rows:
        ratio = statistics.median(ratios[row.name])
        cost = statistics.median(costs[row.name]) * 1000
        print(f"| {row.name} | {cost:.2f} | {ratio:.2f} | {row.limit or ''} |")
        is_well = is_well and (row.limit is None or ratio <= row.limit)
    print(f"\nMemory of the worker: {memory:.0f} MB (limit 150)")
    return is_well


def time_slots(path: str) -> float:
    """The median of the wall times of a batch, in seconds."""
    with stage.server() as (client, worker):
        for _ in range(50):
            client.get(path)
        return statistics.median(measure(client, worker, path)[1] for _ in range(BATCHES))


def add_crowd(organizers: int) -> None:
    """A thousand foreign bookings each, straight into the tables."""
    from django.db import connection

    from tests.rows import write_crowd

    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        write_crowd(organizers, 1000, first=datetime.now().astimezone())
        for table in ("events_booking", "events_occupancy"):
            cursor.execute(f"VACUUM ANALYZE {table}")


def main() -> int:
    stage.make_database()
    rows = seed()
    is_well = compare(rows)
    add_crowd(10)
    small = time_slots(rows[0].path)
    add_crowd(1000)
    large = time_slots(rows[0].path)
    print(
        f"GET slots among 1,000,000 foreign bookings: {large / small:.2f} x the time among 10,000"
        f" ({large * 1000:.2f} : {small * 1000:.2f} ms; limit {LIMIT_SCALE})"
    )
    return int(not is_well or large / small > LIMIT_SCALE)


if __name__ == "__main__":
    sys.exit(main())
