"""The organizer's rules for changes by invitees: the cut-off and the number of moves."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from apps.common.errors import InvalidState
from apps.events.actors import Actor
from apps.events.models.audit import ActorType
from apps.events.presenting import manage_data
from apps.events.services.bookings import cancel_booking, reschedule_booking
from tests.cast import JONAS, NOW, at, book, join, make_event_type

ORGANIZER = Actor(ActorType.ORGANIZER, "Ana Duarte", "ana@example.com")

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict(ana):
    """Invitees may change a booking until two hours before, and move it twice."""
    return make_event_type(ana, change_cutoff_minutes=120, max_reschedules=2)


def move(booking, start, *, actor=JONAS, now=NOW):
    return reschedule_booking(booking=booking, start=start, actor=actor, now=now)


def cancel(booking, *, actor=JONAS, now=NOW):
    by = "organizer" if actor is ORGANIZER else "invitee"
    return cancel_booking(booking=booking, cancelled_by=by, reason="", actor=actor, now=now)


def test_the_cut_off_binds_invitees_and_not_the_organizer(strict):
    booking = book(strict, at(12))
    late = at(10) + timedelta(seconds=1)
    for change in (cancel, lambda one, **more: move(one, at(14), **more)):
        with pytest.raises(InvalidState, match="too late"):
            change(booking, now=late)
    assert booking.can_be_cancelled(at(10), by_invitee=True)
    assert not booking.can_be_cancelled(late, by_invitee=True)
    assert booking.can_be_cancelled(late)
    moved = move(booking, at(14), actor=ORGANIZER, now=late)
    assert cancel(moved, actor=ORGANIZER, now=at(13)).status == "cancelled"


def test_at_the_cut_off_itself_it_may_be_changed(strict):
    assert cancel(book(strict, at(12)), now=at(10)).status == "cancelled"


def test_the_cut_off_is_that_of_the_present_time(strict):
    """Moved away from a near time, it may be changed again."""
    booking = move(book(strict, at(12)), at(12, days=1), actor=ORGANIZER, now=at(11))
    assert move(booking, at(15), now=at(11)).start_time == at(15)


def test_so_many_moves_of_the_invitee_whatever_the_organizer_does(strict):
    booking = move(book(strict, at(12)), at(13))
    booking = move(booking, at(14), actor=ORGANIZER)
    booking = move(booking, at(15))
    assert booking.reschedule_count == 2
    with pytest.raises(InvalidState, match="as often as it may be"):
        move(booking, at(16))
    assert move(booking, at(16), actor=ORGANIZER).reschedule_count == 2
    assert booking.can_be_cancelled(NOW, by_invitee=True)


def test_none_may_mean_no_moves_at_all(ana):
    booking = book(make_event_type(ana, max_reschedules=0), at(12))
    with pytest.raises(InvalidState):
        move(booking, at(13))


def test_the_page_tells_why_and_how_often(strict):
    booking = book(strict, at(12))
    data = manage_data(booking, now=NOW)
    assert (data["can_cancel"], data["can_reschedule"]) == (True, True)
    assert (data["cannot_change_reason"], data["moves_left"]) == ("", 2)
    assert data["change_until"] == "2026-03-02T10:00:00Z"
    late = manage_data(booking, now=at(11))
    assert (late["cannot_cancel"], late["cannot_reschedule"]) == ("cutoff", "cutoff")
    assert "too late" in late["cannot_change_reason"]
    booking = move(move(booking, at(13)), at(14))
    worn = manage_data(booking, now=NOW)
    assert (worn["can_cancel"], worn["can_reschedule"], worn["moves_left"]) == (True, False, 0)
    assert (worn["cannot_cancel"], worn["cannot_reschedule"]) == ("", "moves")
    assert manage_data(booking, now=at(14))["cannot_cancel"] == "started"
    cancel(booking)
    booking.refresh_from_db()
    assert manage_data(booking, now=NOW)["cannot_cancel"] == "over"


def test_an_attendee_is_held_to_the_cut_off_too(ana):
    yoga = make_event_type(ana, max_attendees=5, change_cutoff_minutes=120)
    seen = join(yoga, at(12), "Jonas")
    attendee = Actor(ActorType.ATTENDEE, "Jonas", "jonas@example.net")
    with pytest.raises(InvalidState, match="too late"):
        cancel(seen, actor=attendee, now=at(11))
    assert cancel(seen, actor=attendee, now=at(10)).status == "cancelled"


def test_the_token_page_says_it_in_words(client, strict):
    booking = book(strict, at(12))
    url = f"/booking/{booking.access_token}/manage"
    with time_machine.travel(at(11), tick=False):
        page = client.get(url).content.decode()
        assert "Changes here were possible until" in page
        assert "Write to Ana Duarte" in page
        assert f"{url}/cancel" not in page
        refused = client.post(url, {"action": "cancel"})
        assert refused.status_code == 409
        booking.refresh_from_db()
        assert booking.status == "confirmed"


def test_the_token_page_of_a_request_says_where_it_stands(client, ana):
    asking = make_event_type(ana, requires_confirmation=True)
    booking = book(asking, at(12))
    url = f"/booking/{booking.access_token}/manage"
    with time_machine.travel(NOW, tick=False):
        page = client.get(f"{url}?booked").content.decode()
        assert "Request sent" in page
        assert "Waiting for Ana Duarte to confirm" in page
        assert "Ana Duarte can confirm until" in page
        assert "Withdraw request" in page
        assert "calendar.google.com" not in page
        file = client.get(f"/api/v1/events/booking/{booking.access_token}/calendar.ics")
        assert b"STATUS:TENTATIVE" in file.content
    for status, text in (("rejected", "Declined by Ana Duarte"), ("expired", "Request expired")):
        type(booking).objects.filter(pk=booking.pk).update(status=status)
        with time_machine.travel(NOW, tick=False):
            page = client.get(url).content.decode()
            file = client.get(f"/api/v1/events/booking/{booking.access_token}/calendar.ics")
        assert text in page
        assert "Book again" in page
        assert b"STATUS:CANCELLED" in file.content
