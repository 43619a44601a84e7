"""Whole dates on which a schedule is closed: out of office by the day, and public holidays."""

import pytest

from apps.availability.tests.engine.cases import (
    codes,
    every_day,
    host,
    query,
    reasons,
    schedule,
    starts,
    times,
)

pytestmark = pytest.mark.engine
HOLIDAY = {"first": "2026-03-02", "last": "2026-03-02", "kind": "holiday", "id": "DE-2026-03-02"}
AWAY = {"first": "2026-03-02", "last": "2026-03-03", "kind": "out_of_office", "id": "away"}
MORNING = {"timezone": "UTC", "weekly": every_day("09:00", "09:30")}


def closed(*days_off, **changes):
    return host(schedules=[schedule(days_off=list(days_off), **changes)])


def test_both_ends_of_a_day_off_are_closed_and_the_dates_around_it_open():
    document = query(
        hosts=[closed(AWAY, **MORNING)],
        window=("2026-03-01", "2026-03-05"),
    )
    assert starts(document) == ["03-01 09:00", "03-04 09:00"]


def test_a_day_off_closes_the_hours_that_an_override_opens():
    override = {"date": "2026-03-02", "windows": [["20:00", "21:00"]]}
    assert times(query(hosts=[closed(HOLIDAY, overrides=[override])])) == []


def test_a_day_off_closes_the_hours_that_a_rule_opens():
    rule = {"rrule": "FREQ=DAILY", "dtstart": "2026-01-01", "start": "18:00", "end": "19:00"}
    assert times(query(hosts=[closed(HOLIDAY, rules=[rule])])) == []


def test_the_date_is_read_on_the_clock_of_the_hours():
    # 2 March in Auckland is 1 March 11:00 UTC to 2 March 11:00 UTC.
    always = {"timezone": "Pacific/Auckland", "weekly": every_day("00:00", "24:00")}
    document = query(
        hosts=[closed(HOLIDAY, **always)], window=("2026-03-01", "2026-03-03"), duration=60
    )
    assert starts(document)[10:12] == ["03-01 10:00", "03-02 11:00"]


def test_a_traveller_has_the_day_off_where_they_are():
    trip = {"from": "2026-03-01", "to": "2026-03-03", "timezone": "Pacific/Auckland"}
    always = {"weekly": every_day("00:00", "24:00"), "travel": [trip]}
    document = query(
        hosts=[closed(HOLIDAY, **always)],
        window=("2026-03-01T09:00:00Z", "2026-03-02T13:00:00Z"),
        duration=60,
    )
    assert starts(document) == ["03-01 09:00", "03-01 10:00", "03-02 11:00", "03-02 12:00"]


def test_one_schedule_off_leaves_the_other_open():
    evening = schedule(weekly=every_day("18:00", "19:00"))
    both = host(schedules=[schedule(days_off=[HOLIDAY]), evening])
    assert times(query(hosts=[both])) == ["18:00", "18:30"]


def test_a_day_off_moves_no_grid():
    assert codes(query(hosts=[closed(HOLIDAY)]), "10:00") == ["outside_hours"]
    assert codes(query(hosts=[closed(HOLIDAY)]), "10:10") == ["outside_hours", "off_grid"]


@pytest.mark.parametrize(
    ("off", "kind", "cause", "detail", "cure"),
    [
        (
            HOLIDAY,
            "holiday",
            "DE-2026-03-02",
            "2026-03-02 is a public holiday",
            "keep that holiday open",
        ),
        (AWAY, "out_of_office", "away", "out of office on 2026-03-02", "shorten the absence"),
    ],
)
def test_explain_names_what_closes_the_date(off, kind, cause, detail, cure):
    (reason,) = reasons(query(hosts=[closed(off)]), "10:00")
    assert (reason.code, reason.cause_kind, reason.cause_id) == ("outside_hours", kind, cause)
    assert (reason.detail, reason.cure) == (detail, cure)


def test_a_day_off_without_a_kind_is_out_of_office():
    (reason,) = reasons(
        query(hosts=[closed({"first": "2026-03-02", "last": "2026-03-02"})]), "10:00"
    )
    assert (reason.cause_kind, reason.cause_id) == ("out_of_office", "2026-03-02")
