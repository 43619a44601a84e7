"""Holds: time and seats that are kept while a form is filled in."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.availability.models import Schedule
from apps.common.errors import NotFound, RateLimited
from apps.events.errors import Full, HoldExpired, LimitReached, SlotTaken
from apps.events.models import AuditAction, Booking, Hold, Occupancy
from apps.events.selectors.bookings import count_served, get_booking, list_bookings
from apps.events.selectors.event_types import count_bookings_by_day
from apps.events.selectors.offers import load_offer
from apps.events.selectors.slots import explain_start, list_offered_slots
from apps.events.services.audit import verify_audit
from apps.events.services.bookings import Guest, cancel_booking, complete_past_bookings
from apps.events.services.holds import (
    FormHoldRequest,
    end_hold,
    find_hold,
    hold_for_form,
    release_lapsed_holds,
)
from tests.cast import (
    JONAS,
    NOW,
    add_hosts,
    at,
    book,
    booking_json,
    join,
    make_event_type,
    make_host,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=5)
"""When a hold taken at `NOW` has lapsed."""


@pytest.fixture
def ana():
    return make_host()


@pytest.fixture
def intro(ana):
    return make_event_type(ana)


@pytest.fixture
def workshop(ana):
    return make_event_type(
        ana, name="Workshop", event_type_slug="workshop", kind="group", max_attendees=3, duration=60
    )


def hold(event_type, start, *, now=NOW, client="203.0.113.7", **fields):
    request = FormHoldRequest(
        organizer_slug=event_type.organizer.slug,
        event_type_slug=event_type.event_type_slug,
        start=start,
        client=client,
        **fields,
    )
    return hold_for_form(request=request, now=now)


def starts(event_type, *, now=NOW, own_hold=None, seats=1):
    slots = list_offered_slots(
        load_offer(event_type),
        start=NOW,
        end=at(23),
        now=now,
        own_hold=own_hold,
        seats=seats,
    )
    return {slot.start: slot.seats_left for slot in slots}


def reasons(event_type, start, *, now=NOW, duration=30, **options):
    return explain_start(load_offer(event_type), start=start, now=now, duration=duration, **options)


def test_what_is_held_is_offered_to_nobody_else(intro):
    held = hold(intro, at(10))
    assert held.expires_at == LATER
    assert at(10) not in starts(intro)
    (reason,) = reasons(intro, at(10))
    assert (reason.code, reason.cause_kind, reason.cause_id) == ("held", "hold", str(held.pk))
    with pytest.raises(SlotTaken) as refused:
        book(intro, at(10))
    assert refused.value.extra["reasons"] == ["held"]
    assert "2026-03-02T10:00:00Z" not in refused.value.extra["alternatives"]
    with pytest.raises(SlotTaken):
        hold(intro, at(10), client="203.0.113.8")


def test_the_holder_sees_and_books_it(intro):
    held = hold(intro, at(10))
    assert at(10) in starts(intro, own_hold=held.pk)
    row = Occupancy.objects.get()
    booking = book(intro, at(10), hold_token=held.token)
    turned = Occupancy.objects.get()
    assert (turned.pk, turned.booking_id) == (row.pk, booking.pk)
    assert (turned.hold_id, turned.held_until) == (None, None)
    assert not Hold.objects.exists()


def test_buffers_are_held_too(ana):
    event_type = make_event_type(ana, buffer_time_before=15, buffer_time_after=30)
    hold(event_type, at(12))
    row = Occupancy.objects.get()
    assert (row.starts_at, row.ends_at) == (at(11, 45), at(13))


def test_buffers_that_changed_meanwhile_are_those_of_the_booking(intro):
    held = hold(intro, at(10))
    intro.buffer_time_after = 30
    intro.save()
    book(intro, at(10), hold_token=held.token)
    assert Occupancy.objects.get().ends_at == at(11)


def test_a_lapsed_hold_counts_for_nothing(intro):
    hold(intro, at(10))
    assert at(10) not in starts(intro, now=LATER - timedelta(seconds=1))
    assert at(10) in starts(intro, now=LATER)
    assert reasons(intro, at(10), now=LATER) == ()


@pytest.mark.parametrize("minutes", [0, -15, 15])
def test_the_rest_of_a_lapsed_hold_keeps_nobody_from_booking(ana, minutes):
    """The guard of the database knows no clock, so its row goes before the insert."""
    event_type = make_event_type(ana, slot_interval_minutes=15)
    hold(event_type, at(10))
    booking = book(event_type, at(10) + timedelta(minutes=minutes), now=LATER)
    assert Occupancy.objects.get().booking_id == booking.pk


def test_who_comes_late_books_all_the_same_while_it_is_free(intro):
    held = hold(intro, at(10))
    assert book(intro, at(10), now=LATER, hold_token=held.token).start_time == at(10)


def test_who_comes_late_and_finds_it_taken_is_told_of_the_lapse(intro):
    held = hold(intro, at(10))
    book(intro, at(10), now=LATER)
    with pytest.raises(HoldExpired) as refused:
        book(intro, at(10), now=LATER, hold_token=held.token)
    assert refused.value.extra["reasons"] == ["booked"]
    assert refused.value.extra["alternatives"]


def test_a_token_of_nobody_does_no_harm(intro):
    assert book(intro, at(10), hold_token=uuid4()).start_time == at(10)
    with pytest.raises(HoldExpired):
        book(intro, at(10), hold_token=uuid4())


def test_a_foreign_token_opens_nothing(ana, intro):
    other = make_event_type(ana, name="Other", event_type_slug="other")
    held = hold(other, at(10))
    with pytest.raises((SlotTaken, HoldExpired)):
        book(intro, at(10), hold_token=held.token)


def test_the_next_hold_replaces_the_one_before(intro):
    first = hold(intro, at(10))
    second = hold(intro, at(10, 30), hold_token=first.token)
    assert list(Hold.objects.values_list("pk", flat=True)) == [second.pk]
    assert at(10) in starts(intro)
    again = hold(intro, at(10, 30), now=at(8, 4), hold_token=second.token)
    assert again.expires_at == at(8, 9)
    assert Occupancy.objects.count() == 1


def test_a_hold_that_fails_leaves_the_former_one(intro):
    first = hold(intro, at(10))
    book(intro, at(11))
    with pytest.raises(SlotTaken) as refused:
        hold(intro, at(11), hold_token=first.token)
    assert refused.value.extra["alternatives"]
    assert Hold.objects.get().pk == first.pk


def test_the_hold_of_another_event_type_ends_too(ana, intro):
    other = make_event_type(ana, name="Other", event_type_slug="other")
    first = hold(other, at(10))
    hold(intro, at(12), hold_token=first.token)
    assert Hold.objects.get().event_type == intro
    assert at(10) in starts(other)


def test_another_time_may_be_booked_than_the_one_held(intro):
    """Its own hold is in nobody's way, and ends."""
    held = hold(intro, at(10))
    book(intro, at(11), hold_token=held.token)
    assert not Hold.objects.exists()
    assert at(10) in starts(intro)


