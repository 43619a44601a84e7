"""Everything stored of who booked, as plain data: for their page and their download.

A link opens what belongs to its booking, and no other booking or wait of the same address: whoever
booked may have typed anybody's address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from apps.common.addresses import address_key
from apps.common.models import OutboxRow
from apps.common.time import format_instant
from apps.events.actors import Actor
from apps.events.audit_chain import without_personal
from apps.events.models import (
    Attendee,
    AuditAction,
    Booking,
    BookingAuditLog,
    CustomQuestion,
    SoonerRequest,
    WaitlistEntry,
)
from apps.events.models.audit import ActorType
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.locking import in_transaction
from apps.events.services.bookings.row import lock_booking
from apps.events.services.privacy.about import (
    attendees_of,
    list_entries_about_attendee,
    list_rows_about_attendee,
    list_rows_about_invitee,
)
from apps.events.services.privacy.family import list_former_times
from apps.events.services.privacy.traces import find_mails_to

_INVITEE = (ActorType.INVITEE, ActorType.ATTENDEE)


def get_stored_data(*, booking: Booking, now: datetime) -> dict[str, Any]:
    """What is stored of the invitee of `booking`, or of the attendee whose link shows it. JSON."""
    attendee: Attendee | None = booking.attendee
    former = [] if attendee else list_former_times(booking)
    if attendee:
        rows = list_rows_about_attendee(booking, attendee)
        entries = list_entries_about_attendee(rows)
    else:
        rows = list_rows_about_invitee([booking, *former])
        entries = list(WaitlistEntry.objects.filter(converted_booking_id=booking.pk))
    sooner = None if attendee else SoonerRequest.objects.filter(booking_id=booking.pk).first()
    told_of = {booking.pk, *(row.booking_id for row in rows if attendee)}
    told_of |= {attendee.pk} if attendee else set()
    series = [booking.recurrence_id] if booking.recurrence_id else []
    waits = [entry.pk for entry in entries] + ([sooner.pk] if sooner else [])
    ids = [*told_of, *series, *waits]
    return {
        "generated_at": format_instant(now),
        "booking": _booking(booking),
        "answers": _answers(booking),
        "brought": [_person(one) for one in attendee.brought.all()] if attendee else [],
        "former_times": [
            {
                "start_time": format_instant(one.start_time),
                "end_time": format_instant(one.end_time),
                "moved_at": _instant(one.rescheduled_at),
            }
            for one in former
        ],
        "waitlist": [_entry(entry) for entry in entries],
        "sooner": _sooner(sooner) if sooner else None,
        "mails": _mails(ids, attendee),
        "history": [_row(row, attendee) for row in rows],
    }


def download_stored_data(*, booking: Booking, actor: Actor, now: datetime) -> dict[str, Any]:
    """As `get_stored_data`; that it was downloaded goes into the booking's history."""

    def write() -> None:
        current = lock_booking(booking, by_link=actor.type == ActorType.INVITEE)
        named = {"attendees": [str(booking.attendee.pk)]} if booking.attendee else {}
        record(current, AuditAction.DATA_DOWNLOADED, actor=actor, now=now, metadata=named)

    in_transaction(write)
    return get_stored_data(booking=booking, now=now)


def _booking(booking: Booking) -> dict[str, Any]:
    attendee: Attendee | None = booking.attendee
    created = attendee.joined_at if attendee else booking.created_at
    return {
        "id": str(booking.pk),
        "attendee_id": str(attendee.pk) if attendee else None,
        "event_type": booking.event_type.name,
        "organizer": booking.organizer.name,
        "status": booking.status,
        "start_time": format_instant(booking.start_time),
        "end_time": format_instant(booking.end_time),
        "name": booking.invitee_name,
        "email": booking.invitee_email,
        "phone": booking.invitee_phone,
        "timezone": booking.invitee_timezone,
        "locale": booking.locale,
        "notes": booking.notes,
        "utm": dict(booking.utm),
        "booked_from": attendee.created_from if attendee else booking.created_from,
        "booked_at": format_instant(created),
        "cancelled_at": _instant(booking.cancelled_at),
        "cancellation_reason": booking.cancellation_reason,
        "series": str(booking.recurrence_id) if booking.recurrence_id else None,
        "link_expires_at": _instant(booking.access_token_expires_at),
    }


