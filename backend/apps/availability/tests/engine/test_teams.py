"""Several hosts: collective, and round robin with required and rotating hosts."""

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


def hours(start, end):
    return [schedule(weekly=every_day(start, end))]


def served(document):
    return {f"{slot.start:%H:%M}": slot.hosts for slot in slots(document)}


def test_collective_needs_every_host():
    document = query(
        hosts=[
            host("a", bookings=[booking("09:00", "09:30")]),
            host("b", bookings=[booking("10:00", "10:30", id="b2")]),
        ],
        kind="collective",
    )
    assert served(document) == {
        "09:30": ("a", "b"),
        "10:30": ("a", "b"),
        "11:00": ("a", "b"),
        "11:30": ("a", "b"),
    }


def test_collective_starts_stand_on_the_grid_of_any_host():
    document = query(
        hosts=[
            host("a", schedules=hours("09:00", "11:00")),
            host("b", schedules=hours("09:10", "11:00")),
        ],
        kind="collective",
        duration=60,
    )
    assert times(document) == ["09:10", "10:00"]


def test_round_robin_needs_one_rotating_host_and_names_the_free_ones():
    document = query(
        hosts=[
            host("a", required=False, bookings=[booking("09:00", "10:00")]),
            host("b", required=False, bookings=[booking("09:30", "10:30", id="b2")]),
        ],
        kind="round_robin",
    )
    found = served(document)
    assert found["09:00"] == ("b",)
    assert "09:30" not in found
    assert found["10:00"] == ("a",)
    assert found["10:30"] == ("a", "b")
    assert codes(document, "09:30") == ["booked", "booked"]
    assert codes(document, "10:00") == []


def test_round_robin_waits_for_a_busy_required_host():
    document = query(
        hosts=[
            host("a", required=False),
            host("boss", required=True, bookings=[booking("09:00", "11:00")]),
            host("b", required=False, bookings=[booking("11:00", "11:30", id="b2")]),
        ],
        kind="round_robin",
    )
    assert served(document) == {"11:00": ("a", "boss"), "11:30": ("a", "boss", "b")}
    assert codes(document, "09:00") == ["booked"]


def test_round_robin_without_a_rotating_host_offers_nothing_and_says_so():
    document = query(hosts=[host("a", required=True)], kind="round_robin")
    assert times(document) == []
    assert codes(document, "09:00") == ["outside_hours"]


def test_any_free_host_may_serve_a_start_on_anothers_grid():
    document = query(
        hosts=[
            host("a", required=False, schedules=hours("09:00", "10:00")),
            host("b", required=False, schedules=hours("09:10", "10:10")),
        ],
        kind="round_robin",
        duration=50,
    )
    assert served(document) == {"09:00": ("a",), "09:10": ("a", "b")}


def test_hosts_in_different_zones_meet_where_both_are_open():
    london = schedule(timezone="Europe/London", weekly=every_day("09:00", "17:00"))
    new_york = schedule(timezone="America/New_York", weekly=every_day("09:00", "17:00"))
    document = query(
        hosts=[host("a", schedules=[london]), host("b", schedules=[new_york])],
        kind="collective",
        duration=60,
    )
    assert times(document) == ["14:00", "15:00", "16:00"]


def test_the_same_schedule_may_serve_many_hosts():
    team = [host(f"h{number}", required=False) for number in range(50)]
    document = query(hosts=team, kind="round_robin")
    assert served(document)["09:00"] == tuple(f"h{number}" for number in range(50))
