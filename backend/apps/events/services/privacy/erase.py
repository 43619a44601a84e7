"""Erase what is known of who booked (docs/privacy.md): times, states and ids stay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from apps.common.errors import InvalidState
from apps.common.idempotency import NO_KEY, OnceOnly, StoredAnswer
from apps.common.ids import random_token
from apps.events.actors import Actor
from apps.events.models import Attendee, AuditAction, Booking, SoonerRequest, WaitlistEntry
from apps.events.models.audit import ActorType
from apps.events.models.waitlist import WAITING
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.locking import in_transaction, lock_hosts
from apps.events.services.bookings.row import lock_booking
from apps.events.services.bookings.seats import get_holder
from apps.events.services.privacy.about import (
    erase_rows,
    list_entries_about_attendee,
    list_rows_about_attendee,
    list_rows_about_invitee,
    markers_of,
)
from apps.events.services.privacy.family import list_former_times, list_same_series
from apps.events.services.privacy.traces import (
    erase_mails,
    erase_stored_answers,
    forget_codes,
    forget_past_mails,
)

_BOOKING: dict[str, Any] = {
    "invitee_name": "",
    "invitee_email": "",
    "invitee_phone": "",
    "invitee_timezone": "UTC",
    "locale": "en",
    "notes": "",
    "utm": {},
    "custom_answers": {},
    "created_from": None,
    "cancellation_reason": "",
    "calendar_sync_error": "",
    "access_token": None,
    "access_token_expires_at": None,
}
_ATTENDEE: dict[str, Any] = {
    "name": "",
    "email": "",
    "phone": "",
    "timezone": "UTC",
    "locale": "en",
    "notes": "",
    "custom_answers": {},
    "created_from": None,
    "cancellation_reason": "",
}
_ENTRY: dict[str, Any] = {
    "invitee_name": "",
    "invitee_email": "",
    "invitee_phone": "",
    "invitee_timezone": "UTC",
    "locale": "en",
    "custom_answers": {},
    "created_from": None,
}


def erase_personal_data(
    *, booking: Booking, actor: Actor, now: datetime, once: OnceOnly = NO_KEY
) -> None:
    """Erase what is stored of the invitee of `booking`, of its whole series if it has one.

    Of a session, as an attendee's link shows it: that attendee alone; else everybody in it.
    The link is dead afterwards. A second time nothing happens.
    Raises `InvalidState` while any of it lies ahead: it must be cancelled first.
    """

    def write() -> None:
        once.enter()
        if booking.attendee is not None:
            _erase_attendee(booking, actor=actor, now=now)
        else:
            _erase_bookings(booking, actor=actor, now=now)
        once.leave(StoredAnswer(204, {}), now=now)

    in_transaction(write)


def erase_one_booking(*, booking: Booking, actor: Actor, now: datetime) -> bool:
    """As `erase_personal_data` for this booking alone, whatever series it is of; whether it was.

    Not while it lies ahead.
    """

    def write() -> bool:
        current = lock_booking(booking)
        is_ahead = current.status in Booking.UNTIL_START and now < current.start_time
        if current.erased_at is not None or is_ahead:
            return False
        _erase_booking(current, actor=actor, now=now)
        return True

    return in_transaction(write)


def erase_waitlist_entry(*, entry: WaitlistEntry, now: datetime) -> None:
    """Erase what is stored of somebody who waited. Raises `InvalidState` while they still wait."""

    def write() -> None:
        lock_hosts(entry.organizer_id, [])
        current = WaitlistEntry.objects.filter(pk=entry.pk, erased_at__isnull=True).first()
        if current is None:
            return
        if current.status in WAITING:
            raise InvalidState("You are still on the waitlist. Leave it first, then erase.")
        _erase_entries([current], now=now)

    in_transaction(write)


def _erase_bookings(seen: Booking, *, actor: Actor, now: datetime) -> None:
    first = lock_booking(seen, by_link=actor.type == ActorType.INVITEE)
    first.refuse_history_row()
    # One lock for all: every change of an organizer's bookings locks the organizer.
    bookings = [one for one in list_same_series(first) if one.erased_at is None]
    for booking in bookings:
        _refuse_ahead(booking, now=now)
    if first.recurrence_id is not None:
        _erase_series_mails(first.recurrence_id, bookings)
    for booking in bookings:
        _erase_booking(booking, actor=actor, now=now)


def _refuse_ahead(booking: Booking, *, now: datetime) -> None:
    if booking.status in Booking.UNTIL_START and now < booking.start_time:
        raise InvalidState(
            "This booking still lies ahead, and needs your data. Cancel it first, then erase."
            if booking.recurrence_id is None
            else "Some of these bookings still lie ahead. Cancel them first, then erase."
        )


def _erase_booking(booking: Booking, *, actor: Actor, now: datetime) -> None:
    former = list_former_times(booking)
    attendees = list(booking.attendees.all())
    entries = list(WaitlistEntry.objects.filter(converted_booking=booking, erased_at=None))
    waits = list(SoonerRequest.objects.filter(booking=booking).values_list("pk", flat=True))
    rows = [booking, *former]
    names = markers_of(
        [*(row.invitee_name for row in rows), *(attendee.name for attendee in attendees)]
    )
    emails = {row.invitee_email for row in rows} | {attendee.email for attendee in attendees}
    phones = {row.invitee_phone for row in rows} | {attendee.phone for attendee in attendees}
    keys = [str(booking.access_token or ""), *(str(one.access_token) for one in attendees)]
    if booking.recurrence_id is not None:
        # Mails about the whole series that wait tell of its other dates too; they stay.
        forget_past_mails([booking.recurrence_id])
    erase_mails(
        [booking.pk, *(attendee.pk for attendee in attendees), *waits],
        names=names,
        markers=names | markers_of([*emails, *phones, *keys]),
    )
    erase_stored_answers([str(booking.pk)], now=now)
    forget_codes(emails, organizer_id=booking.organizer_id)
    SoonerRequest.objects.filter(pk__in=waits).delete()
    _erase_entries(entries, now=now)
    Attendee.objects.bulk_update(
        [_cleared(attendee, now=now) for attendee in attendees if attendee.erased_at is None],
        [*_ATTENDEE, "access_token", "access_token_expires_at", "erased_at"],
    )
    erase_rows(list_rows_about_invitee(rows), now=now)
    for row in rows:
        for name, value in _BOOKING.items():
            setattr(row, name, value)
        row.erased_at = now
        row.save(update_fields=[*_BOOKING, "erased_at", "updated_at"])
    _record(booking, actor=actor, now=now)


def _erase_series_mails(series_id: UUID, bookings: Sequence[Booking]) -> None:
    names = markers_of(booking.invitee_name for booking in bookings)
    texts = [text for one in bookings for text in (one.invitee_email, one.invitee_phone)]
    keys = [str(booking.access_token) for booking in bookings]
    erase_mails([series_id], names=names, markers=names | markers_of([*texts, *keys]))


def _erase_attendee(seen: Booking, *, actor: Actor, now: datetime) -> None:
    session = lock_booking(seen)
    attendee = get_holder(session, seen)
    if attendee.is_in:
        _refuse_ahead(session, now=now)
    names = markers_of([attendee.name])
    texts = [attendee.email, attendee.phone]
    rows = list_rows_about_attendee(session, attendee)
    sessions = {session.pk, *(row.booking_id for row in rows)}
    erase_mails(
        [*sessions, attendee.pk],
        names=names,
        markers=names | markers_of([*texts, str(attendee.access_token)]),
        attendee_id=attendee.pk,
    )
    erase_stored_answers([str(attendee.pk), str(attendee.access_token)], now=now)
    forget_codes([attendee.email], organizer_id=session.organizer_id)
    _erase_entries(list_entries_about_attendee(rows), now=now)
    erase_rows(rows, now=now)
    reason = attendee.cancellation_reason
    if reason and session.cancellation_reason == reason:
        # They left last, and the session was cancelled with their words.
        session.cancellation_reason = ""
        session.save(update_fields=["cancellation_reason", "updated_at"])
    _cleared(attendee, now=now).save()
    _record(session, actor=actor, now=now, attendees=[attendee.pk])


def _cleared(attendee: Attendee, *, now: datetime) -> Attendee:
    for name, value in _ATTENDEE.items():
        setattr(attendee, name, value)
    attendee.access_token, attendee.access_token_expires_at = random_token(), now
    attendee.erased_at = now
    return attendee


def _erase_entries(entries: Sequence[WaitlistEntry], *, now: datetime) -> None:
    for entry in entries:
        names = markers_of([entry.invitee_name])
        markers = names | markers_of([entry.invitee_email, entry.invitee_phone, str(entry.token)])
        erase_mails([entry.pk], names=names, markers=markers)
        erase_stored_answers([str(entry.pk), str(entry.token)], now=now)
        forget_codes([entry.invitee_email], organizer_id=entry.organizer_id)
        for name, value in _ENTRY.items():
            setattr(entry, name, value)
        entry.token, entry.erased_at = random_token(), now
        entry.save(update_fields=[*_ENTRY, "token", "erased_at", "updated_at"])


def _record(
    booking: Booking, *, actor: Actor, now: datetime, attendees: Iterable[UUID] = ()
) -> None:
    """That it was erased, and by what kind of actor; by whom only when it was our side."""
    ours = actor.type in (ActorType.ORGANIZER, ActorType.SYSTEM)
    record(
        booking,
        AuditAction.ERASED,
        actor=actor if ours else Actor(actor.type),
        now=now,
        metadata={"attendees": [str(id) for id in attendees]} if attendees else {},
    )
