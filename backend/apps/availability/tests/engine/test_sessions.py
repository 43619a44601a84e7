"""Group event types: sessions with seats left, full ones, and other starts around them."""

import pytest

from apps.availability.tests.engine.cases import (
    booking,
    codes,
    every_day,
    host,
    query,
    schedule,
    slots,
    times,
)

pytestmark = pytest.mark.engine


def session(start, end, attendees, **changes):
    return booking(start, end, event_type="e1", attendees=attendees, **changes)


def group(bookings, **rules):
    return query(hosts=[host(bookings=bookings)], kind="group", **{"capacity": 4, **rules})


def seats(document):
    return {f"{slot.start:%H:%M}": slot.seats_left for slot in slots(document)}


def test_a_session_is_offered_with_the_seats_left_and_new_starts_with_all():
    found = seats(group([session("10:00", "10:30", 3)]))
    assert found["10:00"] == 1
    assert found["09:00"] == 4


def test_a_session_needs_the_seats_asked_for():
    document = group([session("10:00", "10:30", 3)], attendee_count=2)
    assert "10:00" not in times(document)
    assert codes(document, "10:00") == ["full"]


def test_a_full_session_is_listed_only_when_asked_for():
    taken = [session("10:00", "10:30", 4)]
    assert "10:00" not in seats(group(taken))
    assert seats(group(taken, include_full=True))["10:00"] == 0
    assert codes(group(taken), "10:00") == ["full"]


def test_starts_that_overlap_a_session_are_not_offered():
    document = group([session("10:00", "10:30", 1)], slot_interval=15)
    assert {"09:45", "10:15"}.isdisjoint(times(document))
    assert codes(document, "10:15") == ["booked"]


def test_a_session_stays_though_grid_and_hours_changed_since():
    evening = session("20:10", "20:40", 1)
    assert seats(group([evening]))["20:10"] == 3
    assert codes(group([evening]), "20:10") == []


def test_joining_is_not_limited_but_new_sessions_are():
    document = group([session("10:00", "10:30", 1)], limits=[{"per": "day", "max": 1}])
    assert times(document) == ["10:00"]


def test_notice_holds_for_sessions_too():
    document = group([session("10:00", "10:30", 1)], now="2026-03-02T09:45:00Z", min_notice=30)
    assert "10:00" not in times(document)
    assert codes(document, "10:00") == ["too_soon"]


def test_a_session_of_another_event_type_is_a_booking_like_any():
    document = group([booking("10:00", "10:30", attendees=1)])
    assert codes(document, "10:00") == ["booked"]


def test_more_seats_than_a_session_has_fit_nowhere():
    document = group([], attendee_count=5)
    assert times(document) == []
    assert codes(document, "10:00") == ["full"]


def test_a_capacity_lowered_below_the_attendees_leaves_no_seat():
    assert seats(group([session("10:00", "10:30", 6)], include_full=True))["10:00"] == 0


def test_a_session_of_a_team_names_the_hosts_who_serve_it():
    shared = session("10:00", "10:30", 1)
    document = query(
        hosts=[host("a", bookings=[shared]), host("b", bookings=[shared])],
        kind="collective",
        capacity=4,
    )
    found = {f"{slot.start:%H:%M}": (slot.hosts, slot.seats_left) for slot in slots(document)}
    assert found["10:00"] == (("a", "b"), 3)


def test_the_emptiest_of_several_sessions_at_one_start_is_offered():
    night = schedule(weekly=every_day("01:00", "02:00"))
    document = query(
        hosts=[
            host("a", schedules=[night], required=False, bookings=[session("10:00", "10:30", 3)]),
            host(
                "b",
                schedules=[night],
                required=False,
                bookings=[session("10:00", "10:30", 2, id="b2")],
            ),
        ],
        kind="round_robin",
        capacity=4,
    )
    found = {f"{slot.start:%H:%M}": (slot.hosts, slot.seats_left) for slot in slots(document)}
    assert found["10:00"] == (("b",), 2)
