"""What follows when somebody has asked for a time that the organizer has to confirm."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from apps.events.actors import Actor
from apps.events.models import AuditAction, Booking
from apps.events.services.bookings.audit import record


def announce_request(
    booking: Booking, *, actor: Actor, now: datetime, metadata: Mapping[str, Any]
) -> None:
    """Audit row, mails and the effect of its expiry, in the transaction that wrote the booking."""
    record(
        booking,
        AuditAction.REQUESTED,
        actor=actor,
        now=now,
        new={"start_time": booking.start_time.isoformat(), "status": booking.status},
        metadata=metadata,
        is_first=True,
    )
