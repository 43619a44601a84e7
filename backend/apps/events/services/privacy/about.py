"""Which audit rows are about a person, and what is personal in them (docs/privacy.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from apps.events.audit_chain import (
    has_personal_values,
    is_without_personal,
    without_personal,
)
from apps.events.models import Attendee, Booking, BookingAuditLog
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
_OUR_SIDE = frozenset({ActorType.ORGANIZER, ActorType.SYSTEM, ActorType.INTEGRATION})


def list_rows_about_invitee(bookings: Iterable[Booking]) -> list[BookingAuditLog]:
    """All rows of these bookings, oldest first."""
    rows = BookingAuditLog.objects.filter(booking__in=list(bookings))
    return list(rows.order_by("created_at", "id"))


def list_rows_about_attendee(session: Booking, attendee: Attendee) -> list[BookingAuditLog]:
    """The rows that name this attendee, or that they wrote, oldest first.

    By their id; where a row names no attendee by id, by name, address or number among the values,
    whoever put them there. Of the session, and of those that they were moved from. What is erased
    with them, not what they may see: anybody can give another's name and address.
    """
    markers = markers_of([attendee.name, attendee.email, attendee.phone])
    found: list[BookingAuditLog] = []
    sessions, looked_at = [str(session.pk)], set[str]()
    while sessions:
        session_id = sessions.pop()
        looked_at.add(session_id)
        rows = BookingAuditLog.objects.filter(booking_id=session_id).order_by("id")
        about = [row for row in rows if _names(row, str(attendee.pk), markers)]
        found += about
        former = {str(row.metadata[_MOVED]) for row in about if row.metadata.get(_MOVED)}
        sessions += sorted(former - looked_at)
    return sorted(found, key=lambda row: row.pk)


def _names(row: BookingAuditLog, attendee_id: str, markers: frozenset[str]) -> bool:
    if attendee_id in set(_texts([row.metadata, row.old_values, row.new_values])):
        return True
    if row.actor_type not in _OUR_SIDE and row.actor_email.casefold() in markers:
        return True
    if row.metadata.get("attendees"):
        return False  # it names others, who may be called alike
    values = (without_public(row.old_values), without_public(row.new_values))
    return not markers.isdisjoint(text.casefold() for text in _texts(values))


def without_public(values: dict[str, Any]) -> dict[str, Any]:
    """The personal ones of old or new values."""
    public = without_personal(values)
    return {name: value for name, value in values.items() if name not in public}


def markers_of(texts: Iterable[str]) -> frozenset[str]:
    """Texts by which somebody is recognised, in small letters."""
    return frozenset(text.casefold() for text in texts if text.strip())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


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
