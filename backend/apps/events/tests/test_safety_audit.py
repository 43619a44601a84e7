"""The audit of the tables finds what can never be right, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from apps.events.models import Attendee, Booking, BookingAuditLog, Hold, Occupancy
from apps.events.services.bookings import Guest, cancel_booking
from apps.events.services.safety import audit_bookings
from apps.events.tests.test_holds import hold
from tests.cast import JONAS, NOW, add_hosts, at, book, join, make_event_type, make_host

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything():
    """Bookings of all kinds, in the states that they can be in."""
    ana, ben = make_host(), make_host("ben", "Ben Ito")
    intro = make_event_type(ana, buffer_time_before=5, buffer_time_after=10)
    workshop = make_event_type(
        ana, name="Workshop", event_type_slug="workshop", kind="group", max_attendees=4, duration=60
    )
    both = make_event_type(ana, name="Both", event_type_slug="both", kind="collective")
    add_hosts(both, ana, ben)
    book(intro, at(9, 30))
    cancel_booking(
        booking=book(intro, at(10, 30)), cancelled_by="organizer", reason="", actor=JONAS, now=NOW
    )
    join(workshop, at(12), "Bo", guests=(Guest("Cy", "cy@example.net"),))
    hold(workshop, at(12))
    hold(workshop, at(14), client="203.0.113.8")
    book(both, at(16))
    hold(intro, at(11), client="203.0.113.9")
    return intro


def found(now=NOW):
    return audit_bookings(now=now).found


def test_nothing_is_found_where_nothing_is_wrong(everything):
    done = audit_bookings(now=NOW)
    assert (done.violations, done.first) == (0, [])
    assert done.looked_at["bookings"] == 5
    assert audit_bookings(now=NOW + timedelta(hours=1)).violations == 0


def _without_guards(sql: str) -> None:
    """Write what the guards refuse, as a broken restore or a missing guard would."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for event in ("INSERT", "UPDATE"):
                cursor.execute(f"DROP TRIGGER occupancy_no_overlap_{event}")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(
                "SELECT conname FROM pg_constraint WHERE contype = 'x' "
                "AND conrelid = 'events_occupancy'::regclass"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE events_occupancy DROP CONSTRAINT "{name}"')
        cursor.execute(sql)


def test_an_overlap_is_found(everything):
    first = Occupancy.objects.filter(booking__event_type=everything).earliest("starts_at")
    other = Occupancy.objects.filter(host=first.host).latest("starts_at")
    _without_guards(
        f"UPDATE events_occupancy SET starts_at = (SELECT starts_at FROM events_occupancy "
        f"WHERE id = {first.pk}), ends_at = (SELECT ends_at FROM events_occupancy "
        f"WHERE id = {first.pk}) WHERE id = {other.pk}"
    )
    assert found() == {"overlap": 1, "time of another span than the booking's": 1}


def test_people_who_are_not_counted_are_found(everything):
    Attendee.objects.filter(name="Cy").delete()
    assert found() == {"people miscounted": 1}


def test_held_seats_that_nobody_holds_are_found(everything):
    Booking.objects.filter(attendee_count=2).update(held_seats=2)
    assert found() == {"held seats miscounted": 1}


def test_time_of_a_cancelled_booking_is_found(everything):
    Booking.objects.filter(event_type=everything, status="confirmed").update(status="cancelled")
    assert found() == {"time of a booking that is over": 1}


def test_a_booking_without_the_time_of_one_host_is_found(everything):
    Occupancy.objects.filter(host__slug="ben").delete()
    assert found() == {"live booking without time": 1}


def test_time_of_a_stranger_is_found(everything):
    row = Occupancy.objects.get(booking__event_type=everything)
    Occupancy.objects.filter(pk=row.pk).update(host=make_host("eva", "Eva Sol"))
    assert found() == {"time of a host who does not serve it": 1}


def test_a_hold_that_keeps_nothing_is_found(everything):
    Occupancy.objects.filter(hold__event_type=everything).delete()
    assert found() == {"live hold without time": 1}
    assert not found(now=Hold.objects.latest("expires_at").expires_at)


def test_a_broken_chain_is_found(everything):
    BookingAuditLog.objects.filter(pk=BookingAuditLog.objects.first().pk).update(description="x")
    done = audit_bookings(now=NOW)
    assert done.found == {"broken chain": 1}
    assert "broken chain" in str(done.first[0])
