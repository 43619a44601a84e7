"""Personal data goes by itself when its time is over."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from apps.common.models import OutboxRow
from apps.events.models import (
    Attendee,
    AuditAction,
    Booking,
    BookingAuditLog,
    CustomQuestion,
    EventType,
    WaitlistEntry,
)
from apps.events.services.audit import verify_audit
from apps.events.services.bookings import reschedule_booking
from apps.events.services.bookings.audit import record
from apps.events.services.privacy import Expired, expire_now_and_then, expire_personal_data
from tests.cast import JONAS, NOW, at, book, join, make_event_type
from tests.taint import find_texts

pytestmark = pytest.mark.django_db


def days(count):
    return at(10, 30) + timedelta(days=count)


@pytest.fixture
def brief(ana):
    return make_event_type(ana, retention_days=30)


def test_bookings_are_erased_so_long_after_their_end(brief, ana):
    book(brief, at(10))
    kept = book(make_event_type(ana, name="Kept", event_type_slug="kept"), at(11))
    assert expire_personal_data(now=days(30) - timedelta(minutes=1)) == Expired()
    assert expire_personal_data(now=days(30), dry_run=True) == Expired(bookings=1)
    assert Booking.objects.filter(erased_at__isnull=False).count() == 0
    assert expire_personal_data(now=days(30)) == Expired(bookings=1)
    assert expire_personal_data(now=days(30)) == Expired()
    assert Booking.objects.get(erased_at__isnull=True) == kept
    assert Booking.objects.get(invitee_email="jonas@keller.example") == kept
    last = BookingAuditLog.objects.order_by("-id").first()
    assert (last.action, last.actor_type) == (AuditAction.ERASED, "system")
    assert verify_audit().is_whole


def test_a_booking_that_moved_ahead_keeps_its_former_times(brief):
    booking = book(brief, at(10))
    reschedule_booking(booking=booking, start=at(10, days=21), actor=JONAS, now=NOW)
    assert expire_personal_data(now=days(40)) == Expired()
    assert expire_personal_data(now=days(51)) == Expired(bookings=1)
    assert find_texts(["jonas@keller.example"]) == set()


def test_as_many_event_types_as_there_are_may_keep_data_for_a_time(brief, ana):
    many = [
        EventType(
            organizer=ana,
            name=f"Type {number}",
            event_type_slug=f"type-{number}",
            duration=30,
            retention_days=30,
        )
        for number in range(1100)
    ]
    EventType.objects.bulk_create(many)
    book(brief, at(10))
    assert expire_personal_data(now=days(30)) == Expired(bookings=1)


def test_what_cannot_be_erased_keeps_nothing_else(brief):
    broken, *others = [book(brief, at(hour)) for hour in (10, 11, 12)]
    OutboxRow.objects.create(
        name="notifications.send_booking_mail",
        payload={"notice": "not as any version wrote it", "audience": "host"},
        idempotency_key=f"mail:{broken.pk}:host:x",
        run_at=NOW,
        created_at=NOW,
    )
    assert expire_personal_data(now=days(31)) == Expired(bookings=2, failed=1)
    assert set(Booking.objects.filter(erased_at__isnull=False)) == set(others)
    later = time_machine.travel(days(31), tick=False)
    with later, pytest.raises(CommandError, match="1 could not be erased"):
        call_command("expire_personal_data", stdout=StringIO())
    OutboxRow.objects.filter(idempotency_key=f"mail:{broken.pk}:host:x").delete()
    assert expire_personal_data(now=days(31)) == Expired(bookings=1)


def test_a_session_is_erased_with_everybody_in_it(ana):
    yoga = make_event_type(ana, kind="group", max_attendees=5, retention_days=7)
    join(yoga, at(10), "Lea")
    join(yoga, at(10), "Max")
    assert expire_personal_data(now=days(7)).bookings == 1
    assert find_texts(["lea@example.net", "max@example.net"]) == set()
    assert verify_audit().is_whole


def test_waits_that_led_to_nothing_are_erased(brief):
    entry = WaitlistEntry.objects.create(
        event_type=brief,
        organizer=brief.organizer,
        desired_start_time=at(10),
        invitee_name="Taint Waiter",
        invitee_email="waiter@example.org",
        status="expired",
        queued_at=NOW,
        expires_at=at(10, 30),
        created_at=NOW,
    )
    assert expire_personal_data(now=days(29)) == Expired()
    assert expire_personal_data(now=days(30)) == Expired(waitlist=1)
    entry.refresh_from_db()
    assert (entry.invitee_name, entry.status) == ("", "expired")


@pytest.fixture
def question(intro):
    return CustomQuestion.objects.create(
        event_type=intro, question_text="Allergies?", retention_days=3
    )


def test_an_answer_goes_before_the_rest(intro, question):
    booking = book(intro, at(10))
    answers = {str(question.pk): "taint-nuts", "other": "kept answer"}
    Booking.objects.filter(pk=booking.pk).update(custom_answers=answers)
    record(
        booking,
        AuditAction.UPDATED,
        actor=JONAS,
        now=NOW,
        old={"custom_answers": {}},
        new={"custom_answers": answers},
    )
    OutboxRow.objects.create(
        name="notifications.send_booking_mail",
        payload={"notice": {"answers": [["Allergies?", "taint-nuts"]]}, "audience": "host"},
        idempotency_key=f"mail:{booking.pk}:host:x",
        run_at=NOW,
        created_at=NOW,
    )
    assert expire_personal_data(now=days(3) - timedelta(minutes=1)) == Expired()
    assert expire_personal_data(now=days(3), dry_run=True) == Expired(answers=1)
    assert find_texts(["taint-nuts"])
    assert expire_personal_data(now=days(3)) == Expired(answers=1)
    assert find_texts(["taint-nuts"]) == set()
    stored = Booking.objects.get(pk=booking.pk)
    assert stored.custom_answers == {"other": "kept answer"}
    assert (stored.invitee_name, stored.erased_at) == ("Jonas Keller", None)
    assert verify_audit().is_whole
    assert expire_personal_data(now=days(3)) == Expired()


def test_attendees_answers_go_too(ana):
    yoga = make_event_type(ana, kind="group", max_attendees=5)
    question = CustomQuestion.objects.create(
        event_type=yoga, question_text="Allergies?", retention_days=3
    )
    join(yoga, at(10), "Lea")
    Attendee.objects.update(custom_answers={str(question.pk): "taint-nuts"})
    assert expire_personal_data(now=days(3)) == Expired(answers=1)
    assert find_texts(["taint-nuts"]) == set()


def test_the_command_prints_figures(brief):
    booking = book(brief, at(10))
    Booking.objects.filter(pk=booking.pk).update(status="completed")
    for arguments, told in (
        (["--dry-run"], "1 bookings, 0 waits and 0 answers would be erased."),
        ([], "1 bookings, 0 waits and 0 answers erased."),
        ([], "0 bookings, 0 waits and 0 answers erased."),
    ):
        out = StringIO()
        call_command("expire_personal_data", *arguments, stdout=out)
        assert out.getvalue().strip() == told


def test_the_chore_looks_once_an_hour(brief):
    book(brief, at(10))
    assert expire_now_and_then(now=days(30)) == 1
    book(brief, at(11))
    assert expire_now_and_then(now=days(31)) == 0
