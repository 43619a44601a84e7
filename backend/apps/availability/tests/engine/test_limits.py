"""Limits per day, ISO week and month, in bookings and in minutes, and the organizer's own."""

from dataclasses import replace

import pytest

from apps.availability.engine import Booking, Limit, compute_slots, explain, parse_query
from apps.availability.tests.engine.cases import (
    booking,
    codes,
    every_day,
    host,
    moment,
    query,
    schedule,
    starts,
    times,
)

pytestmark = pytest.mark.engine
DAILY = schedule(weekly=every_day("09:00", "09:30"))
MONTH = ("2026-02-27", "2026-04-03")


def own(start, end, name="b1", **changes):
    return booking(start, end, id=name, event_type="e1", **changes)


def limited(per, most, bookings, window=("2026-03-02", "2026-03-03"), **rules):
    return query(
        hosts=[host(bookings=bookings)],
        window=window,
        limits=[{"per": per, "max": most}],
        **rules,
    )


def test_a_day_with_as_many_bookings_as_the_limit_is_over():
    assert times(limited("day", 1, [own("09:00", "09:30")])) == []
    assert len(times(limited("day", 2, [own("09:00", "09:30")]))) == 5


def test_other_event_types_do_not_count():
    assert len(times(limited("day", 1, [booking("09:00", "09:30")]))) == 5


def test_a_limit_of_nothing_allows_nothing():
    assert times(limited("day", 0, [])) == []


def test_weeks_begin_on_monday():
    # Monday 2 to Sunday 8 March 2026.
    sunday = own("2026-03-08T20:00:00Z", "2026-03-08T20:30:00Z")
    document = query(
        hosts=[host(schedules=[DAILY], bookings=[sunday])],
        window=("2026-02-28", "2026-03-11"),
        limits=[{"per": "week", "max": 1}],
    )
    assert starts(document) == ["02-28 09:00", "03-01 09:00", "03-09 09:00", "03-10 09:00"]


def test_months_are_calendar_months():
    document = query(
        hosts=[
            host(
                schedules=[DAILY],
                bookings=[own("2026-03-31T20:00:00Z", "2026-03-31T20:30:00Z")],
            )
        ],
        window=MONTH,
        limits=[{"per": "month", "max": 1}],
    )
    assert starts(document) == ["02-27 09:00", "02-28 09:00", "04-01 09:00", "04-02 09:00"]


@pytest.mark.parametrize(("most", "count"), [(59, 0), (60, 5), (29, 0), (1000, 5)])
def test_minutes_count_the_new_booking_in(most, count):
    assert len(times(limited("total_minutes_per_day", most, [own("09:00", "09:30")]))) == count


def test_dates_are_those_of_the_schedules_zone():
    # 23:30Z on 2 March is 3 March in Auckland (+13); the working day there is 20:00Z to 23:00Z.
    auckland = schedule(timezone="Pacific/Auckland", weekly=every_day("09:00", "12:00"))
    taken = own("2026-03-02T23:30:00Z", "2026-03-03T00:00:00Z")
    document = query(
        hosts=[host(schedules=[auckland], bookings=[taken])],
        window=("2026-03-01T12:00:00Z", "2026-03-03T12:00:00Z"),
        duration=180,
        limits=[{"per": "day", "max": 1}],
    )
    assert starts(document) == ["03-01 20:00"]


def test_a_booking_that_several_hosts_attend_counts_once():
    shared = own("09:00", "09:30")
    document = query(
        hosts=[host("a", bookings=[shared]), host("b", bookings=[shared])],
        kind="collective",
        limits=[{"per": "day", "max": 2}],
    )
    assert len(times(document)) == 5


def test_bookings_of_all_hosts_count():
    document = query(
        hosts=[
            host("a", required=False, bookings=[own("09:00", "09:30", "b1")]),
            host("b", required=False, bookings=[own("09:00", "09:30", "b2")]),
        ],
        kind="round_robin",
        limits=[{"per": "day", "max": 2}],
    )
    assert times(document) == []


def test_a_limit_counts_bookings_outside_the_window_asked_for():
    morning = own("09:00", "09:30")
    document = limited(
        "week", 1, [morning], window=("2026-03-06T00:00:00Z", "2026-03-07T00:00:00Z")
    )
    assert times(document) == []
    assert codes(document, "2026-03-06T09:00:00Z") == ["limit_reached"]


def test_further_bookings_count_without_taking_time():
    parsed = parse_query(limited("day", 2, [own("09:00", "09:30")]))
    elsewhere = Booking("b9", "e1", 1772442000, 1772443800)  # 09:00Z on 2 March, 30 minutes
    assert compute_slots(replace(parsed, counted=(elsewhere,))) == []


def test_the_organizers_limits_count_all_event_types():
    parsed = parse_query(query())
    other = Booking("b9", "other", 1772442000, 1772443800)
    strict = replace(
        parsed, organizer_limits=(Limit("day", 1, id="mine"),), organizer_bookings=(other,)
    )
    assert compute_slots(strict) == []
    (reason,) = explain(strict, moment("10:00"))
    assert (reason.code, reason.cause_kind, reason.cause_id) == ("limit_reached", "limit", "mine")


def test_the_organizer_s_limits_come_with_the_document_too():
    document = query(hosts=[host(schedules=[DAILY])], window=MONTH)
    document["organizer_limits"] = [{"per": "month", "max": 1, "id": "organizer"}]
    document["organizer_bookings"] = [booking("09:00", "09:30", event_type="another")]
    assert [start[:2] for start in starts(document)] == ["02", "02", "04", "04"]
    assert codes(document, "2026-03-20T09:00:00Z") == ["limit_reached"]
