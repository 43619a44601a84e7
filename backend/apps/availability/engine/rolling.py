"""How far ahead `rolling_days` reaches: so many dates, working days, or dates that have slots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from apps.availability.engine.bounds import BOOKABLE, spans_of_dates, start_bounds
from apps.availability.engine.grid import step_seconds
from apps.availability.engine.intervals import Span, intersect
from apps.availability.engine.listing import list_slots
from apps.availability.engine.types import (
    DateRange,
    SlotQuery,
    floor_seconds,
    to_datetime,
)
from apps.availability.engine.zones import DAY, local_ordinal, offset_segments

MAX_CELLS = 10_000_000
"""Steps of the grid times hosts that are looked at in one go; keeps a computation below 200 MB."""
_SEARCH_DAYS = 731
_SEARCH_STEPS = 200_000
_FIRST_STRETCH = 14 * DAY


def search_end(query: SlotQuery) -> int:
    """Before which instant dates with slots are looked for; later starts are never offered.

    Two years from now, or 200,000 steps of the grid if these end earlier: a host without a free
    hour must not be searched for until the end of time.
    """
    rules = query.event_type
    reach = min(_SEARCH_DAYS * DAY, _SEARCH_STEPS * step_seconds(rules.step, rules.duration))
    return min(floor_seconds(query.now) + reach, BOOKABLE[1])


def dates_with_slots(query: SlotQuery, end: int) -> Iterator[int]:
    """The local dates, as ordinals, that have a slot before `end`, from today on.

    They do not depend on the window that the query asks for. Looks in stretches that double, so
    that near dates are found at once and far ones in few passes over the taken time. A full session
    is no slot, though the query may ask to list it.
    """
    rules = replace(query.event_type, rolling_days=None, include_full=False)
    low, end = max(floor_seconds(query.now), BOOKABLE[0]), min(end, search_end(query))
    steps = max(MAX_CELLS // max(len(query.hosts), 1), 1)
    longest = steps * step_seconds(rules.step, rules.duration)
    stretch = _FIRST_STRETCH
    seen: set[int] = set()
    while low < end:
        high = min(low + min(stretch, longest), end)
        part = replace(
            query,
            event_type=rules,
            window_start=to_datetime(low),
            window_end=to_datetime(high),
        )
        segments = offset_segments(rules.timezone, low, high)
        for slot in list_slots(part, start_bounds(part)):
            ordinal = local_ordinal(segments, slot.start_seconds)
            if ordinal not in seen:
                seen.add(ordinal)
                yield ordinal
        low, stretch = high, stretch * 2


def within_available_days(query: SlotQuery, bounds: list[Span]) -> list[Span]:
    """What of `bounds` lies on the first dates that have slots, as many as `rolling_days` says."""
    rules = query.event_type
    rolling = rules.rolling_days
    if not bounds or rolling is None or rolling.kind != "available":
        return bounds
    low, high = bounds[0][0], min(bounds[-1][1], search_end(query))
    if low >= high:
        return []
    found = list(islice(dates_with_slots(query, high), rolling.days))
    if len(found) < rolling.days:
        return intersect(bounds, [(low, high)])
    last = DateRange(None, date.fromordinal(max(found)))
    return intersect(bounds, spans_of_dates(rules, last, low, high))
