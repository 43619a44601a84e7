"""The waitlist (semantics, 6): who waits is served in order, and nobody can jump."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.common.errors import InvalidState, ValidationFailed
from apps.common.idempotency import StoredAnswer
from apps.common.models import OutboxRow
from apps.events import errors
from apps.events.models import (
    Attendee,
    Booking,
    BookingAuditLog,
    CustomQuestion,
    Hold,
    Occupancy,
    WaitlistEntry,
)
from apps.events.selectors.slots import list_slots
from apps.events.services.event_types import archive_event_type
from apps.events.services.holds import FormHoldRequest, hold_for_form
from apps.events.services.waiting.claim import claim_offer
from apps.events.services.waiting.notify import notify_entry
from apps.events.services.waiting.pass_on import (
    decline_offer,
    expire_entry,
    lapse_offer,
    leave_waitlist,
)
from apps.events.services.waiting.sweep import sweep_waiting
from apps.events.services.waiting.terms import SHORTEST, end_of_offer
from apps.events.tests.waiting import DAY, again, cancel, claim, state_of, wait_for
from tests.cast import JONAS, NOW, add_hosts, at, book, join, make_event_type

pytestmark = pytest.mark.django_db

ACTIVE, NOTIFIED, CONVERTED, EXPIRED, LEFT = (
    "active",
    "notified",
    "converted",
    "expired",
    "cancelled",
)


@pytest.fixture
def call(ana):
    """One-on-one, with a waitlist; ten tomorrow is taken in the tests that say so."""
    return make_event_type(ana, enable_waitlist=True)


@pytest.fixture
def yoga(ana):
    return make_event_type(
        ana,
        name="Yoga",
        event_type_slug="yoga",
        kind="group",
        max_attendees=2,
        duration=60,
        enable_waitlist=True,
    )


TEN = at(10, days=1)


def _mails(entry: WaitlistEntry) -> list[str]:
    rows = OutboxRow.objects.filter(name="notifications.send_waiting_mail").order_by("id")
    notices = (row.payload["notice"] for row in rows)
    return [one["kind"] for one in notices if one["waiting_id"] == str(entry.pk)]


def _offered(event_type, **fields):
    """Somebody who was just offered ten o'clock tomorrow."""
    booked = book(event_type, TEN)
    entry = wait_for(event_type, TEN, **fields)
    cancel(booked)
    return again(entry)


def _free(event_type, now=NOW):
    return [slot.start for slot in list_slots(event_type, start=TEN, end=TEN + DAY / 2, now=now)]


# Joining.


def test_places_are_dense_in_the_order_of_joining(call):
    book(call, TEN)
    first = wait_for(call, TEN, "Ada", now=NOW)
    second = wait_for(call, TEN, "Bea", now=NOW + timedelta(seconds=1))
    third = wait_for(call, TEN, "Cid", now=NOW + timedelta(seconds=2))
    assert [state_of(one) for one in (first, second, third)] == [
        (ACTIVE, 1),
        (ACTIVE, 2),
        (ACTIVE, 3),
    ]
    leave_waitlist(entry=second, now=NOW)
    assert [state_of(one)[1] for one in (first, second, third)] == [1, None, 2]
    assert _mails(first) == ["joined"]


def test_lines_of_different_times_do_not_count_each_other(call):
    book(call, TEN)
    book(call, TEN + timedelta(minutes=30), invitee_email="other@example.net")
    early = wait_for(call, TEN, "Ada")
    late = wait_for(call, TEN + timedelta(minutes=30), "Bea")
    assert state_of(early)[1] == state_of(late)[1] == 1


def test_without_a_waitlist_nobody_joins(intro):
    book(intro, TEN)
    with pytest.raises(InvalidState, match="no waitlist"):
        wait_for(intro, TEN)


def test_a_free_time_is_to_be_booked_not_waited_for(call):
    with pytest.raises(InvalidState, match="free right now"):
        wait_for(call, TEN)
    with pytest.raises(InvalidState, match="free right now") as refused:
        wait_for(call, TEN, desired_end=TEN + DAY)
    assert len(refused.value.extra["alternatives"]) == 5


