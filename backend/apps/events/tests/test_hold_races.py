"""Holds that meet each other, bookings and their own end: one gets each time, seats never run over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from apps.common.errors import DomainError, RateLimited
from apps.events.errors import Full, HoldExpired, SlotTaken
from apps.events.models import Attendee, Booking, Hold, Occupancy
from apps.events.services.holds import end_hold, release_lapsed_holds
from apps.events.services.safety import audit_bookings
from apps.events.tests.test_holds import hold
from tests.cast import NOW, add_hosts, at, book, join, make_event_type, make_host
from tests.races import run_at_once

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]

MANY = 8
LATER = NOW + timedelta(minutes=5)
REFUSED = {SlotTaken: "taken", Full: "taken", HoldExpired: "taken"}


@pytest.fixture(autouse=True)
def _whole():
    yield
    assert audit_bookings(now=NOW).first == []


def holding(event_type, start=None, **fields):
    return [
        lambda client=str(number): hold(event_type, start or at(10), client=client, **fields)
        for number in range(MANY)
    ]


def test_one_of_many_holds_a_slot():
    intro = make_event_type(make_host())
    outcomes = run_at_once(*holding(intro), done="held", refused=REFUSED)
    assert sorted(outcomes) == ["held"] + ["taken"] * (MANY - 1)
    assert (Hold.objects.count(), Occupancy.objects.count()) == (1, 1)


def test_seats_are_held_no_more_often_than_there_are():
    workshop = make_event_type(make_host(), kind="group", max_attendees=3, duration=60)
    outcomes = run_at_once(*holding(workshop), done="held", refused=REFUSED)
    assert outcomes.count("held") == 3
    assert outcomes.count("taken") == MANY - 3
    assert Booking.objects.get().held_seats == 3


def test_holders_and_others_share_the_seats_there_are():
    workshop = make_event_type(make_host(), kind="group", max_attendees=5, duration=60)
    held = [hold(workshop, at(10), client=str(number)) for number in range(3)]
    with_holds = [
        lambda token=one.token: join(workshop, at(10), "Bo", hold_token=token) for one in held
    ]
    without = [lambda: join(workshop, at(10), "Cy")] * 5
    outcomes = run_at_once(*with_holds, *without, done="in", refused=REFUSED)
    assert outcomes.count("in") == 5
    assert Attendee.objects.filter(name="Bo").count() == 3
    assert (Booking.objects.get().attendee_count, Hold.objects.count()) == (5, 0)


def test_a_hold_is_booked_once_by_a_form_that_is_sent_twice():
    intro = make_event_type(make_host())
    token = hold(intro, at(10)).token
    booking = [lambda: book(intro, at(10), hold_token=token)] * MANY
    outcomes = run_at_once(*booking, done="booked", refused=REFUSED)
    assert outcomes.count("booked") == 1
    assert Occupancy.objects.get().booking == Booking.objects.get()


def test_leaving_the_page_while_the_form_is_sent():
    intro = make_event_type(make_host())
    for number in range(4):
        start = at(10 + number)
        token = hold(intro, start).token
        outcomes = run_at_once(
            lambda start=start, token=token: book(intro, start, hold_token=token),
            lambda token=token: end_hold(token=token, now=NOW),
            done="done",
            refused=REFUSED,
        )
        assert outcomes == ["done", "done"]
    assert (Booking.objects.count(), Hold.objects.count(), Occupancy.objects.count()) == (4, 0, 4)


def test_a_lapsed_hold_is_swept_while_others_book_its_time():
    intro = make_event_type(make_host())
    hold(intro, at(10))
    booking = [lambda: book(intro, at(10), now=LATER)] * (MANY // 2)
    sweeping = [lambda: release_lapsed_holds(now=LATER)] * (MANY // 2)
    outcomes = run_at_once(*booking, *sweeping, done="done", refused=REFUSED)
    assert outcomes.count("taken") == MANY // 2 - 1
    assert outcomes.count("done") == MANY // 2 + 1
    assert (Booking.objects.count(), Hold.objects.count(), Occupancy.objects.count()) == (1, 0, 1)


def test_everybody_of_a_round_robin_is_held_once():
    ana = make_host()
    team = make_event_type(ana, kind="round_robin")
    add_hosts(team, ana, make_host("ben", "Ben Ito"), make_host("eva", "Eva Sol"))
    outcomes = run_at_once(*holding(team), done="held", refused=REFUSED)
    assert (outcomes.count("held"), outcomes.count("taken")) == (3, MANY - 3)
    assert len(set(Occupancy.objects.values_list("host_id", flat=True))) == 3


def test_one_visitor_replaces_the_same_hold_many_times_at_once():
    intro = make_event_type(make_host())
    token = hold(intro, at(10)).token
    again = [lambda hour=hour: hold(intro, at(hour), hold_token=token) for hour in (11, 12, 13, 14)]
    outcomes = run_at_once(*again, done="held", refused={DomainError: "refused"})
    assert set(outcomes) == {"held"}
    assert not Hold.objects.filter(token=token).exists()
    assert Hold.objects.count() == Occupancy.objects.count() == 4


def test_one_client_holds_three_slots_however_fast_it_asks(settings):
    settings.RATE_LIMITS = True
    intro = make_event_type(make_host())
    asking = [lambda hour=hour: hold(intro, at(hour)) for hour in (9, 10, 11, 12, 13, 14)]
    outcomes = run_at_once(*asking, done="held", refused={RateLimited: "too many"})
    assert sorted(outcomes) == ["held"] * 3 + ["too many"] * 3
