"""Seats that attendees and the organizer free go to whoever waits for them, and to nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from apps.common.errors import ValidationFailed
from apps.events import errors
from apps.events.models import Attendee, Booking
from apps.events.services.attendees import (
    change_capacity,
    move_attendee,
    remove_attendee,
    remove_brought,
)
from apps.events.services.bookings import Guest, cancel_booking
from apps.events.tests.groups import ANA, add, bring, holder, leave, make_yoga, move, seen
from apps.events.tests.waiting import claim, state_of, wait_for
from tests.cast import NOW, at, book, join, make_event_type

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1)
TEN, NOON = at(10) + TOMORROW, at(12) + TOMORROW


@pytest.fixture
def yoga(ana):
    return make_yoga(ana, max_attendees=3, enable_waitlist=True)


@pytest.fixture
def mia(yoga):
    """She and whom she brought have all seats at ten."""
    return join(
        yoga, TEN, "Mia", guests=(Guest("Kim", "kim@x.example"), Guest("Lou", "lou@x.example"))
    )


def _session() -> Booking:
    return Booking.objects.get(start_time=TEN, status="confirmed", attendee_count__gt=0)


def _attendee(name: str) -> Attendee:
    return Attendee.objects.get(name=name)


def _remove_by_organizer(mia) -> None:
    remove_attendee(
        booking=_session(), attendee_id=_attendee("Kim").pk, reason="", actor=ANA, now=NOW
    )


def _remove_by_booker(mia) -> None:
    shown = seen(mia)
    remove_brought(booking=shown, attendee_id=_attendee("Kim").pk, actor=holder(shown), now=NOW)


def _leave_alone(mia) -> None:
    leave(seen(_attendee("Kim")))


def _move_away(mia) -> None:
    shown = seen(_attendee("Kim"))
    move(shown, NOON, holder(shown))


def _move_by_organizer(mia) -> None:
    move_attendee(
        booking=_session(), attendee_id=_attendee("Kim").pk, start=NOON, actor=ANA, now=NOW
    )


def _more_seats(mia) -> None:
    change_capacity(booking=_session(), capacity=4, actor=ANA, now=NOW)


@pytest.mark.parametrize(
    "free",
    [
        _remove_by_organizer,
        _remove_by_booker,
        _leave_alone,
        _move_away,
        _move_by_organizer,
        _more_seats,
    ],
)
def test_the_first_in_line_is_offered_the_seat(yoga, mia, free):
    first, second = wait_for(yoga, TEN, "Wanda"), wait_for(yoga, TEN, "Walt")
    free(mia)
    assert (state_of(first), state_of(second)) == (("notified", 1), ("active", 2))
    assert _session().held_seats == 1
    # Nobody gets past them, neither the public nor the party nor the organizer.
    with pytest.raises(errors.Full):
        join(yoga, TEN, "Jonas")
    with pytest.raises(errors.Full):
        bring(mia, "Nia")
    with pytest.raises(errors.Full):
        add(_session(), "Nia")
    with pytest.raises(ValidationFailed):
        change_capacity(booking=_session(), capacity=_session().capacity - 1, actor=ANA, now=NOW)
    claim(first)
    session = _session()
    assert (session.attendee_count, session.held_seats) == (session.capacity, 0)


def test_a_whole_party_frees_all_its_seats(yoga, mia):
    waiting = [wait_for(yoga, TEN, name) for name in ("Wanda", "Walt", "Will", "Wim")]
    leave(seen(mia))
    assert [state_of(entry)[0] for entry in waiting] == ["notified"] * 3 + ["active"]
    held = Booking.objects.get(start_time=TEN, status="confirmed")
    assert (held.attendee_count, held.held_seats) == (0, 3)
    claim(waiting[0])
    assert (_session().attendee_count, _session().held_seats) == (1, 2)


def test_seats_that_are_offered_outlive_a_move_of_everybody(yoga, mia):
    waiting = wait_for(yoga, TEN, "Wanda")
    leave(seen(_attendee("Kim")))
    move(_session(), NOON)
    assert state_of(waiting)[0] == "notified"
    claim(waiting)
    assert _session().attendee_count == 1


def test_what_is_held_keeps_the_buffers_that_it_was_held_with(yoga, mia):
    waiting = [wait_for(yoga, TEN, name) for name in ("Wanda", "Walt")]
    for name in ("Kim", "Lou"):
        leave(seen(_attendee(name)))
    book(make_event_type(yoga.organizer), _session().end_time)
    yoga.buffer_time_after = 30
    yoga.save()
    move(_session(), NOON)
    claim(waiting[0])
    # Called off, what is held outlives it once more: in no more time than it had.
    cancel_booking(booking=_session(), cancelled_by="organizer", reason="", actor=ANA, now=NOW)
    assert state_of(waiting[1])[0] == "notified"
    claim(waiting[1])
    assert _session().buffer_after == 0