def _answers(booking: Booking) -> list[dict[str, Any]]:
    given: Mapping[str, Any] = booking.custom_answers
    if not given:
        return []
    questions = CustomQuestion.objects.filter(event_type_id=booking.event_type_id)
    texts = {str(one.pk): one.question_text for one in questions.order_by("order", "id")}
    ordered = [id for id in texts if id in given] + [id for id in given if id not in texts]
    return [{"question": texts.get(id, id), "answer": given[id]} for id in ordered]


def _person(attendee: Attendee) -> dict[str, Any]:
    """Somebody for whom they took a seat; the rest of it is that person's."""
    return {"name": attendee.name, "email": attendee.email}


def _entry(entry: WaitlistEntry) -> dict[str, Any]:
    return {
        "name": entry.invitee_name,
        "email": entry.invitee_email,
        "phone": entry.invitee_phone,
        "timezone": entry.invitee_timezone,
        "status": entry.status,
        "desired_start_time": format_instant(entry.desired_start_time),
        "desired_end_time": _instant(entry.desired_end_time),
        "answers": dict(entry.custom_answers),
        "booked_from": entry.created_from,
        "created_at": format_instant(entry.created_at),
    }


def _sooner(request: SoonerRequest) -> dict[str, Any]:
    return {
        "status": request.status,
        "timezone": request.timezone,
        "weekdays": list(request.weekdays),
        "minutes_from": request.minutes_from,
        "minutes_until": request.minutes_until,
        "earliest_date": request.earliest_date.isoformat() if request.earliest_date else None,
        "created_at": format_instant(request.created_at),
    }


def _mails(ids: Iterable[UUID], attendee: Attendee | None) -> list[dict[str, Any]]:
    rows = find_mails_to(ids, attendee_id=attendee.pk if attendee else None)
    return [_mail(row) for row in rows if row.payload]


def _mail(row: OutboxRow) -> dict[str, Any]:
    notice = row.payload.get("notice") or row.payload.get("series", {}).get("booking") or {}
    return {
        "name": str(notice.get("kind", row.name)),
        "state": row.state,
        "written_at": format_instant(row.created_at),
        "sent_at": _instant(row.done_at),
    }


def _row(row: BookingAuditLog, attendee: Attendee | None) -> dict[str, Any]:
    """Addresses and browsers of the invitee alone; our side's are not about them.

    Of a row about several attendees, or that another one wrote, `attendee` sees their own part.
    """
    by_them = row.actor_type in _INVITEE
    is_theirs = by_them and (attendee is None or _is_by(row, attendee))
    return {
        "at": format_instant(row.created_at),
        "action": row.action,
        "by": row.actor_type,
        "name": row.actor_name if is_theirs or not by_them else "",
        "email": row.actor_email if is_theirs else "",
        "ip_address": row.ip_address if is_theirs else None,
        "user_agent": row.user_agent if is_theirs else "",
        "old_values": _values(row.old_values, row, attendee),
        "new_values": _values(row.new_values, row, attendee),
    }


def _is_by(row: BookingAuditLog, attendee: Attendee) -> bool:
    return address_key(row.actor_email) == address_key(attendee.email)


def _values(
    values: Mapping[str, Any], row: BookingAuditLog, attendee: Attendee | None
) -> dict[str, Any]:
    if attendee is None:
        return dict(values)
    ids = attendees_of(row)
    if ids == [str(attendee.pk)]:
        return dict(values)
    shown = without_personal(values)
    seats = values.get("attendees") or []
    if len(seats) == len(ids):
        own = {str(attendee.pk), *(str(one.pk) for one in attendee.brought.all())}
        shown["attendees"] = [seat for id, seat in zip(ids, seats, strict=True) if id in own]
    if ids[:1] == [str(attendee.pk)] and "cancellation_reason" in values:
        shown["cancellation_reason"] = values["cancellation_reason"]
    return shown


def _instant(instant: datetime | None) -> str | None:
    return format_instant(instant) if instant else None
