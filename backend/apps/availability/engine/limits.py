"""Limits per day, ISO week and month: where a new booking would exceed one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from apps.availability.engine.intervals import Span
from apps.availability.engine.types import Booking, Limit, Period, SlotQuery
from apps.availability.engine.zones import (
    DAY,
    instants_reading,
    local_ordinal,
    midnight_reading,
    offset_segments,
)

_LONGEST_PERIOD = 33 * DAY
"""A month and the hours that zones differ by."""


class UsedLimit(NamedTuple):
    """A limit with the bookings and minutes that already count towards it."""

    limit: Limit
    used: dict[int, int]
    """By the first date of the period, as ordinal."""


def period_of(ordinal: int, per: Period) -> tuple[int, int]:
    """The first date of the period that a date belongs to, and the first date after it."""
    if per == "day":
        return ordinal, ordinal + 1
    if per == "week":
        monday = ordinal - (ordinal - 1) % 7
        return monday, monday + 7
    first = date.fromordinal(ordinal).replace(day=1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first.toordinal(), after.toordinal()


def limited_spans(query: SlotQuery, low: int, high: int) -> list[Span]:
    """Where in `[low, high)` a new booking would exceed a limit."""
    if not query.event_type.limits and not query.organizer_limits:
        return []
    segments = offset_segments(query.event_type.timezone, low - _LONGEST_PERIOD, high)
    spans: list[Span] = []
    for limit, used in used_limits(query, low, high):
        need = need_of(limit, query)
        if need > limit.max:
            return [(low, high)]
        for first, amount in used.items():
            if amount + need > limit.max:
                after = period_of(first, limit.per)[1]
                reading = midnight_reading(first), midnight_reading(after)
                spans += [(start, end) for start, end, _ in instants_reading(segments, *reading)]
    return spans


def need_of(limit: Limit, query: SlotQuery) -> int:
    """What a new booking adds: one booking, or its minutes."""
    return query.event_type.duration if limit.minutes else 1


def used_limits(query: SlotQuery, low: int, high: int) -> Iterator[UsedLimit]:
    """Every limit with what counts towards it in the periods that touch `[low, high)`."""
    if query.event_type.limits:
        bookings = list(_bookings_of_event_type(query))
        for limit in query.event_type.limits:
            yield _count(limit, bookings, query, low, high)
    for limit in query.organizer_limits:
        yield _count(limit, query.organizer_bookings, query, low, high)


def _bookings_of_event_type(query: SlotQuery) -> Iterator[Booking]:
    for bookings in (*(host.bookings for host in query.hosts), query.counted):
        for booking in bookings:
            if booking.event_type == query.event_type.id:
                yield booking


def _count(
    limit: Limit, bookings: Iterable[Booking], query: SlotQuery, low: int, high: int
) -> UsedLimit:
    """Counts each booking once, on the local date of its start."""
    first, last = low - _LONGEST_PERIOD, high + _LONGEST_PERIOD
    segments = offset_segments(query.event_type.timezone, first, last)
    used: dict[int, int] = defaultdict(int)
    seen: set[str] = set()
    for booking in bookings:
        if first <= booking.start <= last and booking.id not in seen:
            seen.add(booking.id)
            period = period_of(local_ordinal(segments, booking.start), limit.per)[0]
            used[period] += (booking.end - booking.start) // 60 if limit.minutes else 1
    return UsedLimit(limit, used)