@pytest.mark.parametrize(
    ("start", "refusal"),
    [
        (at(7, days=1), errors.OutsideHours),
        (at(10, days=-1), errors.TooSoon),
        (at(10, days=91), errors.TooFar),
        (at(10, 7, days=1), errors.OffGrid),
    ],
)
def test_what_can_never_be_booked_is_not_waited_for(call, start, refusal):
    with pytest.raises(refusal):
        wait_for(call, start)
    assert not WaitlistEntry.objects.exists()


def test_a_span_needs_hours_and_at_most_31_days(call):
    sunday = at(0, days=6)
    with pytest.raises(errors.OutsideHours):
        wait_for(call, sunday, desired_end=sunday + DAY)
    with pytest.raises(ValidationFailed, match="31 days"):
        wait_for(call, TEN, desired_end=TEN + 32 * DAY)
    with pytest.raises(ValidationFailed, match="after the start"):
        wait_for(call, TEN, desired_end=TEN)
    with pytest.raises(errors.TooSoon):
        wait_for(call, NOW - DAY, desired_end=NOW)


def test_one_address_stands_in_one_line_once(call):
    book(call, TEN)
    first = wait_for(call, TEN, "Ada")
    with pytest.raises(InvalidState, match="already") as refused:
        wait_for(call, TEN, "Ada", invitee_email="ADA@example.net")
    assert str(first.token) not in str(refused.value.detail) + str(refused.value.extra)
    leave_waitlist(entry=first, now=NOW)
    assert state_of(wait_for(call, TEN, "Ada")) == (ACTIVE, 1)


def test_another_spelling_of_an_address_is_no_second_place(call):
    book(call, TEN)
    wait_for(call, TEN, "Ada", invitee_email="ada.lin@gmail.com")
    for spelling in ("Ada.Lin+2@gmail.com", "adalin@googlemail.com"):
        with pytest.raises(InvalidState, match="already"):
            wait_for(call, TEN, "Ada", invitee_email=spelling)
    assert state_of(wait_for(call, TEN, "Ann", invitee_email="ann@gmail.com")) == (ACTIVE, 2)


def test_waiting_ends_when_the_time_can_be_booked_no_more(ana):
    call = make_event_type(ana, enable_waitlist=True, min_scheduling_notice=90)
    book(call, TEN)
    assert wait_for(call, TEN, "Ada").expires_at == TEN - timedelta(minutes=90)
    late = wait_for(call, TEN, "Bea", expires_at=TEN + DAY)
    assert late.expires_at == TEN - timedelta(minutes=90)
    early = wait_for(call, TEN, "Cid", expires_at=NOW + timedelta(hours=1))
    assert early.expires_at == NOW + timedelta(hours=1)
    with pytest.raises(ValidationFailed, match="still to come"):
        wait_for(call, TEN, "Dan", expires_at=NOW)


# Being served.


def test_freed_time_is_held_for_the_first_in_line(call):
    booked = book(call, TEN)
    first = wait_for(call, TEN, "Ada")
    second = wait_for(call, TEN, "Bea", now=NOW + timedelta(seconds=1))
    cancel(booked)
    assert state_of(first) == (NOTIFIED, 1)
    assert state_of(second) == (ACTIVE, 2)
    offer = again(first).offer
    assert (offer.start_time, offer.purpose) == (TEN, "waitlist")
    assert again(first).offer_ends_at == NOW + timedelta(hours=2)
    assert TEN not in _free(call)
    assert _mails(first) == ["joined", "offered"]
    with pytest.raises(errors.SlotTaken):
        book(call, TEN)


def test_a_claim_turns_the_held_time_into_the_booking(call):
    entry = _offered(call)
    booking = claim(entry)
    assert (booking.start_time, booking.status) == (TEN, "confirmed")
    assert (booking.invitee_name, booking.created_from) == ("Wanda", "192.0.2.7")
    current = again(entry)
    assert state_of(entry) == (CONVERTED, None)
    assert (current.converted_booking, current.converted_at) == (booking, NOW)
    assert not Hold.objects.exists()
    assert [row.booking for row in Occupancy.objects.all()] == [booking]
    actions = BookingAuditLog.objects.filter(booking=booking).values_list("action", flat=True)
    assert list(actions) == ["booking_created", "waitlist_converted"]
    with pytest.raises(InvalidState, match="booked from this waitlist already"):
        claim(entry)