def test_given_up_it_is_free_at_once(intro):
    held = hold(intro, at(10))
    assert end_hold(token=held.token, now=NOW)
    assert at(10) in starts(intro)
    assert (Hold.objects.count(), Occupancy.objects.count()) == (0, 0)
    assert not end_hold(token=held.token, now=NOW)


def test_lapsed_holds_are_swept(intro):
    hold(intro, at(10))
    kept = hold(intro, at(11), now=at(8, 2))
    assert release_lapsed_holds(now=LATER) == 1
    assert Hold.objects.get() == kept
    assert Occupancy.objects.get().hold == kept


def test_a_lapsed_offer_that_nobody_has_is_swept(intro, workshop):
    for event_type in (intro, workshop):
        hold(event_type, at(10 if event_type == intro else 14))
    Hold.objects.update(purpose="waitlist")
    lapsed = Hold.objects.first().expires_at
    assert release_lapsed_holds(now=lapsed - timedelta(seconds=1)) == 0
    assert release_lapsed_holds(now=lapsed) == 2
    assert not Occupancy.objects.exists()
    assert not Booking.objects.exists()


def test_a_hold_is_found_by_its_key(intro):
    held = hold(intro, at(10))
    assert find_hold(held.token, NOW) == held
    with pytest.raises(HoldExpired):
        find_hold(held.token, LATER)
    with pytest.raises(NotFound):
        find_hold(uuid4(), NOW)


def test_three_holds_at_once_for_one_client(intro, settings):
    settings.RATE_LIMITS = True
    held = [hold(intro, at(hour)) for hour in (10, 11, 12)]
    with pytest.raises(RateLimited) as refused:
        hold(intro, at(13))
    assert refused.value.headers["Retry-After"] == "300"
    hold(intro, at(13), client="203.0.113.8")
    hold(intro, at(14), hold_token=held[0].token)
    hold(intro, at(15), now=LATER)
    assert "203.0.113" not in Hold.objects.first().holder


