"""Cancel a booking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from apps.common.domain_events import publish
from apps.common.idempotency import NO_KEY, OnceOnly, StoredAnswer
from apps.events.actors import Actor
from apps.events.events import BookingCancelled
from apps.events.models import AuditAction, Booking
from apps.events.models.audit import ActorType
from apps.events.notices import notice_of
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.locking import in_transaction
from apps.events.services.bookings.occupancy import release
from apps.events.services.bookings.row import lock_booking


def cancel_booking(
    *,
    booking: Booking,
    cancelled_by: str,
    reason: str,
    actor: Actor,
    now: datetime,
    once: OnceOnly = NO_KEY,
    answer: Callable[[Booking], StoredAnswer] | None = None,
) -> Booking:
    """Cancel, free the hosts and tell everybody; `cancelled_by` as on the model.

    Raises `InvalidState` when the booking has started or is over already.
    """

    def write() -> Booking:
        once.enter()
        current = lock_booking(booking, by_link=actor.type == ActorType.INVITEE)
        former = current.status
        current.cancel(cancelled_by, reason.strip(), now=now)
        current.save()
        release(current)
        record(
            current,
            AuditAction.CANCELLED,
            actor=actor,
            now=now,
            old={"status": former},
            new={"status": current.status, "cancellation_reason": current.cancellation_reason},
        )
        publish(BookingCancelled(now, notice_of(current, "cancelled", now=now, actor=actor)))
        once.leave_with(current, answer, now=now)
        return current

    return in_transaction(write)