def test_a_claim_books_the_start_that_was_waited_for_and_no_series(ana):
    lesson = make_event_type(
        ana, enable_waitlist=True, duration=480, recurrence_type="weekly", max_occurrences=3
    )
    other = make_event_type(ana, name="Other", event_type_slug="other", duration=480)
    taken = book(other, at(9, days=1))
    entry = wait_for(lesson, at(9, days=1))
    cancel(taken)
    booked = claim(entry)
    assert booked.start_time == at(9, days=1)
    assert Booking.objects.filter(event_type=lesson).count() == 1
    assert not Hold.objects.exists()


def test_a_claim_of_the_former_offer_does_not_lose_the_present_one(ana):
    """Declined in another tab, and offered another time since: the page is not up to date."""
    whole_day = make_event_type(ana, enable_waitlist=True, duration=480)
    first, second = (book(whole_day, at(9, days=day)) for day in (1, 2))
    entry = wait_for(whole_day, at(0, days=1), desired_end=at(0, days=3))
    cancel(first)
    old = again(entry)
    decline_offer(entry=again(entry), now=NOW)
    cancel(second)
    present = again(entry).offer
    assert present.start_time != old.offer.start_time
    with pytest.raises(errors.OfferExpired):
        claim_offer(
            entry=old,
            actor=JONAS,
            now=NOW,
            answer=lambda booking, changed: StoredAnswer(200, {"id": str(booking.pk)}),
        )
    assert (again(entry).status, again(entry).offer) == ("notified", present)


def test_a_claimed_offer_needs_no_confirmation(ana):
    call = make_event_type(ana, enable_waitlist=True, requires_confirmation=True)
    assert claim(_offered(call)).status == "confirmed"


def test_a_visitor_who_turns_to_another_time_leaves_theirs_to_who_waits(call):
    def hold(start, token=None):
        request = FormHoldRequest(
            organizer_slug=call.organizer.slug,
            event_type_slug=call.event_type_slug,
            start=start,
            client="203.0.113.7",
            hold_token=token,
        )
        return hold_for_form(request=request, now=NOW)

    held = hold(TEN)
    entry = wait_for(call, TEN)
    hold(TEN + timedelta(hours=2), held.token)
    assert state_of(entry) == (NOTIFIED, 1)
    assert again(entry).offer.start_time == TEN


def test_a_declined_offer_goes_to_the_next_at_once(call):
    booked = book(call, TEN)
    first, second = wait_for(call, TEN, "Ada"), wait_for(call, TEN, "Bea", now=NOW + DAY / 48)
    later = NOW + DAY / 24
    cancel(booked, now=later)
    decline_offer(entry=again(first), now=later)
    assert state_of(first) == (ACTIVE, 2)
    assert state_of(second) == (NOTIFIED, 1)
    with pytest.raises(InvalidState, match="no offer"):
        decline_offer(entry=again(first), now=later)


def test_whoever_declines_alone_leaves_the_time_to_everybody(call):
    entry = _offered(call)
    decline_offer(entry=entry, now=NOW)
    assert state_of(entry) == (ACTIVE, 1)
    assert TEN in _free(call)


def test_an_offer_that_ends_goes_to_the_next_and_back_to_the_end_of_the_line(call):
    booked = book(call, TEN)
    first, second = wait_for(call, TEN, "Ada"), wait_for(call, TEN, "Bea", now=NOW)
    cancel(booked)
    end = again(first).offer_ends_at
    assert not lapse_offer(entry=again(first), now=end - timedelta(seconds=1))
    with pytest.raises(errors.OfferExpired):
        claim(first, now=end)
    # Until it has been passed on nobody else gets in between.
    assert TEN not in _free(call, now=end)
    assert lapse_offer(entry=again(first), now=end)
    assert state_of(first) == (ACTIVE, 2)
    assert state_of(second) == (NOTIFIED, 1)
    assert _mails(first) == ["joined", "offered", "lapsed"]
    with pytest.raises(errors.SlotTaken):
        claim(first, now=end)


