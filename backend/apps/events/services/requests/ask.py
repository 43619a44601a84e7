"""What follows when somebody has asked for a time that the organizer has to confirm."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from apps.common.domain_events import publish
from apps.common.time import format_instant
from apps.events.actors import Actor
from apps.events.events import BookingRequested
from apps.events.models import AuditAction, Booking
from apps.events.notices import notice_of
from apps.events.services.bookings.audit import booked_values, record


def announce_request(
    booking: Booking, *, actor: Actor, now: datetime, metadata: Mapping[str, Any]
) -> None:
    """Audit row, mails and the effect of its expiry, in the transaction that wrote the booking."""
    expires = booking.request_expires_at
    record(
        booking,
        AuditAction.REQUESTED,
        actor=actor,
        now=now,
        new={
            **booked_values(booking),
            "request_expires_at": format_instant(expires) if expires else None,
        },
        metadata=metadata,
        is_first=True,
    )
    publish(BookingRequested(now, notice_of(booking, "requested", now=now)))
