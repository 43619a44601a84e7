"""Between which instants a start may lie at all: the window asked for, notice, horizon, dates."""

from __future__ import annotations

from apps.availability.engine.intervals import Span
from apps.availability.engine.types import (
    DateRange,
    EventTypeRules,
    SlotQuery,
    ceil_seconds,
    floor_seconds,
)
from apps.availability.engine.zones import (
    DAY,
    instants_reading,
    midnight_reading,
    offset_segments,
)

BOOKABLE = (0, 4_102_444_800)
"""1970 to 2099: outside, zone tables and calendars are nobody's business."""


def earliest_start(query: SlotQuery) -> int:
    """The first start that leaves the minimum notice."""
    return ceil_seconds(query.now) + query.event_type.min_notice * 60


def latest_start(query: SlotQuery) -> int | None:
    """The last start inside the scheduling horizon, if the event type has one."""
    horizon = query.event_type.max_horizon
    return None if horizon is None else floor_seconds(query.now) + horizon * 60


def start_bounds(query: SlotQuery) -> list[Span]:
    """The spans in which starts are asked for and allowed by notice, horizon and date range."""
    low = max(ceil_seconds(query.window_start), earliest_start(query), BOOKABLE[0])
    high = min(ceil_seconds(query.window_end), BOOKABLE[1])
    latest = latest_start(query)
    if latest is not None:
        high = min(high, latest + 1)
    if low >= high:
        return []
    if query.event_type.date_range is None:
        return [(low, high)]
    return spans_of_dates(query.event_type, query.event_type.date_range, low, high)


def spans_of_dates(rules: EventTypeRules, dates: DateRange, low: int, high: int) -> list[Span]:
    """The instants of `[low, high)` whose local date lies in the range."""
    first = low - 2 * DAY if dates.start is None else midnight_reading(dates.start.toordinal())
    last = high + 2 * DAY if dates.end is None else midnight_reading(dates.end.toordinal() + 1)
    segments = offset_segments(rules.timezone, low, high)
    clipped = (
        (max(start, low), min(end, high))
        for start, end, _ in instants_reading(segments, first, last)
    )
    return [(start, end) for start, end in clipped if start < end]