def test_leaving_with_an_offer_passes_it_on(call):
    booked = book(call, TEN)
    first, second = wait_for(call, TEN, "Ada"), wait_for(call, TEN, "Bea", now=NOW)
    cancel(booked)
    leave_waitlist(entry=again(first), now=NOW)
    assert state_of(first) == (LEFT, None)
    assert state_of(second) == (NOTIFIED, 1)
    with pytest.raises(InvalidState, match="not on this waitlist"):
        claim(first)


def test_several_freed_seats_serve_several(yoga):
    seats = [join(yoga, TEN, "Jo"), join(yoga, TEN, "Kim")]
    waiting = [
        wait_for(yoga, TEN, name, now=NOW + timedelta(seconds=number))
        for number, name in enumerate(("Ada", "Bea", "Cid"))
    ]
    for seat in seats[:1]:
        cancel(seat)
    assert [state_of(one) for one in waiting] == [(NOTIFIED, 1), (ACTIVE, 2), (ACTIVE, 3)]
    cancel(seats[1])
    assert [state_of(one) for one in waiting] == [(NOTIFIED, 1), (NOTIFIED, 2), (ACTIVE, 3)]
    with pytest.raises((errors.Full, errors.SlotTaken)):
        join(yoga, TEN, "Lou")
    for one in waiting[:2]:
        claim(one)
    session = Booking.objects.get(status="confirmed", event_type=yoga)
    assert (session.attendee_count, session.held_seats) == (2, 0)
    names = Attendee.objects.filter(booking=session).exclude(status="cancelled")
    assert sorted(names.values_list("name", flat=True)) == ["Ada", "Bea"]


def test_a_cancelled_session_serves_as_many_as_it_had_seats(yoga):
    join(yoga, TEN, "Jo")
    join(yoga, TEN, "Kim")
    waiting = [
        wait_for(yoga, TEN, name, now=NOW + timedelta(seconds=number))
        for number, name in enumerate(("Ada", "Bea", "Cid"))
    ]
    cancel(Booking.objects.get())
    assert [state_of(one)[0] for one in waiting] == [NOTIFIED, NOTIFIED, ACTIVE]


def test_who_waits_for_a_whole_day_gets_the_first_start_that_frees(ana):
    call = make_event_type(ana, enable_waitlist=True, duration=480)
    booked = book(call, at(9, days=1))
    midnight = at(0, days=1)
    entry = wait_for(call, midnight, desired_end=midnight + DAY)
    cancel(booked)
    assert again(entry).offer.start_time == at(9, days=1)


def test_lines_that_overlap_are_served_by_who_queued_first(ana):
    call = make_event_type(ana, enable_waitlist=True, duration=480)
    booked = book(call, at(9, days=1))
    midnight = at(0, days=1)
    whole = wait_for(call, midnight, "Bea", desired_end=midnight + DAY)
    exact = wait_for(call, at(9, days=1), "Ada")
    cancel(booked)
    assert (state_of(whole)[0], state_of(exact)[0]) == (NOTIFIED, ACTIVE)


def test_time_of_another_event_type_serves_too(ana, call):
    other = make_event_type(ana, name="Other", event_type_slug="other", duration=60)
    booked = book(other, TEN)
    entry = wait_for(call, TEN + timedelta(minutes=30))
    cancel(booked)
    assert state_of(entry) == (NOTIFIED, 1)


def test_a_team_whose_people_are_not_all_locked_is_served_right_afterwards(ana, charlie):
    team = make_event_type(
        ana, name="Team", event_type_slug="team", kind="collective", enable_waitlist=True
    )
    add_hosts(team, ana, charlie)
    own = make_event_type(charlie, name="Own", event_type_slug="own")
    booked = book(own, TEN)
    entry = wait_for(team, TEN)
    cancel(booked)
    assert state_of(entry)[0] == ACTIVE
    row = OutboxRow.objects.get(name="events.serve_waiting")
    _run(row)
    assert state_of(entry) == (NOTIFIED, 1)
    assert Occupancy.objects.filter(hold=again(entry).offer).count() == 2


