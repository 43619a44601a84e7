"""VTIMEZONE components, read by dateutil's own parser, agree with the tz database."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from importlib import resources
from io import StringIO
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil.rrule import rrulestr
from dateutil.tz import tzical

from apps.notifications.icalendar.vtimezone import vtimezone

# Each set of rules once: aliases are the same file.
_FILES = resources.files("tzdata") / "zoneinfo"
ZONES = sorted(
    {
        _FILES.joinpath(name).read_bytes(): name
        for name in sorted(available_timezones() - {"localtime", "Factory"}, reverse=True)
    }.values()
)
YEARS = range(2024, 2033)
YEAR = timedelta(days=366)


def as_tzinfo(zone: ZoneInfo, event: datetime):
    component = vtimezone(zone, starts_at=event, ends_at=event + timedelta(hours=1))
    text = "BEGIN:VCALENDAR\r\n" + component.to_ical().decode() + "END:VCALENDAR\r\n"
    return tzical(StringIO(text.replace("\r\n", "\n"))).get(zone.key)


def onsets(zone: ZoneInfo, event: datetime) -> set[datetime]:
    """The changes that the component tells, by the book: wall time of the old offset."""
    told = set()
    for part in vtimezone(zone, starts_at=event, ends_at=event).subcomponents:
        rule = part.get("RRULE")
        walls = [part.DTSTART]
        if rule is not None:
            rule = rrulestr(rule.to_ical().decode(), dtstart=part.DTSTART)
            walls = rule.between(
                event.replace(tzinfo=None) - YEAR, event.replace(tzinfo=None) + YEAR
            )
        told |= {(wall - part.TZOFFSETFROM).replace(tzinfo=UTC) for wall in walls}
    return told


def test_a_yearly_rule_is_written_by_the_old_offset():
    component = vtimezone(
        ZoneInfo("Europe/Berlin"),
        starts_at=datetime(2027, 5, 4, tzinfo=UTC),
        ends_at=datetime(2027, 5, 5, tzinfo=UTC),
    )
    lines = component.to_ical().decode().split("\r\n")
    assert "DTSTART:20260329T020000" in lines
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in lines
    assert "DTSTART:20261025T030000" in lines
    assert lines.count("BEGIN:DAYLIGHT") == lines.count("BEGIN:STANDARD") == 1


def test_a_zone_without_changes_is_one_standard_time():
    event = datetime(2027, 5, 4, tzinfo=UTC)
    text = vtimezone(ZoneInfo("Asia/Kathmandu"), starts_at=event, ends_at=event).to_ical().decode()
    assert text.count("BEGIN:STANDARD") == 1
    assert "BEGIN:DAYLIGHT" not in text
    assert "TZOFFSETTO:+0545" in text


@pytest.mark.parametrize("group", range(12))
def test_every_zone_and_every_change_of_nine_years(group):
    for name in ZONES[group::12]:
        zone = ZoneInfo(name)
        for year in YEARS:
            read = None
            for onset in changes_of(zone, year):
                read = read or as_tzinfo(zone, onset)
                assert onset in onsets(zone, onset), (name, onset)
                for minutes in (-180, -61, -1, 0, 1, 61, 180):
                    instant = onset + timedelta(minutes=minutes)
                    wall = instant.astimezone(zone)
                    if wall.fold:
                        continue  # a wall time means its first reading (RFC 5545, 3.3.5)
                    offset = wall.replace(tzinfo=read).utcoffset()
                    assert offset == wall.utcoffset(), (name, instant)


def changes_of(zone: ZoneInfo, year: int) -> list[datetime]:
    """The instants at which the zone's offset changes in that year, found by themselves."""

    def offset(instant: datetime) -> timedelta | None:
        return instant.astimezone(zone).utcoffset()

    found = []
    for day in range(366):
        begin = datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=day)
        before = offset(begin)
        if offset(begin + timedelta(days=1)) != before:
            minutes = bisect_left(
                range(24 * 60), True, key=lambda m: offset(begin + timedelta(minutes=m)) != before
            )
            found.append(begin + timedelta(minutes=minutes))
    return found


def test_the_changes_are_found_to_the_minute():
    berlin = changes_of(ZoneInfo("Europe/Berlin"), 2027)
    assert berlin == [
        datetime(2027, 3, 28, 1, tzinfo=UTC),
        datetime(2027, 10, 31, 1, tzinfo=UTC),
    ]
