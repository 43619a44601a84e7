"""The dates of something that repeats: a chosen start, and what a rule yields after it.

The chosen start is occurrence one, also where the rule would not yield it. The others have its wall
time, read as RFC 5545 reads an instance (3.3.5): a time that the clock jumps over is told by the
offset before the jump, one that the clock shows twice is the first of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from apps.availability.engine.recurrence import dates_of_rule
from apps.availability.engine.zones import load_zone

MOST_OCCURRENCES = 365
_MOST_YEARS = 30
_LAST_YEAR = 2099


@dataclass(frozen=True, slots=True)
class SeriesRule:
    """An RFC 5545 rule (with its EXDATE and RDATE lines), and what ends it besides.

    `last_date` is a local date of `timezone`, included, and so is an UNTIL. COUNT and
    `max_occurrences` count the chosen start.
    """

    rrule: str
    timezone: str
    max_occurrences: int | None = None
    last_date: date | None = None


class Occurrence(NamedTuple):
    """`wall` is what the clock of the rule's zone shall read, `start` the instant, in UTC.

    They differ in more than the offset only for a wall time that does not exist, and for a chosen
    start at the second of two equal readings.
    """

    wall: datetime
    start: datetime


def expand_series(
    rule: SeriesRule, *, start: datetime, latest: datetime | None = None
) -> list[Occurrence]:
    """The occurrences from the chosen `start` on, in order: never none, at most 365.

    The earliest of COUNT, UNTIL, `max_occurrences`, `last_date` and the instant `latest` ends it.
    """
    zone = load_zone(rule.timezone)
    wall = start.astimezone(zone).replace(tzinfo=None, fold=0)
    found = [Occurrence(wall, start.astimezone(UTC))]
    most = min(_count_of(rule.rrule), rule.max_occurrences or MOST_OCCURRENCES, MOST_OCCURRENCES)
    for day in _dates_after(rule, wall.date()):
        if len(found) >= most or (rule.last_date is not None and day > rule.last_date):
            break
        reading = datetime.combine(day, wall.time())
        following = Occurrence(reading, instant_of(reading, zone))
        if latest is not None and following.start > latest:
            break
        # A date that a zone left out (Samoa, 2011-12-30) is the next one.
        if following.start > found[-1].start:
            found.append(following)
    return found


def instant_of(wall: datetime, zone: ZoneInfo) -> datetime:
    """When a clock of `zone` reads `wall` (naive), in UTC; see above for what is not plain."""
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def wall_of(instant: datetime, *, like: datetime, zone: ZoneInfo) -> datetime:
    """The wall time (naive) of an occurrence that starts at `instant`, with the clock of `like`.

    The clock's own reading, except where `instant_of` had to tell a time that does not exist.
    """
    local = instant.astimezone(zone).replace(tzinfo=None, fold=0)
    for day in (local.date(), local.date() - timedelta(days=1)):
        wall = datetime.combine(day, like.time())
        if instant_of(wall, zone) == instant:
            return wall
    return local


def rule_of_occurrences(rule: SeriesRule, occurrences: Sequence[Occurrence]) -> str:
    """The RRULE with COUNT that yields just these, for calendars; empty where none does.

    None does where the chosen start does not follow the rule, and where the rule has lines of its
    own for dates.
    """
    lines = [line.strip() for line in rule.rrule.upper().splitlines() if line.strip()]
    if len(lines) != 1:
        return ""
    kept = [
        part
        for part in lines[0].removeprefix("RRULE:").rstrip(";").split(";")
        if not part.startswith(("COUNT=", "UNTIL="))
    ]
    text = ";".join([*kept, f"COUNT={len(occurrences)}"])
    walls = [occurrence.wall for occurrence in occurrences]
    last = walls[-1]
    # Followed no further than to the last one: a rule that yields less would be to the year 9999.
    yielded = takewhile(lambda wall: wall <= last, rrulestr(text, dtstart=walls[0]))
    return text if list(yielded) == walls else ""


def _count_of(text: str) -> int:
    counts = re.findall(r"\bCOUNT=(\d+)", text.upper())
    # Several rules count for themselves.
    return int(counts[0]) if counts and text.upper().count("FREQ=") == 1 else MOST_OCCURRENCES


def _dates_after(rule: SeriesRule, first: date) -> Iterator[date]:
    """What the rule yields after a date, in ever longer stretches: most series are short."""
    begin, years = first.year, 1
    last_of_all = min(first.year + _MOST_YEARS, _LAST_YEAR)
    while begin <= last_of_all:
        end = min(begin + years, last_of_all)
        for ordinal in dates_of_rule(rule.rrule, first, rule.timezone, begin, end):
            if ordinal > first.toordinal():
                yield date.fromordinal(ordinal)
        begin, years = end + 1, years * 2
