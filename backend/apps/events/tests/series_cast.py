"""A weekly event type, and what the tests of series do with it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from apps.common.idempotency import StoredAnswer
from apps.events.models import Booking, BookingSeries, EventType
from apps.events.selectors.offers import load_offer
from apps.events.selectors.series.preview import Preview, preview_series
from apps.events.services.bookings import create_booking
from tests.cast import JONAS, NOW, ask, make_event_type, no_key

YEAR = 366 * 24 * 60


def make_weekly(host: Any, **fields: Any) -> EventType:
    """Four weeks, bookable a year ahead, unless told otherwise."""
    defaults = {
        "name": "Lesson",
        "event_type_slug": "lesson",
        "recurrence_type": "weekly",
        "max_occurrences": 4,
        "max_scheduling_horizon": YEAR,
    }
    return make_event_type(host, **{**defaults, **fields})


def preview(event_type: EventType, start: datetime, **options: Any) -> Preview:
    """What would be booked, as the public sees it at `NOW`."""
    fresh = EventType.objects.select_related("organizer", "schedule").get(pk=event_type.pk)
    return preview_series(load_offer(fresh), start=start, now=NOW, **options)


def book_series(
    event_type: EventType, start: datetime, *, now: datetime = NOW, **fields: Any
) -> list[Booking]:
    """Book through the service, as Jonas; the occurrences as stored, in order."""
    seen: list[Booking] = []

    def keep(booking: Booking) -> StoredAnswer:
        seen.append(booking)
        return StoredAnswer(201, {"id": str(booking.pk)})

    once = fields.pop("once", no_key())
    create_booking(
        request=ask(event_type, start, **{"occurrences": "all", **fields}),
        actor=JONAS,
        now=now,
        once=once,
        answer=keep,
    )
    return live(seen[0].recurrence)


def live(series: BookingSeries | None) -> list[Booking]:
    """The bookings of a series, former times left out, in order."""
    rows = Booking.objects.filter(recurrence=series).exclude(status="rescheduled")
    related = rows.select_related("event_type", "organizer", "host", "recurrence")
    return list(related.order_by("recurrence_sequence"))


def weeks(first: datetime, count: int) -> list[datetime]:
    """So many instants, a week apart (mind the clock changes)."""
    return [first + timedelta(weeks=number) for number in range(count)]
