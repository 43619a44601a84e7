"""Audit rows, written in the transaction that did the thing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from apps.events.actors import Actor
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
) -> None:
    """Append one row to the booking's history."""
    BookingAuditLog.objects.create(
        booking=booking,
        action=action,
        description=description or AuditAction(action).label,
        actor_type=actor.type,
        actor_email=actor.email,
        actor_name=actor.name,
        ip_address=actor.ip_address,
        user_agent=actor.user_agent[:500],
        metadata=dict(metadata or {}),
        old_values=dict(old or {}),
        new_values=dict(new or {}),
        created_at=now,
    )