def test_the_guard_keeps_what_is_held(intro):
    hold(intro, at(10))
    row = Occupancy.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Occupancy.objects.create(
            host=row.host, hold=row.hold, held_until=LATER, starts_at=at(10, 15), ends_at=at(11)
        )


def test_a_hold_counts_for_no_limit_but_keeps_to_it(ana):
    event_type = make_event_type(ana, max_bookings_per_day=1)
    held = hold(event_type, at(10))
    book(event_type, at(12))
    with pytest.raises(LimitReached):
        hold(event_type, at(11), client="203.0.113.8")
    with pytest.raises(LimitReached):
        book(event_type, at(10), hold_token=held.token)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_held", [False, True])
def test_a_booking_over_http_takes_few_queries(client, intro, is_held):
    """With its offer kept, and under a key, which takes four."""
    book(intro, at(14))
    fields = {"hold_token": str(hold(intro, at(10)).token)} if is_held else {}
    with time_machine.travel(NOW, tick=False), CaptureQueriesContext(connection) as queries:
        answer = client.post(
            "/api/v1/events/bookings/create/",
            booking_json(intro, "2026-03-02T10:00:00Z", **fields),
            content_type="application/json",
            headers={"Idempotency-Key": "a-key"},
        )
    assert answer.status_code == 201
    asked = [query["sql"] for query in queries if query["sql"] not in {"BEGIN", "COMMIT"}]
    assert len(asked) <= 14, asked


# --- Several attendees --------------------------------------------------------------------------


def test_seats_are_held_one_by_one(workshop):
    hold(workshop, at(10))
    assert starts(workshop)[at(10)] == 2
    hold(workshop, at(10), client="203.0.113.8", seats=2)
    assert at(10) not in starts(workshop)
    with pytest.raises(Full):
        join(workshop, at(10), "Cy")
    with pytest.raises(Full):
        hold(workshop, at(10), client="203.0.113.9")
    assert Booking.objects.count() == 1
    assert starts(workshop, now=LATER)[at(10)] == 3


def test_seats_of_a_session_with_people_in_it(workshop):
    join(workshop, at(10), "Bo")
    held = hold(workshop, at(10), seats=2)
    assert at(10) not in starts(workshop)
    assert starts(workshop, own_hold=held.pk)[at(10)] == 2
    assert starts(workshop, now=LATER)[at(10)] == 2
    join(workshop, at(10), "Cy", hold_token=held.token)
    session = Booking.objects.get()
    assert (session.attendee_count, session.held_seats) == (2, 0)
    assert not Hold.objects.exists()


def test_the_first_in_makes_a_held_session_a_booking(workshop):
    mine = hold(workshop, at(10))
    others = hold(workshop, at(10), client="203.0.113.8", now=at(8, 2))
    session = Booking.objects.get()
    assert (session.attendee_count, session.held_seats) == (0, 2)
    join(workshop, at(10), "Bo", hold_token=mine.token)
    session.refresh_from_db()
    assert (session.attendee_count, session.held_seats) == (1, 1)
    assert Occupancy.objects.get().booking == session
    assert session.audit_log.get().action == AuditAction.CREATED
    join(workshop, at(10), "Cy", hold_token=others.token)
    session.refresh_from_db()
    assert (session.attendee_count, session.held_seats) == (2, 0)
    assert Booking.objects.count() == 1


def test_somebody_without_a_hold_may_be_first(workshop):
    mine = hold(workshop, at(10))
    join(workshop, at(10), "Bo")
    session = Booking.objects.get()
    assert (session.attendee_count, session.held_seats) == (1, 1)
    assert Occupancy.objects.get().booking == session
    assert session.audit_log.get().action == AuditAction.CREATED
    assert release_lapsed_holds(now=LATER) == 1
    session.refresh_from_db()
    assert (session.attendee_count, session.held_seats) == (1, 0)
    assert not Hold.objects.filter(pk=mine.pk).exists()


def test_a_session_that_nobody_entered_goes_with_its_last_hold(workshop):
    first = hold(workshop, at(10))
    second = hold(workshop, at(10), client="203.0.113.8", now=at(8, 2))
    end_hold(token=first.token, now=at(8, 3))
    row = Occupancy.objects.get()
    assert (row.hold, row.held_until) == (second, second.expires_at)
    assert starts(workshop, now=at(8, 3))[at(10)] == 2
    end_hold(token=second.token, now=at(8, 3))
    assert (Booking.objects.count(), Occupancy.objects.count()) == (0, 0)


