"""Which audit rows are about a person, and what is personal in them (docs/privacy.md)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from apps.events.audit_chain import (
    has_personal_values,
    is_without_personal,
    without_personal,
)
from apps.events.models import Attendee, Booking, BookingAuditLog, WaitlistEntry
from apps.events.models.audit import ActorType

ERASABLE = (
    "actor_email",
    "actor_name",
    "ip_address",
    "user_agent",
    "old_values",
    "new_values",
    "salt",
    "erased_at",
)
_MOVED = "moved_from"
_WAITED = "waitlist_entry"
_OUR_SIDE = frozenset({ActorType.ORGANIZER, ActorType.SYSTEM, ActorType.INTEGRATION})


def list_rows_about_invitee(bookings: Iterable[Booking]) -> list[BookingAuditLog]:
    """All rows of these bookings, oldest first."""
    rows = BookingAuditLog.objects.filter(booking__in=list(bookings))
    return list(rows.order_by("created_at", "id"))


def list_rows_about_attendee(session: Booking, attendee: Attendee) -> list[BookingAuditLog]:
    """The rows that name this attendee, or that they wrote, oldest first.

    By their id alone: anybody can give another's name, address and number. Of the session, and
    of those that they were moved from.
    """
    found: list[BookingAuditLog] = []
    sessions, looked_at = [str(session.pk)], set[str]()
    while sessions:
        session_id = sessions.pop()
        looked_at.add(session_id)
        rows = BookingAuditLog.objects.filter(booking_id=session_id).order_by("id")
        about = [row for row in rows if str(attendee.pk) in attendees_of(row)]
        found += about
        former = {str(row.metadata[_MOVED]) for row in about if row.metadata.get(_MOVED)}
        sessions += sorted(former - looked_at)
    return sorted(found, key=lambda row: row.pk)


def attendees_of(row: BookingAuditLog) -> list[str]:
    """Ids of the attendees whom a row is about, whom it is about most first."""
    return list(row.metadata.get("attendees") or [])


def list_entries_about_attendee(rows: Iterable[BookingAuditLog]) -> list[WaitlistEntry]:
    """The waits that led to their seats, as the rows about them name these; what is not erased."""
    ids = [row.metadata[_WAITED] for row in rows if row.metadata.get(_WAITED)]
    return list(WaitlistEntry.objects.filter(pk__in=ids, erased_at=None).order_by("created_at"))


def markers_of(texts: Iterable[str]) -> frozenset[str]:
    """Texts by which somebody is recognised, in small letters."""
    return frozenset(text.casefold() for text in texts if text.strip())


def erase_rows(rows: Iterable[BookingAuditLog], *, now: datetime) -> int:
    """Clear what is personal in the rows, and their salts; how many were changed.

    What our side did without naming the invitee stays: it is theirs to answer for. Chains and
    seals verify as before.
    """
    cleared = []
    for row in rows:
        is_ours = row.actor_type in _OUR_SIDE and not has_personal_values(row)
        if row.erased_at is not None or is_ours or is_without_personal(row):
            continue
        row.actor_email = row.actor_name = row.user_agent = row.salt = ""
        row.ip_address, row.erased_at = None, now
        row.old_values = without_personal(row.old_values)
        row.new_values = without_personal(row.new_values)
        cleared.append(row)
    BookingAuditLog.objects.bulk_update(cleared, ERASABLE, batch_size=500)
    return len(cleared)