def test_a_round_robin_serves_with_the_host_who_was_freed(ana, charlie):
    team = make_event_type(
        ana, name="Turns", event_type_slug="turns", kind="round_robin", enable_waitlist=True
    )
    add_hosts(team, ana, charlie)
    booked = book(team, TEN)
    book(team, TEN, invitee_email="k@example.net")
    entry = wait_for(team, TEN)
    cancel(booked)
    assert state_of(entry) == (NOTIFIED, 1)
    held = Occupancy.objects.get(hold=again(entry).offer)
    assert held.host_id == booked.host_id
    assert claim(entry).host_id == booked.host_id


def test_who_wants_no_offers_sees_that_it_is_free_and_claims(call):
    entry = _offered(call, notify_when_available=False)
    assert state_of(entry) == (ACTIVE, 1)
    assert TEN in _free(call)
    assert claim(entry).start_time == TEN
    assert state_of(entry) == (CONVERTED, None)


def test_somebody_in_line_cannot_claim_what_is_offered_to_another(call):
    booked = book(call, TEN)
    first, second = wait_for(call, TEN, "Ada"), wait_for(call, TEN, "Bea", now=NOW)
    cancel(booked)
    with pytest.raises(errors.SlotTaken):
        claim(second)
    assert state_of(second) == (ACTIVE, 2)
    assert claim(first).start_time == TEN


def test_freeing_time_costs_one_query_when_nobody_waits(call):
    booked = book(call, TEN)
    with CaptureQueriesContext(connection) as captured:
        cancel(booked)
    asked = [query["sql"] for query in captured if "waitlistentry" in query["sql"]]
    assert len(asked) == 1


def test_what_is_offered_counts_towards_limits(ana):
    call = make_event_type(ana, enable_waitlist=True, max_bookings_per_day=1)
    booked = book(call, TEN)
    first = wait_for(call, TEN, "Ada")
    second = wait_for(call, TEN + DAY / 24, "Bea")
    cancel(booked)
    assert [state_of(one)[0] for one in (first, second)] == [NOTIFIED, ACTIVE]
    # Another start of the day would leave the offer worth nothing.
    with pytest.raises(errors.LimitReached):
        book(call, TEN + DAY / 12)
    assert claim(first).start_time == TEN


# How long offers stand.


def test_offers_are_shortened_near_the_start(call):
    call.waitlist_offer_minutes = 120
    assert end_of_offer(call, start=TEN, now=TEN - 3 * DAY) == TEN - 3 * DAY + DAY / 12
    hour_left = TEN - timedelta(minutes=61)
    assert end_of_offer(call, start=TEN, now=hour_left) == hour_left + timedelta(minutes=30)
    little = TEN - timedelta(minutes=7)
    assert end_of_offer(call, start=TEN, now=little) == little + SHORTEST
    assert end_of_offer(call, start=TEN, now=TEN - timedelta(minutes=5)) is None
    call.min_scheduling_notice = 60
    assert end_of_offer(call, start=TEN, now=hour_left) is None


def test_an_offer_ends_before_its_reader_stops_waiting(call):
    entry = _offered(call, expires_at=NOW + timedelta(minutes=41))
    assert entry.offer_ends_at == NOW + timedelta(minutes=20)


# Sweeping.


def test_time_that_became_free_otherwise_is_offered_by_the_sweeper(ana, call):
    booked = book(call, TEN)
    first = wait_for(call, TEN, "Ada")
    Occupancy.objects.filter(booking=booked).delete()
    Booking.objects.filter(pk=booked.pk).update(status="cancelled")
    assert sweep_waiting(now=NOW) == 1
    assert state_of(first) == (NOTIFIED, 1)
    assert sweep_waiting(now=NOW) == 0


def test_the_sweeper_locks_nobody_where_nothing_is_free(call):
    book(call, TEN)
    wait_for(call, TEN)
    with CaptureQueriesContext(connection) as queries:
        assert sweep_waiting(now=NOW) == 0
    begun = [one for one in queries if "SAVEPOINT" in one["sql"] or "FOR NO KEY" in one["sql"]]
    assert begun == []


