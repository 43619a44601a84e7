"""Dates that RFC 5545 rules yield, and rules that are refused."""

from datetime import date, datetime
from time import process_time

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.availability.engine.recurrence import check_rule, dates_of_rule
from apps.availability.tests.engine.proofs import examples

pytestmark = pytest.mark.engine


def dates(rule, dtstart="2026-01-05", zone="UTC", until=2026):
    start = date.fromisoformat(dtstart)
    found = dates_of_rule(rule, start, zone, start.year, until)
    return [f"{date.fromordinal(ordinal):%m-%d}" for ordinal in found]


def test_first_monday_of_the_month():
    assert dates("FREQ=MONTHLY;BYDAY=1MO;COUNT=4") == ["01-05", "02-02", "03-02", "04-06"]


def test_every_other_friday_ten_times_ends_after_ten():
    found = dates("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;COUNT=10")
    assert found[:3] == ["01-09", "01-23", "02-06"]
    assert len(found) == 10
    assert found[-1] == "05-15"


def test_last_working_day_of_the_month():
    rule = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;UNTIL=20260430"
    assert dates(rule) == ["01-30", "02-27", "03-31", "04-30"]


def test_the_date_of_until_is_included():
    assert dates("FREQ=DAILY;UNTIL=20260107") == ["01-05", "01-06", "01-07"]
    assert dates("FREQ=DAILY;UNTIL=20260107T090000") == ["01-05", "01-06", "01-07"]


def test_an_until_in_utc_is_read_in_the_schedules_zone():
    # 03:00Z on 7 January is still the 6th in New York and already the 7th in Berlin.
    rule = "FREQ=DAILY;UNTIL=20260107T030000Z"
    assert dates(rule, zone="America/New_York") == ["01-05", "01-06"]
    assert dates(rule, zone="Europe/Berlin") == ["01-05", "01-06", "01-07"]


def test_exdate_takes_dates_out_and_rdate_adds_some():
    rule = (
        "RRULE:FREQ=DAILY;COUNT=4\n"
        "EXDATE:20260106\n"
        "EXDATE;TZID=America/New_York:20260107T180000\n"
        "RDATE;VALUE=DATE:20260201,20260203"
    )
    assert dates(rule) == ["01-05", "01-08", "02-01", "02-03"]


def test_dates_before_dtstart_are_not_yielded():
    assert dates("FREQ=MONTHLY;BYMONTHDAY=1;COUNT=1") == ["02-01"]
    assert dates("FREQ=DAILY", dtstart="2027-01-01") == []


def test_a_rule_that_never_ends_is_followed_as_far_as_asked():
    assert len(dates("FREQ=DAILY", dtstart="2020-01-01", until=2026)) == 2557


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYMONTH=2;BYDAY=MO;BYSETPOS=6",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=7",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
    ],
)
def test_a_rule_that_yields_nothing_says_so_soon(rule):
    began = process_time()
    assert dates(rule) == []
    assert process_time() - began < 0.5


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("", "has no RRULE"),
        ("EXDATE:20260101", "has no RRULE"),
        ("FREQ=SECONDLY", "FREQ=SECONDLY is not supported"),
        ("FREQ=MINUTELY;INTERVAL=5", "FREQ=MINUTELY is not supported"),
        ("FREQ=HOURLY", "FREQ=HOURLY is not supported"),
        ("FREQ=DAILY;BYHOUR=9", "BYHOUR is not supported"),
        ("FREQ=DAILY;BYEASTER=0", "BYEASTER is not supported"),
        ("INTERVAL=2", "FREQ is missing"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL=0 is not a number from 1"),
        ("FREQ=DAILY;INTERVAL=-1", "INTERVAL=-1 is not a number from 1"),
        ("FREQ=DAILY;COUNT=99999999999", "COUNT=99999999999 is not a number"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20260201", "COUNT and UNTIL exclude each other"),
        ("FREQ=DAILY;UNTIL=soon", "is not a date like"),
        ("FREQ=DAILY;UNTIL=20261399", "is not a date"),
        ("FREQ=DAILY;FREQ=WEEKLY", "FREQ is given twice"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY=32 is not a number"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY=0 is not a number"),
        ("FREQ=MONTHLY;BYDAY=9X", "is not a weekday like MO"),
        ("FREQ=WEEKLY;BYDAY=1MO", "numbers in BYDAY need"),
        ("FREQ=DAILY;NONSENSE", "is not NAME=VALUE"),
        ("DTSTART:20260101\nRRULE:FREQ=DAILY", "DTSTART is not supported"),
        ("RRULE:FREQ=DAILY\nEXDATE:never", "is not a date like"),
        ("FREQ=DAILY;COUNT=١", "is not a number"),
        ("X" * 3000, "longer than 2000"),
    ],
)
def test_a_bad_rule_is_refused_with_the_part_that_is_wrong(rule, told):
    with pytest.raises(ValueError, match="(?s)" + told):
        check_rule(rule, "UTC")


@st.composite
def rules(draw):
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 5))}"]
    day = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
    if frequency in ("MONTHLY", "YEARLY"):
        day = st.builds("{}{}".format, st.sampled_from(["", "1", "2", "-1"]), day)
    if draw(st.booleans()):
        parts.append("BYDAY=" + ",".join(draw(st.lists(day, min_size=1, max_size=3))))
    if draw(st.booleans()):
        parts.append(f"BYMONTH={draw(st.integers(1, 12))}")
    if frequency != "WEEKLY" and draw(st.booleans()):
        parts.append(f"BYMONTHDAY={draw(st.sampled_from([1, 13, 29, 31, -1, -7]))}")
    if frequency == "YEARLY" and draw(st.booleans()):
        parts.append(f"BYWEEKNO={draw(st.sampled_from([1, 20, 53, -1]))}")
    if draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from([1, 2, -1]))}")
    if draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(['MO', 'SU', 'TH']))}")
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 40))}")
    return ";".join(parts)


@settings(max_examples=examples(150), deadline=None)
@given(
    rules(), st.dates(date(1970, 1, 1), date(2034, 12, 31)), st.integers(0, 40), st.integers(0, 2)
)
def test_a_rule_that_is_followed_elsewhere_yields_the_same(rule, dtstart, later, years):
    """The engine begins whole periods later, in an equal calendar; dateutil here in place."""
    first = datetime(dtstart.year + later, 1, 1)
    last = datetime(first.year + years, 12, 31)
    plain = rrulestr(
        rule + ("" if "COUNT" in rule else f";UNTIL={last:%Y%m%d}"),
        dtstart=datetime(dtstart.year, dtstart.month, dtstart.day),
    )
    expected = [moment.toordinal() for moment in plain.between(first, last, inc=True)]
    assert list(dates_of_rule(rule, dtstart, "UTC", first.year, last.year)) == expected
