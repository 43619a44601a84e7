""" "Sooner, please": a booked invitee is offered earlier times as they come free."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from apps.common.errors import InvalidState, ValidationFailed
from apps.common.models import OutboxRow
from apps.events import errors
from apps.events.actors import Actor
from apps.events.models import (
    Booking,
    BookingAuditLog,
    EventType,
    Hold,
    HoldPurpose,
    Occupancy,
    SoonerRequest,
)
from apps.events.models.audit import ActorType
from apps.events.selectors.bookings import get_booking_by_token
from apps.events.services.bookings import reschedule_booking
from apps.events.services.bookings.reassign import reassign_booking
from apps.events.services.waiting.sooner import (
    Wishes,
    ask_sooner,
    decline_sooner,
    lapse_sooner,
    take_sooner,
    withdraw_sooner,
)
from apps.events.services.waiting.sweep import sweep_waiting
from apps.events.tests.waiting import cancel, state_of, wait_for
from tests.cast import JONAS, NOW, add_hosts, at, book, join, make_event_type, make_host

pytestmark = pytest.mark.django_db

EARLY, LATE, LATER = at(10, days=1), at(10, days=2), at(10, days=3)
BERLIN = Wishes("Europe/Berlin")


@pytest.fixture
def call(ana):
    """One slot a day, so that nothing but what the tests free is free."""
    return make_event_type(ana, enable_waitlist=True, duration=480)


def _day(days: int):
    return at(9, days=days)


def _book(call, days: int, name: str):
    return book(call, _day(days), invitee_name=name, invitee_email=f"{name.lower()}@example.net")


def _ask(booking, wishes=BERLIN, *, now=NOW):
    seen = get_booking_by_token(booking.access_token, now=now)
    return ask_sooner(booking=seen, wishes=wishes, actor=JONAS, now=now)


def _do(action, booking, *, now=NOW):
    seen = get_booking_by_token(booking.access_token, now=now)
    return action(booking=seen, actor=JONAS, now=now)


def _request(booking) -> SoonerRequest:
    related = ("offer", "booking", "event_type")
    return SoonerRequest.objects.select_related(*related).get(booking=booking)


def test_an_earlier_time_that_frees_is_offered_and_taken_in_one_step(call):
    first, second = _book(call, 1, "Ada"), _book(call, 2, "Bea")
    _ask(second)
    cancel(first)
    request = _request(second)
    assert (request.status, request.offer.start_time) == ("notified", _day(1))
    assert request.offer.purpose == HoldPurpose.SOONER
    with pytest.raises(errors.SlotTaken):
        _book(call, 1, "Cid")
    moved = _do(take_sooner, second)
    assert (moved.start_time, moved.status, moved.ical_sequence) == (_day(1), "confirmed", 1)
    assert (moved.access_token, moved.reschedule_count) == (second.access_token, 0)
    assert not Hold.objects.exists()
    assert list(Occupancy.objects.values_list("booking", "starts_at")) == [(moved.pk, _day(1))]
    assert _request(second).status == "converted"
    actions = BookingAuditLog.objects.filter(booking=moved).values_list("action", flat=True)
    assert list(actions) == ["booking_created", "sooner_asked", "booking_rescheduled"]


def test_the_time_that_a_taker_leaves_goes_to_the_next(call):
    first, second, third = (_book(call, day, name) for day, name in _people(3))
    _ask(second)
    _ask(third, now=NOW + timedelta(seconds=1))
    cancel(first)
    _do(take_sooner, second)
    request = _request(third)
    assert (request.status, request.offer.start_time) == ("notified", _day(2))
    assert _do(take_sooner, third).start_time == _day(2)


def test_the_waitlist_is_served_before(call):
    first, second = _book(call, 1, "Ada"), _book(call, 2, "Bea")
    _ask(second)
    waiting = wait_for(call, _day(1))
    cancel(first)
    assert state_of(waiting)[0] == "notified"
    assert _request(second).status == "active"


def test_who_asked_first_is_served_first_and_a_decline_passes_on(call):
    first, second, third = (_book(call, day, name) for day, name in _people(3))
    _ask(third)
    _ask(second, now=NOW + timedelta(seconds=1))
    cancel(first)
    assert [_request(one).status for one in (second, third)] == ["active", "notified"]
    _do(decline_sooner, third)
    assert [_request(one).status for one in (second, third)] == ["notified", "active"]
    assert _request(second).offer.start_time == _day(1)


def test_an_offer_that_ends_goes_on_and_the_booking_stays(call):
    first, second, third = (_book(call, day, name) for day, name in _people(3))
    _ask(second)
    _ask(third, now=NOW + timedelta(seconds=1))
    cancel(first)
    end = _request(second).offer_ends_at
    with pytest.raises(errors.OfferExpired):
        _do(take_sooner, second, now=end)
    assert lapse_sooner(request=_request(second), now=end)
    assert [_request(one).status for one in (second, third)] == ["active", "notified"]
    second.refresh_from_db()
    assert second.start_time == _day(2)
    kinds = [row.payload["notice"]["kind"] for row in _mails()]
    assert kinds == ["sooner_offered", "sooner_lapsed", "sooner_offered"]


def test_withdrawing_and_asking_again_holds_no_time_anew(call):
    first, second = _book(call, 1, "Ada"), _book(call, 2, "Bea")
    _ask(second)
    cancel(first)
    _do(withdraw_sooner, second)
    _ask(second)
    sweep_waiting(now=NOW + timedelta(minutes=1))
    assert (_request(second).status, _request(second).offers_made) == ("active", 1)
    assert not Hold.objects.exists()


def test_an_offer_is_withdrawn_when_another_host_takes_over(ana):
    """What is held is the former host's time; the new one may be busy then."""
    bob = make_host("bob", "Bob Team")
    turns = add_hosts(make_event_type(ana, kind="round_robin", duration=480), ana, bob)
    full = [_book(turns, 1, name) for name in ("Ada", "Bea")]
    late = _book(turns, 2, "Cid")
    _ask(late)
    cancel(next(one for one in full if one.host_id == late.host_id))
    assert _request(late).status == "notified"
    organizer = Actor(ActorType.ORGANIZER, "Ana Duarte", "ana@example.com")
    reassign_booking(booking=Booking.objects.get(pk=late.pk), actor=organizer, now=NOW)
    assert (_request(late).status, _request(late).offer) == ("active", None)
    assert not Hold.objects.exists()
    with pytest.raises(InvalidState, match="No earlier time is offered"):
        _do(take_sooner, late)


