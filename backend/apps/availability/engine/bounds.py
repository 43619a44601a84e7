"""Between which instants a start may lie at all: the window asked for, notice, horizon, dates.

`rolling_days` that count dates with slots are in `rolling.py`.
"""

from __future__ import annotations

from datetime import date

from apps.availability.engine.intervals import Span, intersect
from apps.availability.engine.types import (
    DateRange,
    EventTypeRules,
    RollingDays,
    SlotQuery,
    ceil_seconds,
    floor_seconds,
)
from apps.availability.engine.zones import (
    DAY,
    instants_reading,
    local_ordinal,
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
    bounds = [(low, high)]
    for dates in (query.event_type.date_range, rolling_range(query)):
        if dates is not None:
            bounds = intersect(bounds, spans_of_dates(query.event_type, dates, low, high))
    return bounds


def rolling_range(query: SlotQuery) -> DateRange | None:
    """The dates that `rolling_days` reaches by the calendar; `available` needs the slots."""
    rolling = query.event_type.rolling_days
    if rolling is None or rolling.kind == "available":
        return None
    return DateRange(None, date.fromordinal(last_rolling_day(rolling, today(query))))


def today(query: SlotQuery) -> int:
    """The ordinal of the local date of `now`, in the zone whose dates the event type counts."""
    instant = min(max(floor_seconds(query.now), BOOKABLE[0]), BOOKABLE[1])
    return local_ordinal(offset_segments(query.event_type.timezone, instant, instant), instant)


def last_rolling_day(rolling: RollingDays, today: int) -> int:
    """The last of so many dates or working days after today; ordinals."""
    if rolling.kind != "business":
        return today + rolling.days
    weekday = (today - 1) % 7  # Monday is 0
    past_friday = max(weekday - 4, 0)  # a weekend counts like the Friday before it
    weeks, days = divmod(rolling.days, 5)
    over_weekend = 2 if weekday - past_friday + days > 4 else 0
    return today - past_friday + weeks * 7 + days + over_weekend


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
