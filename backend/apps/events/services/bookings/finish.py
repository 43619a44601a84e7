"""What became of a booking after its time."""

from __future__ import annotations

from datetime import datetime

from apps.common.errors import InvalidState
from apps.events.actors import SYSTEM, Actor
from apps.events.models import AttendeeStatus, AuditAction, Booking, BookingStatus
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.locking import in_transaction
from apps.events.services.bookings.row import lock_booking


def _finish(
    booking: Booking, status: BookingStatus, action: AuditAction, actor: Actor, now: datetime
) -> Booking:
    def write() -> Booking:
        current = lock_booking(booking)
        if now < current.start_time:
            raise InvalidState("This booking has not started yet.")
        former = current.status
        current.move_to(status)
        current.save(update_fields=["status", "updated_at"])
        if current.is_session:
            _mark_all(current, former)
        record(
            current,
            action,
            actor=actor,
            now=now,
            old={"status": former},
            new={"status": current.status},
        )
        return current

    return in_transaction(write)


def _mark_all(session: Booking, former: str) -> None:
    """Nobody came to a no-show; when it took place after all, who was marked with it did."""
    seated = session.attendees.exclude(status=AttendeeStatus.CANCELLED)
    if session.status == BookingStatus.NO_SHOW:
        seated.update(status=AttendeeStatus.NO_SHOW)
    elif former == BookingStatus.NO_SHOW:
        seated.update(status=AttendeeStatus.CONFIRMED)


def complete_booking(*, booking: Booking, actor: Actor, now: datetime) -> Booking:
    """It took place. Raises `InvalidState` before the start or when it was called off."""
    return _finish(booking, BookingStatus.COMPLETED, AuditAction.COMPLETED, actor, now)


def complete_past_bookings(*, now: datetime, most: int = 500) -> int:
    """Complete confirmed bookings that have ended, the oldest first; how many (semantics, 4).

    A session in which seats are only held is nobody's booking; it ends with its holds.
    Two sweepers at once do no harm: the state machine lets one of them through.
    """
    ended = Booking.objects.filter(
        status=BookingStatus.CONFIRMED, end_time__lte=now, attendee_count__gte=1
    )
    completed = 0
    for booking in ended.order_by("end_time")[:most]:
        try:
            complete_booking(booking=booking, actor=SYSTEM, now=now)
        except InvalidState:
            continue
        completed += 1
    return completed


def mark_no_show(*, booking: Booking, actor: Actor, now: datetime) -> Booking:
    """The invitee did not come, or nobody to a session. Raises `InvalidState` before the start or when called off."""
    return _finish(booking, BookingStatus.NO_SHOW, AuditAction.NO_SHOW, actor, now)