def test_a_lapsed_empty_session_is_in_nobodys_way(ana, workshop, intro):
    hold(workshop, at(10), seats=3)
    assert {reason.code for reason in reasons(intro, at(10, 30))} == {"held"}
    assert at(10, 30) not in starts(intro)
    assert book(intro, at(10, 30), now=LATER).start_time == at(10, 30)
    assert (Booking.objects.count(), Hold.objects.count()) == (1, 0)


def test_a_lapsed_empty_session_is_made_anew(workshop):
    mine = hold(workshop, at(10), seats=3)
    join_late = book(workshop, at(10), now=LATER, hold_token=mine.token)
    assert (join_late.attendee_count, join_late.held_seats) == (1, 0)
    assert (Booking.objects.count(), Hold.objects.count()) == (1, 0)


def test_a_session_that_nobody_entered_is_nobodys_booking(ana, workshop):
    hold(workshop, at(10))
    session = Booking.objects.get()
    assert not list_bookings(user_id=ana.pk)[0:9]
    with pytest.raises(NotFound):
        get_booking(user_id=ana.pk, booking_id=session.pk)
    counts = count_bookings_by_day([workshop], timezone="UTC", now=NOW)
    assert counts == {workshop.pk: [0] * 7}
    assert complete_past_bookings(now=at(12)) == 0
    served = count_served(event_type_id=workshop.pk, month_of=NOW, timezone="UTC")
    assert not served
    assert verify_audit().is_whole


def test_lapsed_seats_are_given_back_when_somebody_needs_them(workshop):
    join(workshop, at(10), "Bo")
    hold(workshop, at(10), seats=2)
    booked = book(workshop, at(10), now=LATER, guests=())
    booked.refresh_from_db()
    assert (booked.attendee_count, booked.held_seats) == (2, 0)


def test_more_seats_may_be_booked_than_were_held(workshop):
    mine = hold(workshop, at(10))
    join(workshop, at(10), "Bo", hold_token=mine.token, guests=(Guest("Cy", "cy@example.net"),))
    session = Booking.objects.get()
    assert (session.attendee_count, session.held_seats) == (2, 0)


def test_a_held_session_counts_for_limits_until_it_lapses(ana):
    event_type = make_event_type(
        ana, kind="group", max_attendees=3, duration=60, max_bookings_per_day=1
    )
    mine = hold(event_type, at(10))
    with pytest.raises(LimitReached):
        book(event_type, at(12))
    with pytest.raises(LimitReached):
        join(event_type, at(12), "Bo", hold_token=mine.token)
    assert book(event_type, at(12), now=LATER).start_time == at(12)


def test_a_hold_on_a_session_that_was_cancelled(workshop):
    join(workshop, at(10), "Bo")
    mine = hold(workshop, at(10))
    cancel_booking(
        booking=Booking.objects.get(), cancelled_by="organizer", reason="", actor=JONAS, now=NOW
    )
    again = book(workshop, at(10), hold_token=mine.token)
    assert (again.attendee_count, again.held_seats) == (1, 0)
    assert not Hold.objects.exists()


# --- Several hosts ------------------------------------------------------------------------------


@pytest.fixture
def team(ana):
    event_type = make_event_type(ana, kind="round_robin")
    return add_hosts(event_type, ana, make_host("ben", "Ben Ito"), make_host("eva", "Eva Sol"))


def test_whose_turn_it_was_when_it_was_held_serves(team):
    held = hold(team, at(10))
    kept = Occupancy.objects.get().host
    other = hold(team, at(10), client="203.0.113.8")
    assert Occupancy.objects.exclude(host=kept).count() == 1
    booking = book(team, at(10), hold_token=held.token)
    assert booking.host == kept
    assert booking.audit_log.get().metadata["host_choice"]
    assert book(team, at(10), hold_token=other.token).host != kept


def test_all_hosts_of_a_collective_are_held(ana):
    ben = make_host("ben", "Ben Ito")
    event_type = add_hosts(make_event_type(ana, kind="collective"), ana, ben)
    held = hold(event_type, at(10))
    assert set(Occupancy.objects.values_list("host", flat=True)) == {ana.pk, ben.pk}
    book(event_type, at(10), hold_token=held.token)
    assert Occupancy.objects.filter(booking__isnull=False).count() == 2


def test_a_held_host_who_left_is_replaced(team):
    held = hold(team, at(10))
    kept = Occupancy.objects.get().host
    Schedule.objects.filter(user=kept).update(weekly=[])
    booking = book(team, at(10), hold_token=held.token)
    assert booking.host != kept
    assert Occupancy.objects.get().host == booking.host
