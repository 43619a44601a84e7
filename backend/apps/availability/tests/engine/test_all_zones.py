"""Windows around every change of the clock equal the oracle's.

Usually a choice of zones and years; `ENGINE_PROOFS=full` sweeps every IANA zone, 2024 to 2032.
"""

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from apps.availability.engine import compute_slots, parse_query
from apps.availability.engine.zones import offset_segments
from apps.availability.tests.engine.cases import every_day, host, query, schedule
from apps.availability.tests.engine.oracle import offered
from apps.availability.tests.engine.proofs import FULL, tried
from apps.availability.tests.engine.strategies import ZONES, iso

pytestmark = pytest.mark.engine

USUAL_ZONES = sorted(
    {
        *ZONES,
        "Africa/El_Aaiun",
        "America/Asuncion",
        "America/Nuuk",
        "America/Scoresbysund",
        "Antarctica/Troll",
        "Asia/Almaty",
        "Asia/Gaza",
        "Asia/Jerusalem",
        "Atlantic/Azores",
        "Australia/Adelaide",
        "Europe/Chisinau",
        "Europe/Istanbul",
        "Pacific/Auckland",
        "Pacific/Easter",
        "Pacific/Norfolk",
    }
)
SWEPT = sorted(available_timezones() - {"Factory", "localtime"}) if FULL else USUAL_ZONES
YEARS = (2024, 2033) if FULL else (2026, 2027)
HOUR = timedelta(hours=1)


def changes(zone, first_year, end_year):
    """The instants at which a zone's clock changes, to the minute."""
    tz = ZoneInfo(zone)
    at = datetime(first_year, 1, 1, tzinfo=UTC)
    end = datetime(end_year, 1, 1, tzinfo=UTC)
    while at < end:
        if at.astimezone(tz).utcoffset() != (at + HOUR).astimezone(tz).utcoffset():
            yield next(
                at + timedelta(minutes=minute)
                for minute in range(1, 61)
                if (at + timedelta(minutes=minute)).astimezone(tz).utcoffset()
                == (at + HOUR).astimezone(tz).utcoffset()
            )
        at += HOUR


def around(zone, change, start, end, alignment):
    return query(
        hosts=[host(schedules=[schedule(timezone=zone, weekly=every_day(start, end))])],
        now="2020-01-01T00:00:00Z",
        window=(iso(change - timedelta(hours=26)), iso(change + timedelta(hours=26))),
        duration=25,
        slot_interval=20,
        slot_alignment=alignment,
    )


def some_windows(zone, change):
    """The whole day, an evening, and windows whose ends fall where the clock jumps."""
    tz = ZoneInfo(zone)
    before = (change - timedelta(minutes=1)).astimezone(tz)
    after = change.astimezone(tz)
    draw = random.Random(f"{zone} {change}")
    yield "00:00", "24:00"
    yield "18:00", "22:00"
    for shown in (before, after):
        minute = shown.hour * 60 + shown.minute + draw.randrange(-40, 40)
        minute = min(max(minute, 0), 1400)
        end = min(minute + draw.randrange(10, 130), 1440)
        yield f"{minute // 60:02}:{minute % 60:02}", f"{end // 60:02}:{end % 60:02}"


@pytest.mark.parametrize("zone", SWEPT)
def test_windows_around_each_change_equal_the_oracle(zone):
    tried["zones"] += 1
    for change in changes(zone, *YEARS):
        tried["changes of the clock"] += 1
        for start, end in some_windows(zone, change):
            for alignment in ("opening", "clock"):
                tried["windows around changes"] += 1
                document = around(zone, change, start, end, alignment)
                found = [slot.start for slot in compute_slots(parse_query(document))]
                assert found == [start for start, _, _ in offered(document)], (change, start, end)


@pytest.mark.parametrize("zone", SWEPT)
def test_no_zone_changes_twice_within_a_day(zone):
    """The engine looks for changes once a day; two within a day could hide each other."""
    first, end = (1970, 2040) if FULL else (2010, 2030)
    at = int(datetime(first, 1, 1, tzinfo=UTC).timestamp())
    last = int(datetime(end, 1, 1, tzinfo=UTC).timestamp())
    tz = ZoneInfo(zone)
    step = (3 if FULL else 6) * 3600
    found = [
        moment
        for moment in range(at, last, step)
        if datetime.fromtimestamp(moment, tz).utcoffset()
        != datetime.fromtimestamp(moment + step, tz).utcoffset()
    ]
    assert all(later - earlier > 86_400 for earlier, later in pairwise(found))


@pytest.mark.parametrize("zone", SWEPT)
def test_offsets_are_those_of_the_database(zone):
    first, end = YEARS
    low = int(datetime(first, 1, 1, tzinfo=UTC).timestamp())
    high = int(datetime(end, 1, 1, tzinfo=UTC).timestamp())
    segments = offset_segments(zone, low, high)
    assert segments[0].start <= low
    assert segments[-1].end >= high
    assert all(left.end == right.start for left, right in pairwise(segments))
    tz = ZoneInfo(zone)
    for start, end, offset in segments:
        for moment in {start, (start + end) // 2, end - 1}:
            shown = datetime.fromtimestamp(moment, tz).utcoffset()
            assert shown == timedelta(seconds=offset)