def test_an_offer_that_does_not_suffice_any_more_is_refused_plainly(ana):
    intro = make_event_type(ana, duration=60)
    first, _next, late = (
        book(intro, start, invitee_name=name, invitee_email=f"{name.lower()}@example.net")
        for start, name in ((_day(1), "Ada"), (at(10, days=1), "Bea"), (_day(2), "Cid"))
    )
    _ask(late)
    cancel(first)
    assert _request(late).offer.start_time == _day(1)
    EventType.objects.update(buffer_time_after=15)
    with pytest.raises(errors.OfferExpired, match="cannot be had any more"):
        _do(take_sooner, late)
    late.refresh_from_db()
    assert late.start_time == _day(2)


@pytest.mark.parametrize(
    ("wishes", "fits"),
    [
        (Wishes("Europe/Berlin", weekdays=(2,)), True),  # a Tuesday
        (Wishes("Europe/Berlin", weekdays=(3, 4)), False),
        (Wishes("Europe/Berlin", minutes_from=600, minutes_until=601), True),  # 10:00 in Berlin
        (Wishes("Europe/Berlin", minutes_from=601), False),
        (Wishes("Europe/Berlin", minutes_until=600), False),
        (Wishes("Europe/Berlin", earliest_date=date(2026, 3, 3)), True),
        (Wishes("Europe/Berlin", earliest_date=date(2026, 3, 4)), False),
        (Wishes("Pacific/Kiritimati", weekdays=(2,)), True),  # 23:00 there
        (Wishes("America/New_York", minutes_from=240, minutes_until=241), True),
    ],
)
def test_only_starts_that_fit_the_wishes_are_offered(call, wishes, fits):
    first, second = _book(call, 1, "Ada"), _book(call, 3, "Bea")
    _ask(second, wishes)
    cancel(first)
    assert (_request(second).status == "notified") is fits


def test_a_later_time_is_not_sooner(call):
    first, second = _book(call, 1, "Ada"), _book(call, 2, "Bea")
    _ask(first)
    cancel(second)
    assert _request(first).status == "active"


