"""End requests that nobody answered."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from apps.common.domain_events import publish
from apps.common.errors import NotFound
from apps.events.actors import SYSTEM
from apps.events.events import RequestExpired
from apps.events.models import AuditAction, Booking, BookingStatus
from apps.events.models.booking import CancelledBy
from apps.events.notices import notice_of
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.locking import in_transaction
from apps.events.services.bookings.row import lock_booking
from apps.events.services.requests.answering import give_up_time


def expire_request(*, booking_id: UUID | str, now: datetime) -> bool:
    """End the request if its time for an answer is over at `now`; whether it was ended."""
    seen = Booking.objects.filter(pk=booking_id, status=BookingStatus.PENDING).first()
    if seen is None or not _is_due(seen, now):
        return False
    return in_transaction(lambda: _expire(seen, now=now))


def expire_requests(*, now: datetime, most: int = 500) -> int:
    """End all that are due, the oldest first; how many. The net beneath the timed effects."""
    due = Booking.objects.filter(status=BookingStatus.PENDING, request_expires_at__lte=now)
    ids = due.order_by("request_expires_at").values_list("pk", flat=True)[:most]
    return sum(expire_request(booking_id=booking_id, now=now) for booking_id in list(ids))


def _is_due(request: Booking, now: datetime) -> bool:
    return (
        request.status == BookingStatus.PENDING
        and request.request_expires_at is not None
        and request.request_expires_at <= now
    )


def _expire(seen: Booking, *, now: datetime) -> bool:
    try:
        request = lock_booking(seen)
    except NotFound:
        return False
    if not _is_due(request, now):
        return False
    request.move_to(BookingStatus.EXPIRED)
    request.cancelled_at, request.cancelled_by = now, CancelledBy.SYSTEM
    request.repick_asked_at = None
    request.ical_sequence += 1
    request.save()
    record(
        request,
        AuditAction.EXPIRED,
        actor=SYSTEM,
        now=now,
        old={"status": BookingStatus.PENDING},
        new={"status": request.status},
    )
    give_up_time(request, now=now)
    publish(RequestExpired(now, notice_of(request, "expired", now=now)))
    return True
