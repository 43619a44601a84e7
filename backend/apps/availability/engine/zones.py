"""UTC offsets of a zone as a short table, so that wall times become instants by addition.

The tables are memoised per zone and years: they depend on the tz database alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAY = 86_400
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_NOT_A_PLACE = frozenset({"Factory", "localtime", "posixrules"})
"""Names that some systems resolve although they are no zone, or the zone of the machine."""


class Segment(NamedTuple):
    """From instant `start` to instant `end`, clocks show UTC plus `offset` seconds."""

    start: int
    end: int
    offset: int


def load_zone(name: str) -> ZoneInfo:
    """The zone called `name`, old names included. Raises ValueError for anything else."""
    if name in _NOT_A_PLACE or name.startswith(("posix/", "right/")):
        raise ValueError(f"unknown time zone {name!r}")
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"unknown time zone {name!r}") from error


def offset_segments(zone: str, low: int, high: int) -> tuple[Segment, ...]:
    """Segments that together cover at least the instants `[low, high]`, in order."""
    return _segments_of_years(zone, _utc_year(low), _utc_year(high))


def offset_at(segments: tuple[Segment, ...], instant: int) -> int:
    """Seconds that clocks are ahead of UTC at an instant covered by `segments`."""
    for segment in segments:
        if instant < segment.end:
            return segment.offset
    return segments[-1].offset


def local_ordinal(segments: tuple[Segment, ...], instant: int) -> int:
    """The ordinal of the local date at an instant covered by `segments`."""
    return ordinal_of_reading(instant + offset_at(segments, instant))


def instants_reading(
    segments: tuple[Segment, ...], low: int, high: int
) -> Iterator[tuple[int, int, int]]:
    """Spans of instants at which clocks read within `[low, high)`, each with its offset.

    Readings are seconds since 1970-01-01T00:00 by the clock. A reading that the clock jumps over
    belongs to no instant, one that happens twice to two.
    """
    for start, end, offset in segments:
        first = max(low - offset, start)
        last = min(high - offset, end)
        if first < last:
            yield first, last, offset


def midnight_reading(ordinal: int) -> int:
    """The reading of 00:00 on a date given by its proleptic ordinal."""
    return (ordinal - _EPOCH_ORDINAL) * DAY


def ordinal_of_reading(reading: int) -> int:
    """The ordinal of the date on which clocks show `reading`."""
    return reading // DAY + _EPOCH_ORDINAL


def _utc_year(instant: int) -> int:
    return datetime.fromtimestamp(instant, UTC).year


@lru_cache(maxsize=2048)
def _segments_of_years(zone: str, first: int, last: int) -> tuple[Segment, ...]:
    """Looks once a UTC day and halves where the offset differs.

    Zones never change twice within a day, except on dates before 1970 (a test asserts it).
    """
    tz = load_zone(zone)
    low = int(datetime(first, 1, 1, tzinfo=UTC).timestamp()) - 2 * DAY
    high = int(datetime(last, 12, 31, tzinfo=UTC).timestamp()) + 3 * DAY
    segments: list[Segment] = []
    start = low
    for before, after in pairwise(range(low, high + 1, DAY)):
        offset = _offset(tz, before)
        if offset != _offset(tz, after):
            change = _find_change(tz, before, after)
            segments.append(Segment(start, change, offset))
            start = change
    segments.append(Segment(start, high, _offset(tz, high)))
    return tuple(segments)


def _find_change(tz: ZoneInfo, before: int, after: int) -> int:
    """The first instant in `(before, after]` with the offset of `after`."""
    offset = _offset(tz, before)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(tz, middle) == offset:
            before = middle
        else:
            after = middle
    return after


def _offset(tz: ZoneInfo, instant: int) -> int:
    delta = datetime.fromtimestamp(instant, tz).utcoffset() or timedelta()
    return delta.days * DAY + delta.seconds
