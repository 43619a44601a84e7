"""Why a start is not offered: codes, causes, cures, order; and that it agrees with the list."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.availability.engine import compute_slots, explain, parse_query
from apps.availability.tests.engine.cases import (
    booking,
    codes,
    host,
    moment,
    query,
    reasons,
    schedule,
)
from apps.availability.tests.engine.proofs import examples, tried
from apps.availability.tests.engine.strategies import queries

pytestmark = pytest.mark.engine


def cause(document, start):
    (reason,) = reasons(document, start)
    return reason.code, reason.cause_kind, reason.cause_id


LUNCH = {
    "id": "lunch",
    "rrule": "FREQ=DAILY",
    "dtstart": "2026-01-01",
    "start": "10:00",
    "end": "10:30",
    "kind": "closed",
}
AWAY = {"id": "away", "start": "2026-03-02T10:00:00Z", "end": "2026-03-02T11:00:00Z"}
BUSY = {"id": "c1", "start": "2026-03-02T10:00:00Z", "end": "2026-03-02T10:30:00Z"}


@pytest.mark.parametrize(
    ("document", "start", "expected"),
    [
        (query(slot_interval=15), "11:45", ("outside_hours", "schedule", "s1")),
        (
            query(hosts=[host(schedules=[schedule(rules=[LUNCH])])]),
            "10:00",
            ("outside_hours", "rule", "lunch"),
        ),
        (
            query(hosts=[host(schedules=[schedule(out_of_office=[AWAY])])]),
            "10:30",
            ("outside_hours", "out_of_office", "away"),
        ),
        (
            query(hosts=[host(bookings=[booking("10:00", "10:30")])]),
            "10:00",
            ("booked", "booking", "b1"),
        ),
        (
            query(hosts=[host(bookings=[booking("10:00", "10:30")])], buffer_before=5),
            "10:30",
            ("buffer", "booking", "b1"),
        ),
        (query(hosts=[host(busy=[BUSY])]), "10:00", ("calendar_busy", "calendar", "c1")),
        (query(hosts=[host(holds=[BUSY])]), "10:00", ("held", "hold", "c1")),
        (query(now="2026-03-02T09:59:00Z", min_notice=2), "10:00", ("too_soon", "notice", "e1")),
        (query(now="2026-03-02T09:00:00Z", max_horizon=59), "10:00", ("too_far", "horizon", "e1")),
        (
            query(date_range={"start": "2026-03-03", "end": "2026-03-04"}),
            "10:00",
            ("too_far", "date_range", "e1"),
        ),
        (query(limits=[{"per": "month", "max": 0}]), "10:00", ("limit_reached", "limit", "month")),
        (
            query(limits=[{"per": "total_minutes_per_week", "max": 29, "id": "l1"}]),
            "10:00",
            ("limit_reached", "limit", "l1"),
        ),
        (query(kind="group", capacity=2, attendee_count=3), "10:00", ("full", "seats", "e1")),
        (query(), "10:10", ("off_grid", "grid", "e1")),
    ],
)
def test_each_code_names_its_cause(document, start, expected):
    document["hosts"][0]["schedules"][0]["id"] = "s1"
    assert cause(document, start) == expected


def test_an_override_is_named_by_its_date():
    closed = schedule(overrides=[{"date": "2026-03-02", "windows": []}])
    reason, off_grid = reasons(query(hosts=[host(schedules=[closed])]), "10:00")
    assert (reason.cause_kind, reason.cause_id) == ("override", "2026-03-02")
    assert off_grid.code == "off_grid"


HOLIDAY = {"first": "2026-03-02", "last": "2026-03-02", "kind": "holiday", "id": "day"}


def closing(start, **changes):
    found = reasons(query(hosts=[host(schedules=[schedule(**changes)])], slot_interval=5), start)
    return [(reason.cause_kind, reason.cause_id) for reason in found if reason.code != "off_grid"]


def test_all_that_closes_the_hours_is_named():
    changes = {"rules": [LUNCH], "out_of_office": [AWAY], "days_off": [HOLIDAY]}
    everything = [("out_of_office", "away"), ("holiday", "day"), ("rule", "lunch")]
    assert closing("10:00", **changes) == everything
    assert closing("10:30", **changes) == everything[:2]
    assert closing("11:00", **changes) == everything[1:2]


def test_an_absence_is_no_reason_where_there_are_no_hours():
    absences = {"days_off": [HOLIDAY], "out_of_office": [{**AWAY, "end": "2026-03-02T20:00:00Z"}]}
    assert closing("13:00", **absences) == [("schedule", "")]
    evening = [{"date": "2026-03-02", "windows": [["18:00", "19:00"]]}]
    assert closing("13:00", overrides=evening, **absences) == [("override", "2026-03-02")]
    assert closing("18:00", overrides=evening, **absences) == [
        ("out_of_office", "away"),
        ("holiday", "day"),
    ]


def test_an_override_replaces_the_rules_that_close_its_date():
    morning = [{"date": "2026-03-02", "windows": [["09:00", "12:00"]]}]
    assert closing("10:00", overrides=morning, rules=[LUNCH]) == []


@pytest.mark.parametrize(
    ("start", "clock"),
    [
        ("2026-03-02T05:00:00Z", "2026-03-02 05:00 UTC"),
        ("2026-03-03T05:00:00Z", "2026-03-03 14:00 Asia/Tokyo"),
        ("2026-03-04T05:00:00Z", "2026-03-04 14:00 Asia/Tokyo"),
        ("2026-03-05T05:00:00Z", "2026-03-05 05:00 UTC"),
    ],
)
def test_closed_hours_are_told_by_the_clock_that_counts_on_that_date(start, clock):
    trip = {"from": "2026-03-03", "to": "2026-03-04", "timezone": "Asia/Tokyo"}
    document = query(hosts=[host(schedules=[schedule(travel=[trip])])])
    assert reasons(document, start)[0].detail == f"{clock} is outside the weekly hours"


def test_all_reasons_come_in_the_order_of_the_rules():
    taken = host(bookings=[booking("08:50", "09:20")], busy=[BUSY], holds=[BUSY])
    document = query(
        hosts=[taken],
        now="2026-03-02T12:00:00Z",
        max_horizon=0,
        duration=200,
        limits=[{"per": "day", "max": 0}],
        kind="group",
        capacity=1,
        attendee_count=2,
    )
    assert codes(document, "09:10") == [
        "outside_hours",
        "booked",
        "calendar_busy",
        "held",
        "too_soon",
        "limit_reached",
        "full",
        "off_grid",
    ]


@pytest.mark.parametrize(
    ("document", "start", "cure"),
    [
        (
            query(hosts=[host(bookings=[booking("10:00", "10:20")])], buffer_before=15),
            "10:30",
            "lower buffer_before to 10 minutes",
        ),
        (
            query(
                hosts=[host(bookings=[booking("10:00", "10:20", buffer_after=4)])],
                buffer_before=15,
            ),
            "10:30",
            "lower buffer_before to 6 minutes",
        ),
        (
            query(hosts=[host(bookings=[booking("10:35", "11:00")])], buffer_after=15),
            "10:00",
            "lower buffer_after to 5 minutes",
        ),
        (
            query(hosts=[host(bookings=[booking("10:00", "10:30", buffer_after=10)])]),
            "10:30",
            "move the booking, or shorten its own buffers",
        ),
        (
            query(now="2026-03-02T09:00:00Z", min_notice=120),
            "10:30",
            "lower min_notice to 90 minutes",
        ),
        (query(now="2026-03-02T11:00:00Z"), "10:30", ""),
        (
            query(now="2026-03-02T09:00:00.5Z", max_horizon=30),
            "10:30",
            "raise max_horizon to 90 minutes",
        ),
        (query(limits=[{"per": "day", "max": 0}]), "10:30", "raise the limit to 1"),
        (query(), "10:40", "choose 2026-03-02T10:30:00Z or 2026-03-02T11:00:00Z"),
    ],
)
def test_the_cure_is_the_smallest_change(document, start, cure):
    (reason,) = reasons(document, start)
    assert reason.cure == cure


def test_a_start_between_two_seconds_is_off_the_grid():
    parsed = parse_query(query())
    at = moment("10:00") + timedelta(microseconds=1)
    assert [reason.code for reason in explain(parsed, at)] == ["off_grid"]


def test_any_instant_can_be_asked_about_whatever_the_window():
    document = query(window=("2026-03-02", "2026-03-02"))
    assert codes(document, "2026-05-04T09:00:00Z") == []
    assert codes(document, "2026-05-04T12:00:00Z") == ["outside_hours", "off_grid"]


@settings(max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(queries(), queries(kinds=["round_robin"], limited=False)))
def test_nothing_speaks_against_exactly_the_listed_starts(document):
    tried["random queries explained"] += 1
    parsed = parse_query(document)
    listed = {slot.start for slot in compute_slots(parsed)}
    asked = set(sorted(listed)[:20])
    at = parsed.window_start
    while at < parsed.window_end:
        asked.add(at)
        at += timedelta(minutes=45)
    for at in asked:
        assert (explain(parsed, at) == []) == (at in listed)
