"""Bookings that the organizer has to confirm: asking, confirming, declining, running out, moving."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.core import mail

from apps.common.errors import InvalidState
from apps.common.housekeeping import run_chores
from apps.common.models import OutboxRow
from apps.common.outbox.draining import drain
from apps.events.actors import Actor
from apps.events.errors import LimitReached, SlotTaken
from apps.events.models import Booking, BookingAuditLog, BookingStatus, Occupancy
from apps.events.models.audit import ActorType
from apps.events.request_effects import EXPIRE
from apps.events.services.bookings import (
    cancel_booking,
    regenerate_access_token,
    reschedule_booking,
    update_booking,
)
from apps.events.services.requests.confirm import confirm_request
from apps.events.services.requests.expire import expire_request, expire_requests
from apps.events.services.requests.first_state import first_state
from apps.events.services.requests.reject import reject_request
from tests.cast import ALWAYS, JONAS, NOW, add_hosts, at, book, make_event_type, make_host
from tests.races import run_at_once

ORGANIZER = Actor(ActorType.ORGANIZER, "Ana Duarte", "ana@example.com")

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(ana):
    """Ana confirms each of these herself; a request holds its time."""
    return make_event_type(
        ana, name="Consultation", event_type_slug="consult", requires_confirmation=True
    )


@pytest.fixture
def open_asking(asking):
    """The same, but requests hold no time."""
    asking.pending_holds_slot = False
    asking.save()
    return asking


def confirm(booking, now=NOW):
    return confirm_request(booking=booking, actor=ORGANIZER, now=now)


def reject(booking, reason="", now=NOW):
    return reject_request(booking=booking, reason=reason, actor=ORGANIZER, now=now)


def move(booking, start, *, actor=JONAS, now=NOW):
    return reschedule_booking(booking=booking, start=start, actor=actor, now=now)


def send_mails():
    """Send what is waiting. `NOW` is long past, so requests would end at once; their ends wait."""
    OutboxRow.objects.filter(name=EXPIRE).delete()
    drain()


def mails_to(address):
    """What was sent to `address` so far, as (subject, text, calendar method or None)."""
    send_mails()
    sent = [message for message in mail.outbox if address in message.to[0]]
    return [(message.subject, message.body, _method(message)) for message in sent]


def _method(message):
    types = [part.mimetype for part in message.alternatives]
    found = [kind.partition("method=")[2] for kind in types if "text/calendar" in kind]
    return found[0] if found else None


def actions(booking):
    return list(BookingAuditLog.objects.filter(booking=booking).values_list("action", flat=True))


# --- Asking


def test_a_request_waits_and_holds_its_time(asking):
    asked = book(asking, at(10))
    assert asked.status == "pending"
    assert asked.request_expires_at == at(10)  # the start comes before the 48 hours are over
    assert Occupancy.objects.filter(booking=asked).exists()
    with pytest.raises(SlotTaken):
        book(asking, at(10), invitee_email="other@example.net")
    assert actions(asked) == ["booking_requested"]


def test_an_answer_is_due_after_so_many_minutes(asking):
    asking.request_expires_minutes = 60
    assert first_state(asking, at(10), NOW).request_expires_at == NOW + timedelta(minutes=60)
    assert first_state(asking, at(8, 30), NOW).request_expires_at == at(8, 30)


def test_only_what_is_near_needs_confirmation(asking):
    asking.confirmation_within_minutes = 120
    assert first_state(asking, at(9, 59), NOW).status == "pending"
    assert first_state(asking, at(10), NOW).status == "confirmed"
    asking.requires_confirmation = False
    assert first_state(asking, at(9, 59), NOW).status == "confirmed"


def test_without_a_hold_two_may_ask_for_one_time(open_asking):
    first = book(open_asking, at(10))
    second = book(open_asking, at(10), invitee_email="second@example.net")
    assert {first.status, second.status} == {"pending"}
    assert not Occupancy.objects.exists()


def test_limits_count_requests(open_asking):
    open_asking.max_bookings_per_day = 1
    open_asking.save()
    book(open_asking, at(10))
    with pytest.raises(LimitReached):
        book(open_asking, at(12))


def test_nobody_gets_a_calendar_message_before_it_is_confirmed(asking):
    asked = book(asking, at(10))
    [(subject, text, method)] = mails_to("jonas@keller.example")
    assert subject.startswith("Request: ")
    assert "We have asked Ana Duarte" in text
    assert method is None
    [(subject, text, method)] = mails_to("ana@example.com")
    assert subject.startswith("Request: ")
    assert f"/bookings/{asked.pk}" in text
    assert "Confirm or decline" in text
    assert str(asked.access_token) not in text
    assert method is None


def test_nor_with_a_new_link_or_another_address(asking):
    asked = book(asking, at(10))
    regenerate_access_token(booking=asked, actor=ORGANIZER, now=NOW)
    update_booking(
        booking=asked, changes={"invitee_email": "new@example.net"}, actor=ORGANIZER, now=NOW
    )
    told = mails_to("jonas@keller.example") + mails_to("new@example.net")
    assert [(subject.split(":")[0], method) for subject, _, method in told] == [
        ("Request", None)
    ] * 3


# --- Confirming


def test_confirming_sends_the_invitation(asking):
    asked = book(asking, at(10))
    send_mails()
    mail.outbox.clear()
    done = confirm(asked)
    assert (done.status, done.request_expires_at) == ("confirmed", None)
    [(subject, _, method)] = mails_to("jonas@keller.example")
    assert (subject.split(":")[0], method) == ("Confirmed", "REQUEST")
    [(_, text, method)] = mails_to("ana@example.com")
    assert "Ana Duarte confirmed the request of Jonas Keller." in text
    assert method == "PUBLISH"
    assert actions(asked) == ["booking_requested", "booking_confirmed"]


def test_confirming_takes_the_time_where_it_was_not_held(open_asking):
    asked = book(open_asking, at(10))
    confirm(asked)
    assert Occupancy.objects.get().booking_id == asked.pk
    with pytest.raises(SlotTaken):
        book(open_asking, at(10))


def test_whoever_is_confirmed_second_is_asked_for_another_time(open_asking):
    first = book(open_asking, at(10))
    second = book(open_asking, at(10), invitee_email="second@example.net")
    confirm(first)
    send_mails()
    mail.outbox.clear()
    with pytest.raises(SlotTaken) as lost:
        confirm(second)
    assert lost.value.extra["reasons"] == ["booked"]
    assert "2026-03-02T10:30:00Z" in lost.value.extra["alternatives"]
    second.refresh_from_db()
    assert (second.status, second.repick_asked_at) == ("pending", NOW)
    [(subject, text, method)] = mails_to("second@example.net")
    assert subject.startswith("Choose another time")
    assert f"/booking/{second.access_token}/manage/move" in text
    assert method is None
    assert not mails_to("ana@example.com")
    assert actions(second) == ["booking_requested", "booking_repick_asked"]
    # Trying again asks nobody again.
    with pytest.raises(SlotTaken):
        confirm(second)
    assert len(mails_to("second@example.net")) == 1


def test_a_new_time_is_asked_for_again_and_can_be_confirmed(open_asking):
    open_asking.max_reschedules = 0
    open_asking.change_cutoff_minutes = 24 * 60
    open_asking.save()
    first = book(open_asking, at(10))
    second = book(open_asking, at(10), invitee_email="second@example.net")
    confirm(first)
    with pytest.raises(SlotTaken):
        confirm(second)
    second.refresh_from_db()
    again = move(second, at(12))
    assert (again.status, again.repick_asked_at, again.reschedule_count) == ("pending", None, 0)
    assert confirm(again).status == "confirmed"
    assert Occupancy.objects.filter(booking=again, starts_at=at(12)).exists()


def test_the_organizers_word_stands_above_notice_and_hours(open_asking):
    asked = book(open_asking, at(10))
    open_asking.min_scheduling_notice = 24 * 60
    open_asking.save()
    assert confirm(asked).status == "confirmed"


@pytest.mark.parametrize("answer", [confirm, reject])
def test_an_answer_is_given_once_and_in_time(asking, answer):
    asked = book(asking, at(10))
    with pytest.raises(InvalidState, match="expired"):
        answer(asked, now=at(10))
    reject(asked)
    with pytest.raises(InvalidState):
        answer(Booking.objects.get(pk=asked.pk))
    with pytest.raises(InvalidState):
        answer(asked)  # as it was seen before


def test_what_is_confirmed_at_once_has_nothing_to_answer(intro):
    booking = book(intro, at(10))
    with pytest.raises(InvalidState):
        confirm(booking)
    with pytest.raises(InvalidState):
        reject(booking)


def test_where_hosts_take_turns_the_next_one_takes_it(ana):
    bob, cleo = make_host("bob", "Bob Team"), make_host("cleo", "Cleo Team")
    turns = add_hosts(
        make_event_type(
            ana, kind="round_robin", requires_confirmation=True, pending_holds_slot=False
        ),
        bob,
        cleo,
    )
    asked = [book(turns, at(10)) for _ in range(3)]
    confirmed = [confirm(one) for one in asked[:2]]
    assert {one.host for one in confirmed} == {bob, cleo}
    with pytest.raises(SlotTaken):
        confirm(asked[2])
    assert set(Occupancy.objects.values_list("host", flat=True)) == {bob.pk, cleo.pk}


def test_nobody_takes_turns_with_a_host_who_attends_every_booking(ana, intro):
    bob, cleo, dan = (make_host(slug, slug.title()) for slug in ("bob", "cleo", "dan"))
    turns = make_event_type(
        ana,
        name="With Ana",
        event_type_slug="with-ana",
        kind="round_robin",
        requires_confirmation=True,
        pending_holds_slot=False,
    )
    add_hosts(turns, ana, required=True)
    add_hosts(turns, bob, cleo, dan)
    asked = book(turns, at(10))
    book(intro, at(10))
    with pytest.raises(SlotTaken):
        confirm(asked)
    asked.refresh_from_db()
    assert asked.host == bob
    assert actions(asked) == ["booking_requested", "booking_repick_asked"]


# --- Declining, withdrawing and running out


def test_declining_frees_the_time_and_tells_why(asking):
    asked = book(asking, at(10))
    send_mails()
    mail.outbox.clear()
    done = reject(asked, " I am away. ")
    assert (done.status, done.cancellation_reason, done.cancelled_by) == (
        "rejected",
        "I am away.",
        "organizer",
    )
    [(subject, text, method)] = mails_to("jonas@keller.example")
    assert subject.startswith("Declined: ")
    assert "I am away." in text
    assert "/ana/consult" in text
    assert method is None
    assert not Occupancy.objects.exists()
    assert book(asking, at(10)).status == "pending"
    assert actions(asked) == ["booking_requested", "booking_rejected"]


def test_an_invitee_may_withdraw_a_request_after_the_cut_off(asking):
    asking.change_cutoff_minutes = 24 * 60
    asking.save()
    asked = book(asking, at(10))
    send_mails()
    mail.outbox.clear()
    done = cancel_booking(booking=asked, cancelled_by="invitee", reason="", actor=JONAS, now=NOW)
    assert done.status == "cancelled"
    assert not Occupancy.objects.exists()
    # Nothing of it was in a calendar.
    [(subject, _, method)] = mails_to("jonas@keller.example")
    assert (subject.split(":")[0], method) == ("Cancelled", None)


def test_a_request_that_nobody_answers_ends(asking):
    asking.request_expires_minutes = 15
    asking.save()
    asked = book(asking, at(10))
    due = NOW + timedelta(minutes=15)
    assert not expire_request(booking_id=asked.pk, now=due - timedelta(seconds=1))
    send_mails()
    mail.outbox.clear()
    assert expire_request(booking_id=asked.pk, now=due)
    asked.refresh_from_db()
    assert (asked.status, asked.cancelled_by) == ("expired", "system")
    assert not Occupancy.objects.exists()
    for address in ("jonas@keller.example", "ana@example.com"):
        [(subject, _, method)] = mails_to(address)
        assert subject.startswith("Not answered: ")
        assert method is None
    assert not expire_request(booking_id=asked.pk, now=due)
    assert actions(asked) == ["booking_requested", "booking_expired"]


def test_its_end_is_a_row_with_a_due_time(asking):
    asking.request_expires_minutes = 15
    asking.save()
    asked = book(asking, at(10))
    row = OutboxRow.objects.get(name=EXPIRE)
    assert row.run_at == asked.request_expires_at == NOW + timedelta(minutes=15)
    # NOW is long past, so the dispatcher finds it due.
    drain()
    asked.refresh_from_db()
    assert asked.status == "expired"


def test_the_chore_ends_what_the_row_missed(asking, intro):
    asked = book(asking, at(10))
    other = book(intro, at(12))
    OutboxRow.objects.all().delete()
    assert expire_requests(now=at(9, 59)) == 0
    run_chores(now=at(10))
    asked.refresh_from_db()
    other.refresh_from_db()
    assert (asked.status, other.status) == ("expired", "confirmed")


def test_what_was_confirmed_or_moved_does_not_end(asking):
    asking.request_expires_minutes = 15
    asking.save()
    kept, moved = book(asking, at(10)), book(asking, at(12))
    confirm(kept)
    move(moved, at(14), now=NOW + timedelta(minutes=10))
    assert expire_requests(now=NOW + timedelta(minutes=15)) == 0
    assert expire_requests(now=NOW + timedelta(minutes=25)) == 1


@pytest.mark.parametrize("state", ["expired", "rejected"])
def test_a_request_that_is_over_stays_over(asking, state):
    asked = book(asking, at(10))
    if state == "expired":
        expire_request(booking_id=asked.pk, now=at(10))
    else:
        reject(asked)
    asked.refresh_from_db()
    for status in BookingStatus.values:
        with pytest.raises(InvalidState):
            asked.move_to(status)
    assert not asked.can_be_cancelled(NOW)
    assert not asked.can_be_rescheduled(NOW)


# --- Moving


def test_an_invitee_who_moves_asks_again(asking):
    agreed = confirm(book(asking, at(10)))
    send_mails()
    mail.outbox.clear()
    asked = move(agreed, at(12))
    assert (asked.status, asked.request_expires_at, asked.pk) == ("pending", at(12), agreed.pk)
    assert asked.rescheduled_from.start_time == at(10)
    assert asked.rescheduled_from.status == "rescheduled"
    assert Occupancy.objects.get().starts_at == at(12)
    [(subject, text, method)] = mails_to("jonas@keller.example")
    assert (subject.split(":")[0], method) == ("Request", "CANCEL")  # the old time stands no more
    assert "Was: " in text
    confirm(asked)
    assert mails_to("jonas@keller.example")[-1][2] == "REQUEST"
    rows = BookingAuditLog.objects.filter(booking=asked, action="booking_rescheduled")
    assert rows.get().new_values["status"] == "pending"


def test_where_requests_hold_nothing_a_move_gives_the_time_up(open_asking):
    agreed = confirm(book(open_asking, at(10)))
    asked = move(agreed, at(12))
    assert asked.status == "pending"
    assert not Occupancy.objects.exists()


def test_a_move_to_a_time_that_needs_no_confirmation_is_agreed_at_once(asking):
    asking.confirmation_within_minutes = 24 * 60
    asking.save()
    asked = book(asking, at(10))
    send_mails()
    mail.outbox.clear()
    moved = move(asked, at(10, days=2))
    assert (moved.status, moved.request_expires_at) == ("confirmed", None)
    [(subject, _, method)] = mails_to("jonas@keller.example")
    assert (subject.split(":")[0], method) == ("Confirmed", "REQUEST")


def test_the_organizer_moves_without_asking(asking):
    agreed = confirm(book(asking, at(10)))
    moved = move(agreed, at(12), actor=ORGANIZER)
    assert (moved.status, moved.reschedule_count) == ("confirmed", 0)


def test_a_request_that_the_organizer_moves_is_confirmed(open_asking):
    asked = book(open_asking, at(10))
    moved = move(asked, at(12), actor=ORGANIZER)
    assert moved.status == "confirmed"
    assert Occupancy.objects.get().starts_at == at(12)
    assert moved.rescheduled_from is None  # nothing was agreed before


# --- The organizer's calls


@time_machine.travel(NOW, tick=False)
def test_confirm_and_reject_over_http(ana_client, asking):
    first, second = book(asking, at(10)), book(asking, at(12))
    url = "/api/v1/events/bookings"
    confirmed = ana_client.post(f"{url}/{first.pk}/confirm/", {}, "application/json")
    assert (confirmed.status_code, confirmed.json()["status"]) == (200, "confirmed")
    again = ana_client.post(f"{url}/{first.pk}/confirm/", {}, "application/json")
    assert (again.status_code, again.json()["code"]) == (409, "invalid_state")
    body = {"reason": "No room"}
    rejected = ana_client.post(f"{url}/{second.pk}/reject/", body, "application/json")
    assert (rejected.status_code, rejected.json()["status"]) == (200, "rejected")
    assert rejected.json()["cancellation_reason"] == "No room"
    for status, count in (("pending", 0), ("confirmed", 1), ("rejected", 1), ("expired", 0)):
        listed = ana_client.get(f"{url}/?status={status}").json()["results"]
        assert len(listed) == count


def test_confirming_a_strangers_request_is_not_found(client, charlie, asking):
    asked = book(asking, at(10))
    client.force_login(charlie)
    for action in ("confirm", "reject"):
        answer = client.post(
            f"/api/v1/events/bookings/{asked.pk}/{action}/", {}, "application/json"
        )
        assert answer.status_code == 404


# --- Several at once


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_of_two_confirms_at_once_one_wins():
    ana = make_host(weekly=ALWAYS)
    event_type = make_event_type(ana, requires_confirmation=True, pending_holds_slot=False)
    for day in range(1, 21):
        first = book(event_type, at(10, days=day))
        second = book(event_type, at(10, days=day), invitee_email="second@example.net")
        outcomes = run_at_once(
            partial(confirm, first),
            partial(confirm, second),
            done="confirmed",
            refused={SlotTaken: "lost"},
        )
        assert sorted(outcomes) == ["confirmed", "lost"]
        states = sorted(
            Booking.objects.filter(pk__in=[first.pk, second.pk]).values_list(
                "status", "repick_asked_at"
            )
        )
        assert states == [("confirmed", None), ("pending", NOW)]
        assert Occupancy.objects.filter(starts_at=at(10, days=day)).count() == 1


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_confirm_decline_and_withdrawal_at_once_leave_one_answer():
    ana = make_host(weekly=ALWAYS)
    event_type = make_event_type(ana, requires_confirmation=True)
    for day in range(1, 8):
        asked = book(event_type, at(10, days=day))
        Booking.objects.filter(pk=asked.pk).update(request_expires_at=NOW + timedelta(hours=1))
        outcomes = run_at_once(
            partial(confirm, asked),
            partial(reject, asked),
            partial(
                cancel_booking,
                booking=asked,
                cancelled_by="invitee",
                reason="",
                actor=JONAS,
                now=NOW,
            ),
            done="done",
            refused={InvalidState: "too late"},
        )
        asked.refresh_from_db()
        rows = BookingAuditLog.objects.filter(booking=asked)
        assert asked.status in {"confirmed", "rejected", "cancelled"}
        # A confirmed one may still be cancelled; each row in the chain is one that was done.
        assert rows.count() == 1 + outcomes.count("done")
        assert Occupancy.objects.filter(booking=asked).count() == int(asked.status == "confirmed")
