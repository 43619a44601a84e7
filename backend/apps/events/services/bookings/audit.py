"""Audit rows, written in the transaction that did the thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from apps.events.actors import Actor
from apps.events.audit_chain import hash_of, new_salt, personal_hash_of
from apps.events.models import Attendee, AuditAction, Booking, BookingAuditLog

_TOLD = (
    "invitee_name",
    "invitee_email",
    "invitee_phone",
    "invitee_timezone",
    "notes",
    "custom_answers",
)


def record(
    booking: Booking,
    action: AuditAction,
    *,
    actor: Actor,
    now: datetime,
    description: str = "",
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    metadata: Mapping[str, Any] | None = None,
    is_first: bool = False,
) -> None:
    """Append one row to the booking's chain. Values are JSON.

    `metadata` and `description` must name no person: they are never erased. Call it where nobody
    else writes for this booking: under its lock, or with `is_first` for one made just now, which
    saves the look at the chain's end.
    """
    end = (0, "") if is_first else _end_of_chain(booking)
    change = Change(booking, old or {}, new or {}, metadata or {})
    _row(change, action, end, actor=actor, now=now, description=description).save(force_insert=True)


def booked_values(booking: Booking) -> dict[str, Any]:
    """The new values of a booking made just now, its invitee's among them as far as given."""
    told = {name: getattr(booking, name) for name in _TOLD}
    return {
        "start_time": booking.start_time.isoformat(),
        "end_time": booking.end_time.isoformat(),
        "status": booking.status,
        **{name: value for name, value in told.items() if value},
    }


def seated_values(attendees: Iterable[Attendee]) -> dict[str, Any]:
    """The new values that tell who has taken seats."""
    return {"attendees": [{"name": one.name, "email": one.email} for one in attendees]}


@dataclass(frozen=True, slots=True)
class Change:
    """What a row says of one of several bookings that were changed alike. Values are JSON."""

    booking: Booking
    old: Mapping[str, Any] = field(default_factory=dict)
    new: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)


def record_all(
    changes: Sequence[Change],
    action: AuditAction,
    *,
    actor: Actor,
    now: datetime,
    are_first: bool = False,
) -> None:
    """Append one row to the chain of each booking, which are different ones; as `record`.

    Two queries for any number of bookings.
    """
    ends = {} if are_first else _ends_of_chains([change.booking for change in changes])
    BookingAuditLog.objects.bulk_create(
        _row(change, action, ends.get(change.booking.pk, (0, "")), actor=actor, now=now)
        for change in changes
    )


def _row(
    change: Change,
    action: AuditAction,
    end: tuple[int, str],
    *,
    actor: Actor,
    now: datetime,
    description: str = "",
) -> BookingAuditLog:
    sequence, previous = end
    row = BookingAuditLog(
        booking=change.booking,
        sequence=sequence + 1,
        action=action,
        description=description or AuditAction(action).label,
        actor_type=actor.type,
        actor_email=actor.email,
        actor_name=actor.name,
        ip_address=actor.ip_address,
        user_agent=_storable(actor.user_agent)[:500],
        metadata=dict(change.metadata),
        old_values=dict(change.old),
        new_values=dict(change.new),
        salt=new_salt(),
        previous_hash=previous,
        created_at=now,
    )
    row.personal_hash = personal_hash_of(row)
    row.hash = hash_of(row)
    return row


def _storable(text: str) -> str:
    """As PostgreSQL can keep it: a browser may call itself anything."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def _end_of_chain(booking: Booking) -> tuple[int, str]:
    rows = BookingAuditLog.objects.filter(booking=booking).order_by("-sequence")
    return rows.values_list("sequence", "hash").first() or (0, "")


def _ends_of_chains(bookings: Sequence[Booking]) -> dict[UUID, tuple[int, str]]:
    rows = BookingAuditLog.objects.filter(booking__in=bookings).order_by("sequence")
    found = rows.values_list("booking_id", "sequence", "hash")
    return {booking_id: (sequence, end) for booking_id, sequence, end in found}
