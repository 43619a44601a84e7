"""Audit rows, written in the transaction that did the thing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from apps.events.actors import Actor
from apps.events.audit_chain import hash_of, new_salt, personal_hash_of
from apps.events.models import AuditAction, Booking, BookingAuditLog


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
    sequence, previous = (0, "") if is_first else _end_of_chain(booking)
    row = BookingAuditLog(
        booking=booking,
        sequence=sequence + 1,
        action=action,
        description=description or AuditAction(action).label,
        actor_type=actor.type,
        actor_email=actor.email,
        actor_name=actor.name,
        ip_address=actor.ip_address,
        user_agent=_storable(actor.user_agent)[:500],
        metadata=dict(metadata or {}),
        old_values=dict(old or {}),
        new_values=dict(new or {}),
        salt=new_salt(),
        previous_hash=previous,
        created_at=now,
    )
    row.personal_hash = personal_hash_of(row)
    row.hash = hash_of(row)
    row.save(force_insert=True)


def _storable(text: str) -> str:
    """As PostgreSQL can keep it: a browser may call itself anything."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def _end_of_chain(booking: Booking) -> tuple[int, str]:
    rows = BookingAuditLog.objects.filter(booking=booking).order_by("-sequence")
    return rows.values_list("sequence", "hash").first() or (0, "")