def test_the_sweeper_ends_offers_and_waits(call):
    booked = book(call, TEN)
    first, second = wait_for(call, TEN, "Ada"), wait_for(call, TEN, "Bea", now=NOW)
    cancel(booked)
    end = again(first).offer_ends_at
    sweep_waiting(now=end)
    assert [state_of(one)[0] for one in (first, second)] == [ACTIVE, NOTIFIED]
    sweep_waiting(now=TEN)
    assert [state_of(one)[0] for one in (first, second)] == [EXPIRED, EXPIRED]
    assert _mails(first)[-1] == _mails(second)[-1] == "expired"
    assert not expire_entry(entry=again(first), now=TEN)


def test_who_did_not_answer_does_not_keep_the_time_from_everybody(call):
    entry = _offered(call)
    end = entry.offer_ends_at
    lapse_offer(entry=entry, now=end)
    assert TEN in _free(call, now=end)
    sweep_waiting(now=end + timedelta(minutes=1))
    assert state_of(entry) == (ACTIVE, 1)
    sweep_waiting(now=end + timedelta(minutes=121))
    assert state_of(entry) == (NOTIFIED, 1)


def test_offers_to_one_person_are_bounded(call):
    entry = _offered(call)
    WaitlistEntry.objects.update(offers_made=5)
    now = again(entry).offer_ends_at
    lapse_offer(entry=again(entry), now=now)
    sweep_waiting(now=now + timedelta(hours=5))
    assert state_of(entry) == (ACTIVE, 1)
    assert claim(entry, now=now).start_time == TEN


# The organizer.


def test_the_organizer_offers_out_of_turn(yoga):
    seats = [join(yoga, TEN, "Jo"), join(yoga, TEN, "Kim")]
    first = wait_for(yoga, TEN, "Ada", notify_when_available=False)
    second = wait_for(yoga, TEN, "Bea", notify_when_available=False, now=NOW + DAY / 48)
    with pytest.raises(InvalidState, match="Nothing that they wait for is free"):
        notify_entry(entry=again(second), now=NOW + DAY / 24)
    cancel(seats[0], now=NOW + DAY / 24)
    notify_entry(entry=again(second), now=NOW + DAY / 24)
    assert (state_of(second), state_of(first)) == ((NOTIFIED, 1), (ACTIVE, 2))


def test_an_archived_event_type_ends_its_lines(call):
    entry = _offered(call)
    archive_event_type(organizer_id=call.organizer_id, event_type_id=call.pk, now=NOW)
    assert state_of(entry) == (LEFT, None)
    assert not Hold.objects.exists()
    assert _mails(entry)[-1] == "left"


def test_switching_the_waitlist_off_serves_who_waits_already(call):
    booked = book(call, TEN)
    entry = wait_for(call, TEN)
    call.enable_waitlist = False
    call.save()
    cancel(booked)
    assert state_of(entry) == (NOTIFIED, 1)
    with pytest.raises(InvalidState, match="no waitlist"):
        wait_for(call, TEN, "Bea")


def test_a_paused_event_type_serves_nobody(call):
    entry = _offered(call)
    call.is_active = False
    call.save()
    with pytest.raises(InvalidState, match="takes no bookings"):
        claim(entry)
    decline_offer(entry=again(entry), now=NOW)
    assert sweep_waiting(now=NOW + DAY / 4) == 0
    call.is_active = True
    call.save()
    assert sweep_waiting(now=NOW + DAY / 4) == 1


def test_a_changed_set_of_questions_keeps_nobody_from_claiming(call):
    entry = _offered(call)
    CustomQuestion.objects.create(
        event_type=call, question_text="Why?", question_type="text", is_required=True
    )
    assert claim(entry).start_time == TEN


def _run(row: OutboxRow) -> None:
    from apps.common.outbox import EffectContext
    from apps.events.services.waiting import effects

    context = EffectContext(
        row_id=row.pk,
        name=row.name,
        idempotency_key=row.idempotency_key,
        attempt=1,
        request_id="",
        now=NOW,
    )
    getattr(effects, row.name.removeprefix("events."))(row.payload, context=context)
