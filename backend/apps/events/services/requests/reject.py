"""Decline a request."""

from __future__ import annotations

from datetime import datetime

from apps.common.domain_events import publish
from apps.events.actors import Actor
from apps.events.events import BookingRejected
from apps.events.models import AuditAction, Booking, BookingStatus
from apps.events.models.booking import CancelledBy
from apps.events.notices import notice_of
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.locking import in_transaction
from apps.events.services.bookings.row import lock_booking
from apps.events.services.requests.answering import give_up_time, refuse_answered


def reject_request(*, booking: Booking, reason: str, actor: Actor, now: datetime) -> Booking:
    """Decline a pending booking and free what it held; the invitee is told the reason.

    Raises `InvalidState` when it was answered or has expired.
    """
    told = reason.strip()

    def write() -> Booking:
        request = lock_booking(booking)
        refuse_answered(request, now=now)
        request.move_to(BookingStatus.REJECTED)
        request.cancelled_at, request.cancelled_by = now, CancelledBy.ORGANIZER
        request.cancellation_reason = told
        request.request_expires_at = request.repick_asked_at = None
        request.ical_sequence += 1
        request.save()
        record(
            request,
            AuditAction.REJECTED,
            actor=actor,
            now=now,
            old={"status": BookingStatus.PENDING},
            new={"status": request.status, "cancellation_reason": told},
        )
        give_up_time(request, now=now)
        publish(BookingRejected(now, notice_of(request, "rejected", now=now, actor=actor)))
        return request

    return in_transaction(write)
