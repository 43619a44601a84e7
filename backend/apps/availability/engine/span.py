"""How much around the window asked for a query must know."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from apps.availability.engine.bounds import BOOKABLE
from apps.availability.engine.limits import period_of
from apps.availability.engine.types import EventTypeRules, Limit, to_datetime

_WINDOW_REACH = timedelta(days=2)
"""A window that is open at the first start began less than this before it (packed grid)."""


def needed_span(
    rules: EventTypeRules,
    window_start: datetime,
    window_end: datetime,
    organizer_limits: Iterable[Limit] = (),
    *,
    now: datetime,
) -> tuple[datetime, datetime]:
    """The span whose occupancies, busy times and holds decide about the starts of the window.

    Everything that meets `[low, high)` must be in the query: for taken time its occupancy counts,
    for the limits the start of the booking. Where `rolling_days` count dates with slots, it reaches
    back to `now`. Aware datetimes in and out.
    """
    if rules.rolling_days and rules.rolling_days.kind == "available":
        window_start = min(window_start, now)
    first_instant, last_instant = (to_datetime(seconds) for seconds in BOOKABLE)
    window_start = min(max(window_start, first_instant), last_instant)
    window_end = min(max(window_end, first_instant), last_instant)
    low = window_start - _WINDOW_REACH - timedelta(minutes=rules.buffer_before)
    high = window_end + timedelta(minutes=rules.duration + rules.buffer_after)
    zone = ZoneInfo(rules.timezone)
    for limit in (*rules.limits, *organizer_limits):
        first, _ = period_of(window_start.astimezone(zone).toordinal(), limit.per)
        _, after = period_of(window_end.astimezone(zone).toordinal(), limit.per)
        low = min(low, _midnight(first, zone) - timedelta(days=1))
        high = max(high, _midnight(after, zone) + timedelta(days=1))
    return low.astimezone(UTC), high.astimezone(UTC)


def _midnight(ordinal: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(datetime.fromordinal(ordinal), time(), zone)
