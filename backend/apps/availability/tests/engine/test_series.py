"""When something repeats: by the clock of a zone, from the chosen start, to the earliest end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from apps.availability.engine import (
    SeriesRule,
    expand_series,
    instant_of,
    rule_of_occurrences,
    wall_of,
)

# Both ways at different hours, at midnight, by half an hour, never, and a date that never was.
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "America/Santiago",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "UTC",
)
RULES = (
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3;COUNT=9",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;BYDAY=MO,TH;COUNT=7",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU",
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=DAILY;UNTIL=20261101",
    "FREQ=YEARLY;COUNT=4",
)


def starts_of(rule: str, start: datetime, zone: str = "Europe/Berlin", **ends: object) -> list[str]:
    found = expand_series(SeriesRule(rule, zone, **ends), start=start)  # type: ignore[arg-type]
    return [f"{one.start:%Y-%m-%dT%H:%MZ}" for one in found]


def berlin(year: int, month: int, day: int, hour: int, minute: int = 0, fold: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo("Europe/Berlin"), fold=fold)


def test_occurrences_keep_their_wall_time_across_clock_changes() -> None:
    assert starts_of("FREQ=WEEKLY;COUNT=3", berlin(2026, 3, 23, 10)) == [
        "2026-03-23T09:00Z",
        "2026-03-30T08:00Z",
        "2026-04-06T08:00Z",
    ]


def test_a_wall_time_that_does_not_exist_is_told_by_the_offset_before() -> None:
    # Clocks go from 02:00 to 03:00 on 29 March.
    assert starts_of("FREQ=DAILY;COUNT=3", berlin(2026, 3, 28, 2, 30)) == [
        "2026-03-28T01:30Z",
        "2026-03-29T01:30Z",
        "2026-03-30T00:30Z",
    ]


def test_a_wall_time_that_comes_twice_is_the_first_of_the_two() -> None:
    # 02:30 comes twice on 25 October.
    assert starts_of("FREQ=DAILY;COUNT=2", berlin(2026, 10, 24, 2, 30))[1] == "2026-10-25T00:30Z"


def test_a_chosen_start_at_the_second_of_two_readings_stands() -> None:
    second = berlin(2026, 10, 25, 2, 30, fold=1).astimezone(UTC)
    rule = SeriesRule("FREQ=DAILY;COUNT=2", "Europe/Berlin")
    first, after = expand_series(rule, start=second)
    assert first.start == second
    assert first.wall == datetime(2026, 10, 25, 2, 30)
    assert after.start == berlin(2026, 10, 26, 2, 30)


def test_months_without_that_day_are_left_out() -> None:
    found = starts_of("FREQ=MONTHLY", berlin(2026, 1, 31, 9), max_occurrences=4)
    assert [text[:10] for text in found] == ["2026-01-31", "2026-03-31", "2026-05-31", "2026-07-31"]


def test_the_chosen_start_comes_first_though_the_rule_does_not_yield_it() -> None:
    # A Wednesday; the rule knows Mondays.
    found = starts_of("FREQ=WEEKLY;BYDAY=MO;COUNT=3", berlin(2026, 6, 3, 9))
    assert [text[:10] for text in found] == ["2026-06-03", "2026-06-08", "2026-06-15"]


@pytest.mark.parametrize(
    ("rule", "ends", "count"),
    [
        ("FREQ=DAILY;COUNT=5", {"max_occurrences": 9, "last_date": date(2026, 6, 30)}, 5),
        ("FREQ=DAILY;COUNT=5", {"max_occurrences": 3, "last_date": date(2026, 6, 30)}, 3),
        ("FREQ=DAILY;COUNT=5", {"max_occurrences": 9, "last_date": date(2026, 6, 2)}, 2),
        ("FREQ=DAILY;UNTIL=20260604", {"max_occurrences": 9}, 4),
        # 22:00 UTC on the 3rd is midnight of the 4th in Berlin: the 4th is meant.
        ("FREQ=DAILY;UNTIL=20260603T220000Z", {}, 4),
        ("FREQ=DAILY", {}, 365),
        ("FREQ=DAILY;UNTIL=20200101", {}, 1),
        ("FREQ=WEEKLY;COUNT=3\nEXDATE:20260608", {}, 2),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", {}, 1),
    ],
)
def test_the_earliest_end_counts(rule: str, ends: dict[str, object], count: int) -> None:
    assert len(starts_of(rule, berlin(2026, 6, 1, 9), **ends)) == count


def test_nothing_starts_after_the_latest_instant() -> None:
    rule = SeriesRule("FREQ=DAILY", "Europe/Berlin")
    latest = berlin(2026, 6, 3, 9)
    assert len(expand_series(rule, start=berlin(2026, 6, 1, 9), latest=latest)) == 3
    before = latest - timedelta(seconds=1)
    assert len(expand_series(rule, start=berlin(2026, 6, 1, 9), latest=before)) == 2
    assert len(expand_series(rule, start=berlin(2026, 7, 1, 9), latest=latest)) == 1


def test_calendars_are_told_the_rule_with_the_number_that_there_is() -> None:
    def told(text: str, start: datetime, **ends: object) -> str:
        rule = SeriesRule(text, "Europe/Berlin", **ends)  # type: ignore[arg-type]
        return rule_of_occurrences(rule, expand_series(rule, start=start))

    monday = berlin(2026, 6, 1, 9)
    assert told("FREQ=WEEKLY", monday, max_occurrences=4) == "FREQ=WEEKLY;COUNT=4"
    assert told("RRULE:FREQ=DAILY;UNTIL=20260603", monday) == "FREQ=DAILY;COUNT=3"
    assert told("FREQ=WEEKLY;BYDAY=TU;COUNT=3", monday) == ""
    assert told("FREQ=WEEKLY;COUNT=3\nEXDATE:20260608", monday) == ""


@given(
    rule=st.sampled_from(RULES),
    zone=st.sampled_from(ZONES),
    day=st.dates(date(2011, 10, 1), date(2028, 12, 31)),
    minute=st.integers(0, 24 * 4 - 1),
    most=st.integers(1, 40),
    days=st.one_of(st.none(), st.integers(0, 400)),
)
def test_a_naive_walk_over_the_calendar_finds_the_same(
    rule: str, zone: str, day: date, minute: int, most: int, days: int | None
) -> None:
    wall = datetime.combine(day, time()) + timedelta(minutes=15 * minute)
    start = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    last = None if days is None else day + timedelta(days=days)
    found = expand_series(SeriesRule(rule, zone, most, last), start=start)
    assert [one.start for one in found] == list(_naively(rule, zone, start, most, last))


def _naively(
    rule: str, zone: str, start: datetime, most: int, last: date | None
) -> Iterable[datetime]:
    """Yields the start, then looks at every date that dateutil names, minute by minute."""
    wall = start.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
    dates = rrulestr(rule, dtstart=datetime.combine(wall.date(), time()))
    count = int(rule.partition("COUNT=")[2] or 365)
    taken, before = 1, start
    yield start
    for midnight in dates.xafter(datetime.combine(wall.date(), time()), count=500):
        if taken >= min(most, count) or (last and midnight.date() > last):
            return
        at = _read_clock(datetime.combine(midnight.date(), wall.time()), zone)
        if at > before:
            taken, before = taken + 1, at
            yield at


def _read_clock(wall: datetime, zone: str) -> datetime:
    """The first instant at which a clock shows `wall`; else where it would, had it not jumped."""
    guess = wall.replace(tzinfo=UTC)
    quarter = timedelta(minutes=15)
    instants = [guess + number * quarter for number in range(-15 * 4, 15 * 4)]
    readings = [at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) for at in instants]
    if wall in readings:
        return instants[readings.index(wall)]
    before = max(number for number, reading in enumerate(readings) if reading < wall)
    return instants[before] + (wall - readings[before])


@given(
    zone=st.sampled_from(ZONES),
    day=st.dates(date(2012, 1, 1), date(2028, 12, 31)),
    minute=st.integers(0, 24 * 4 - 1),
)
def test_the_wall_time_of_an_occurrence_is_found_again(zone: str, day: date, minute: int) -> None:
    wall = datetime.combine(day, time()) + timedelta(minutes=15 * minute)
    start = instant_of(wall, ZoneInfo(zone))
    assert wall_of(start, like=wall, zone=ZoneInfo(zone)) == wall
