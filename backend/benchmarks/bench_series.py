"""Preview and booking of a year of weekly dates: queries, and CPU time beside a single booking's.

In this process, on PostgreSQL, among two hundred other bookings of the host. CPU time is this
process's alone: nearly all of it is judging and writing rows.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import stage

WEEKS = 52
ROUNDS = 15
MOST_QUERIES = 25


def main() -> int:
    stage.make_database()
    os.environ.update(stage.server_environment())
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from benchmarks.bench_slots_http import add_bookings
    from tests.cast import ALWAYS, make_event_type, make_host

    # A Monday in winter: its week has none of the dates that are booked here.
    now = datetime.fromisoformat("2026-11-02T08:00:00+00:00")
    host = make_host(weekly=ALWAYS)
    add_bookings(make_event_type(host), now, seed=1)
    weekly = make_event_type(
        host,
        name="Lesson",
        event_type_slug="lesson",
        recurrence_type="weekly",
        max_occurrences=WEEKS,
        max_scheduling_horizon=2 * 366 * 24 * 60,
        limits=[{"per": "day", "max": 30}],
    )
    single = make_event_type(
        host, name="Once", event_type_slug="once", max_scheduling_horizon=2 * 366 * 24 * 60
    )
    first = now.replace(hour=0) + timedelta(days=5)
    with CaptureQueriesContext(connection) as queries:
        _preview(weekly, first, now)
        _book(weekly, first, now)
    count = len(queries)
    previews, series, singles = [], [], []
    for number in range(1, ROUNDS + 1):
        start = first + timedelta(minutes=30 * number)
        previews.append(_cpu(_preview, weekly, start, now))
        series.append(_cpu(_book, weekly, start, now))
        singles.append(_cpu(_book, single, first + timedelta(hours=12, minutes=30 * number), now))
    one = statistics.median(singles)
    print("\n| a year of weekly dates | ms CPU | times a single booking |\n|---|---|---|")
    for name, costs in (("preview", previews), ("book", series)):
        cost = statistics.median(costs)
        print(f"| {name} | {cost * 1000:.1f} | {cost / one:.1f} |")
    print(f"| a single booking | {one * 1000:.1f} | 1 |")
    print(f"\nQueries to preview and book {WEEKS} dates: {count} (limit {MOST_QUERIES})")
    return int(count > MOST_QUERIES)


def _cpu(call: Any, *arguments: Any) -> float:
    began = time.process_time()
    call(*arguments)
    return time.process_time() - began


def _preview(event_type: Any, start: datetime, now: datetime) -> None:
    from apps.events.selectors.offers import get_offer
    from apps.events.selectors.series.preview import preview_series

    offer = get_offer(
        organizer_slug=event_type.organizer.slug, event_type_slug=event_type.event_type_slug
    )
    shown = preview_series(offer, start=start, now=now)
    if not all(one.is_offered for one in shown.occurrences) or len(shown.occurrences) != WEEKS:
        raise RuntimeError("the benchmark's dates are not free")


def _book(event_type: Any, start: datetime, now: datetime) -> None:
    from apps.common.idempotency import StoredAnswer
    from apps.events.services.bookings import create_booking
    from tests.cast import JONAS, ask, no_key

    create_booking(
        request=ask(event_type, start),
        actor=JONAS,
        now=now,
        once=no_key(),
        answer=lambda booking: StoredAnswer(201, {"id": str(booking.pk)}),
    )


if __name__ == "__main__":
    sys.exit(main())