def test_cancelled_and_moved_bookings_ask_no_more(call):
    first, second, third = (_book(call, day, name) for day, name in _people(3))
    _ask(second)
    _ask(third, now=NOW + timedelta(seconds=1))
    cancel(first)
    cancel(get_booking_by_token(second.access_token, now=NOW))
    assert _request(second).status == "cancelled"
    # What was offered to it is offered to the next, at once.
    assert _request(third).offer.start_time == _day(1)
    reschedule_booking(
        booking=get_booking_by_token(third.access_token, now=NOW),
        start=_day(4),
        actor=JONAS,
        now=NOW,
    )
    assert _request(third).status == "cancelled"
    assert not Hold.objects.exists()


def test_a_begun_booking_asks_no_more(call):
    booking = _book(call, 1, "Ada")
    _ask(booking)
    sweep_waiting(now=_day(1))
    assert _request(booking).status == "expired"


def test_withdrawing_passes_the_offer_on(call):
    first, second = _book(call, 1, "Ada"), _book(call, 2, "Bea")
    _ask(second)
    cancel(first)
    _do(withdraw_sooner, second)
    assert _request(second).status == "cancelled"
    assert not Hold.objects.exists()
    with pytest.raises(InvalidState):
        _do(withdraw_sooner, second)


def test_a_limit_of_one_a_day_does_not_stand_against_moving_within_the_day(ana):
    call = make_event_type(ana, duration=60, max_bookings_per_day=1)
    block = make_event_type(ana, name="Block", event_type_slug="block", duration=180)
    blocked = book(block, at(9, days=1))
    mine = book(call, at(15, days=1))
    filler = book(block, at(12, days=1))
    assert filler
    _ask(mine, Wishes("Europe/Berlin", earliest_date=date(2026, 3, 3)))
    cancel(blocked)
    assert _request(mine).offer.start_time == at(9, days=1)
    assert _do(take_sooner, mine).start_time == at(9, days=1)


def test_sessions_and_event_types_without_it_take_no_requests(ana):
    group = make_event_type(ana, kind="group", max_attendees=3)
    seat = join(group, at(10, days=1), "Jo")
    with pytest.raises(InvalidState):
        _ask(seat)
    plain = make_event_type(ana, name="Plain", event_type_slug="plain", offers_sooner=False)
    with pytest.raises(InvalidState):
        _ask(book(plain, at(14, days=1)))


def test_odd_wishes_are_refused(call):
    booking = _book(call, 1, "Ada")
    with pytest.raises(ValidationFailed, match="1 \\(Monday\\)"):
        _ask(booking, Wishes("Europe/Berlin", weekdays=(8,)))
    with pytest.raises(ValidationFailed, match="after the beginning"):
        _ask(booking, Wishes("Europe/Berlin", minutes_from=600, minutes_until=600))


def test_the_token_page_asks_and_takes_over_the_api(client, call):
    first, second = _book(call, 1, "Ada"), _book(call, 2, "Bea")
    address = f"/api/v1/events/booking/{second.access_token}/manage/"
    with time_machine.travel(NOW, tick=False):
        told = client.get(address).json()
        assert (told["can_ask_sooner"], told["sooner"]) == (True, None)
        asked = client.post(
            address,
            {"action": "ask_sooner", "weekdays": [1, 2], "from": "08:00", "until": "24:00"},
            content_type="application/json",
        )
        assert asked.status_code == 200, asked.content
        assert asked.json()["sooner"]["offer"] is None
        cancel(first)
        offer = client.get(address).json()["sooner"]["offer"]
        assert offer["start"] == "2026-03-03T09:00:00Z"
        taken = client.post(address, {"action": "take_sooner"}, content_type="application/json")
        assert taken.json()["start_time"] == "2026-03-03T09:00:00Z"
        odd = client.post(
            address, {"action": "ask_sooner", "from": "25:00"}, content_type="application/json"
        )
        assert (odd.status_code, odd.json()["errors"][0]["pointer"]) == (422, "/from")
        late = client.post(address, {"action": "take_sooner"}, content_type="application/json")
        assert (late.status_code, late.json()["code"]) == (409, "invalid_state")


def _people(count: int):
    return list(enumerate(("Ada", "Bea", "Cid", "Dan")[:count], 1))


def _mails():
    return OutboxRow.objects.filter(name="notifications.send_waiting_mail").order_by("id")
