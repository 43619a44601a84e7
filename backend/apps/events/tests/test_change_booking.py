"""Cancelling, moving, finishing, and the link."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from apps.common.errors import InvalidState, NotFound, TokenExpired, ValidationFailed
from apps.common.housekeeping import run_chores
from apps.common.models import OutboxRow
from apps.events import errors
from apps.events.actors import Actor
from apps.events.models import Booking, BookingAuditLog, BookingStatus, Occupancy
from apps.events.models.audit import ActorType
from apps.events.selectors.bookings import get_booking_by_token
from apps.events.selectors.slots import list_slots_for_move
from apps.events.services.bookings import (
    cancel_booking,
    complete_booking,
    complete_past_bookings,
    mark_no_show,
    regenerate_access_token,
    reschedule_booking,
    update_booking,
)
from tests.cast import JONAS, NOW, at, book

ORGANIZER = Actor(ActorType.ORGANIZER, "Ana Duarte", "ana@example.com")

pytestmark = pytest.mark.django_db


@pytest.fixture
def booking(intro) -> Booking:
    return book(intro, at(10))


def _cancel(booking, now=NOW):
    return cancel_booking(
        booking=booking, cancelled_by="invitee", reason=" ill ", actor=JONAS, now=now
    )


def _move(booking, start, now=NOW):
    return reschedule_booking(booking=booking, start=start, actor=JONAS, now=now)


def test_cancelling_frees_the_time_and_tells_everybody(intro, booking):
    OutboxRow.objects.all().delete()
    _cancel(booking)
    booking.refresh_from_db()
    assert (booking.status, booking.cancelled_by, booking.cancellation_reason) == (
        "cancelled",
        "invitee",
        "ill",
    )
    assert booking.ical_sequence == 1
    assert not Occupancy.objects.exists()
    assert OutboxRow.objects.count() == 2
    assert book(intro, at(10)).pk != booking.pk


def test_cancelling_twice_is_refused(booking):
    _cancel(booking)
    with pytest.raises(InvalidState):
        _cancel(booking)


def test_nothing_can_be_cancelled_or_moved_after_the_start(booking):
    with pytest.raises(InvalidState):
        _cancel(booking, now=at(10))
    with pytest.raises(InvalidState):
        _move(booking, at(12), now=at(10))


def test_moving_keeps_the_identity_and_leaves_a_history_row(booking):
    moved = _move(booking, at(12))
    assert (moved.pk, moved.access_token, moved.ical_uid) == (
        booking.pk,
        booking.access_token,
        booking.ical_uid,
    )
    assert (moved.start_time, moved.end_time, moved.ical_sequence) == (at(12), at(12, 30), 1)
    assert moved.wall_time == "2026-03-02T12:00:00"
    former = moved.rescheduled_from
    assert (former.status, former.start_time, former.access_token) == (
        BookingStatus.RESCHEDULED,
        at(10),
        None,
    )
    occupancy = Occupancy.objects.get()
    assert (occupancy.booking_id, occupancy.starts_at) == (booking.pk, at(12))
    row = BookingAuditLog.objects.last()
    assert row.action == "booking_rescheduled"
    assert row.old_values["start_time"] == at(10).isoformat()


def test_its_own_old_time_counts_as_free(booking, intro):
    intro.slot_interval_minutes = 15
    intro.save()
    booking.event_type.refresh_from_db()
    assert _move(booking, at(10, 15)).start_time == at(10, 15)


def test_moving_to_a_taken_time_changes_nothing(intro, booking):
    book(intro, at(12))
    with pytest.raises(errors.SlotTaken):
        _move(booking, at(12))
    booking.refresh_from_db()
    assert booking.start_time == at(10)
    assert not Booking.objects.filter(status="rescheduled").exists()


def test_moving_to_the_same_time_is_named(booking):
    with pytest.raises(ValidationFailed):
        _move(booking, at(10))


def test_a_cancelled_booking_cannot_be_moved(booking):
    _cancel(booking)
    booking.refresh_from_db()
    with pytest.raises(InvalidState):
        _move(booking, at(12))


def test_a_stale_copy_of_a_cancelled_booking_cannot_be_moved(booking):
    stale = get_booking_by_token(booking.access_token, now=NOW)
    _cancel(booking)
    with pytest.raises(InvalidState):
        _move(stale, at(12))


def test_a_new_link_kills_the_old_one_at_once(booking):
    old = str(booking.access_token)
    renewed = regenerate_access_token(booking=booking, actor=JONAS, now=NOW)
    with pytest.raises(NotFound):
        get_booking_by_token(old, now=NOW)
    assert get_booking_by_token(str(renewed.access_token), now=NOW).pk == booking.pk


def test_who_comes_by_a_replaced_link_changes_nothing(booking):
    stale = get_booking_by_token(booking.access_token, now=NOW)
    regenerate_access_token(booking=booking, actor=JONAS, now=NOW)
    with pytest.raises(NotFound):
        _cancel(stale)


@pytest.mark.parametrize("token", ["", "x", "00000000-0000-0000-0000-000000000000", "\x00" * 36])
def test_malformed_and_unknown_links_are_alike(booking, token):
    with pytest.raises(NotFound):
        get_booking_by_token(token, now=NOW)


def test_a_link_expires_thirty_days_after_the_end(booking):
    end = booking.end_time + timedelta(days=30)
    assert get_booking_by_token(booking.access_token, now=end - timedelta(seconds=1))
    with pytest.raises(TokenExpired):
        get_booking_by_token(booking.access_token, now=end)


def test_completed_and_no_show_may_swap_but_not_come_back(booking):
    with pytest.raises(InvalidState):
        complete_booking(booking=booking, actor=JONAS, now=at(9))
    done = complete_booking(booking=booking, actor=JONAS, now=at(11))
    missed = mark_no_show(booking=done, actor=JONAS, now=at(11))
    assert complete_booking(booking=missed, actor=JONAS, now=at(11)).status == "completed"
    with pytest.raises(InvalidState):
        _cancel(done, now=at(11))
    assert Occupancy.objects.count() == 1


LEGAL = {
    ("pending", "confirmed"),
    ("pending", "rejected"),
    ("pending", "expired"),
    ("pending", "cancelled"),
    ("confirmed", "cancelled"),
    ("confirmed", "rescheduled"),
    ("confirmed", "completed"),
    ("confirmed", "no_show"),
    ("completed", "no_show"),
    ("no_show", "completed"),
}


@pytest.mark.parametrize("before", BookingStatus.values)
@pytest.mark.parametrize("after", BookingStatus.values)
def test_the_model_refuses_every_other_move(before, after):
    booking = Booking(status=before)
    if (before, after) in LEGAL:
        booking.move_to(after)
        assert booking.status == after
    else:
        with pytest.raises(InvalidState):
            booking.move_to(after)


def test_details_change_and_are_audited(booking):
    update_booking(booking=booking, changes={"invitee_name": "Jo Keller"}, actor=JONAS, now=NOW)
    booking.refresh_from_db()
    assert booking.invitee_name == "Jo Keller"
    row = BookingAuditLog.objects.last()
    assert (row.old_values, row.new_values) == (
        {"invitee_name": "Jonas Keller"},
        {"invitee_name": "Jo Keller"},
    )


def test_a_move_takes_todays_buffers(booking, intro):
    intro.buffer_time_after = 30
    intro.save()
    moved = _move(Booking.objects.get(pk=booking.pk), at(12))
    occupancy = Occupancy.objects.get()
    assert moved.buffer_after == 30
    assert (occupancy.starts_at, occupancy.ends_at) == (at(12), at(13))


def test_a_move_keeps_the_length_that_was_booked(booking, intro):
    intro.duration = 60
    intro.save()
    stored = get_booking_by_token(booking.access_token, now=NOW)
    listed = list_slots_for_move(stored, start=NOW, end=NOW + timedelta(days=1), now=NOW)
    assert {slot.end - slot.start for slot in listed} == {timedelta(minutes=30)}
    assert stored.start_time not in {slot.start for slot in listed}
    for slot in listed[:4]:
        stored = _move(stored, slot.start)
        assert stored.end_time - stored.start_time == timedelta(minutes=30)


def test_a_history_row_stays_dead(booking):
    former = _move(booking, at(12)).rescheduled_from
    for change in (
        lambda: regenerate_access_token(booking=former, actor=JONAS, now=NOW),
        lambda: update_booking(booking=former, changes={"notes": "x"}, actor=JONAS, now=NOW),
        lambda: _cancel(former),
        lambda: _move(former, at(14)),
    ):
        with pytest.raises(InvalidState):
            change()
    former.refresh_from_db()
    assert (former.access_token, former.status) == (None, "rescheduled")


def test_a_renewed_link_of_an_old_booking_works_again(booking):
    later = at(10, days=90)
    renewed = regenerate_access_token(booking=booking, actor=JONAS, now=later)
    assert get_booking_by_token(renewed.access_token, now=later + timedelta(days=29))


def test_a_corrected_address_gets_the_invitation_and_the_only_key(booking):
    OutboxRow.objects.all().delete()
    old = booking.access_token
    update_booking(
        booking=booking,
        changes={"invitee_email": "jonas@keller.example.org"},
        actor=ORGANIZER,
        now=NOW,
    )
    with pytest.raises(NotFound):
        get_booking_by_token(old, now=NOW)
    told = [row.payload["notice"]["invitee"]["email"] for row in OutboxRow.objects.all()]
    assert "jonas@keller.example.org" in told


def test_the_organizer_cancels_although_the_link_was_renewed_meanwhile(booking):
    seen = Booking.objects.select_related("event_type", "organizer").get(pk=booking.pk)
    regenerate_access_token(booking=booking, actor=JONAS, now=NOW)
    cancelled = cancel_booking(
        booking=seen, cancelled_by="organizer", reason="", actor=ORGANIZER, now=NOW
    )
    assert cancelled.status == "cancelled"


def test_ended_bookings_are_completed_by_the_sweeper(intro, booking):
    tomorrow = book(intro, at(10, days=1))
    assert complete_past_bookings(now=at(10, 29)) == 0
    assert complete_past_bookings(now=at(10, 30)) == 1
    assert complete_past_bookings(now=at(10, 30)) == 0
    booking.refresh_from_db()
    tomorrow.refresh_from_db()
    assert (booking.status, tomorrow.status) == ("completed", "confirmed")
    assert BookingAuditLog.objects.filter(booking=booking).last().actor_type == "system"


def test_every_chore_runs(booking):
    run_chores(now=at(12))
    booking.refresh_from_db()
    assert booking.status == "completed"
    for path in import_string(settings.HOUSEKEEPING):
        import_string(path)(now=at(12))


def _told() -> list[tuple[str, str]]:
    rows = OutboxRow.objects.order_by("id")
    return [(row.payload["audience"], row.payload["notice"]["invitee"]["email"]) for row in rows]


def test_a_link_that_the_organizer_replaced_goes_to_the_invitee_alone(booking):
    OutboxRow.objects.all().delete()
    for _ in range(2):
        renewed = regenerate_access_token(booking=booking, actor=ORGANIZER, now=NOW)
    assert _told() == [("invitee", booking.invitee_email)] * 2
    mail = OutboxRow.objects.latest("id")
    assert str(renewed.access_token) in mail.payload["notice"]["manage_url"]


def test_a_link_that_the_invitee_replaced_is_mailed_to_nobody(booking):
    OutboxRow.objects.all().delete()
    regenerate_access_token(booking=booking, actor=JONAS, now=NOW)
    assert _told() == []


def test_nobody_is_told_of_a_link_to_a_meeting_that_will_not_be(booking):
    _cancel(booking)
    OutboxRow.objects.all().delete()
    regenerate_access_token(booking=booking, actor=ORGANIZER, now=NOW)
    assert _told() == []


def test_each_change_of_address_tells_the_new_one_and_nobody_else(booking):
    first = booking.invitee_email
    moved = _move(booking, at(12))
    before = OutboxRow.objects.count()
    for address in ("jonas@new.example", first, "jonas@exämple.com"):
        update_booking(booking=moved, changes={"invitee_email": address}, actor=ORGANIZER, now=NOW)
    assert _told()[before:] == [
        ("invitee", "jonas@new.example"),
        ("invitee", first),
        ("invitee", "jonas@xn--exmple-cua.com"),
    ]


@pytest.mark.parametrize(("field", "value"), [
    ("invitee_name", "\u200b\u202e"), ("invitee_name", "Jonas\x85Keller"),
    ("invitee_email", "jonas@keller.example\u200b"), ("invitee_email", "jürgen@keller.example"),
    ("invitee_phone", "+(--)12"),
])  # fmt: skip
def test_what_describes_an_invitee_is_looked_at(booking, field, value):
    with pytest.raises(ValidationFailed) as refusal:
        update_booking(booking=booking, changes={field: value}, actor=ORGANIZER, now=NOW)
    assert [error.pointer for error in refusal.value.errors] == [f"/{field}"]


def test_what_was_stored_before_a_rule_keeps_nothing_else_from_being_changed(booking):
    stored = {
        "invitee_name": "J\u043enas",  # a Cyrillic o
        "invitee_email": "jürgen@keller.example",
        "invitee_phone": "none",
        "invitee_timezone": "Nowhere/Gone",
    }
    Booking.objects.update(**stored)
    changes = {**stored, "notes": "late"}
    update_booking(booking=booking, changes=changes, actor=ORGANIZER, now=NOW)
    booking.refresh_from_db()
    assert booking.notes == "late"
    assert {name: getattr(booking, name) for name in stored} == stored
    again = {**stored, "invitee_name": "Jon\u0430s"}
    with pytest.raises(ValidationFailed) as refusal:
        update_booking(booking=booking, changes=again, actor=ORGANIZER, now=NOW)
    assert [error.pointer for error in refusal.value.errors] == ["/invitee_name"]


def test_former_times_are_a_line_without_a_circle(intro):
    booking = book(intro, at(10))
    for hour in (11, 12):
        booking = reschedule_booking(booking=booking, start=at(hour), actor=JONAS, now=NOW)
    last = Booking.objects.get(pk=booking.pk).rescheduled_from
    first = last.rescheduled_from
    assert (last.start_time, first.start_time) == (at(11), at(10))
    assert first.rescheduled_from is None
