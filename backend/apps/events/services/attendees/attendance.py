"""Who came to a session and who did not.

The session's own state follows: when everybody in it is marked, it is a no-show; as soon as one of
them was there after all, it took place.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from apps.common.errors import InvalidState
from apps.events.actors import Actor
from apps.events.models import Attendee, AttendeeStatus, AuditAction, Booking, BookingStatus
from apps.events.services.attendees.remove import get_attendee
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.locking import in_transaction
from apps.events.services.bookings.row import lock_booking
from apps.events.services.bookings.seats import list_seated


def mark_attendee_no_show(
    *, booking: Booking, attendee_id: UUID, actor: Actor, now: datetime
) -> Attendee:
    """They did not come. Raises `NotFound`, and `InvalidState` before the start or if called off."""
    return _mark(
        booking,
        attendee_id,
        AttendeeStatus.NO_SHOW,
        AuditAction.ATTENDEE_NO_SHOW,
        actor=actor,
        now=now,
    )


def mark_attendee_showed(
    *, booking: Booking, attendee_id: UUID, actor: Actor, now: datetime
) -> Attendee:
    """They came after all: takes a no-show back. Raises as `mark_attendee_no_show`."""
    return _mark(
        booking,
        attendee_id,
        AttendeeStatus.CONFIRMED,
        AuditAction.ATTENDEE_SHOWED,
        actor=actor,
        now=now,
    )


def _mark(
    booking: Booking,
    attendee_id: UUID,
    status: AttendeeStatus,
    action: AuditAction,
    *,
    actor: Actor,
    now: datetime,
) -> Attendee:
    def write() -> Attendee:
        session = lock_booking(booking)
        seated = list_seated(session)
        attendee = get_attendee(session, attendee_id, seated)
        if not attendee.is_in or not session.is_live:
            raise InvalidState("This seat was given back, or the session called off.")
        if now < session.start_time:
            raise InvalidState("This session has not started yet.")
        if attendee.status == status:
            raise InvalidState(f"This attendee is {attendee.get_status_display().lower()} already.")
        former = attendee.status
        attendee.status = status
        attendee.save(update_fields=["status"])
        record(
            session,
            action,
            actor=actor,
            now=now,
            old={"attendee_status": former},
            new={"attendee_status": status.value},
            metadata={"attendees": [str(attendee.pk)]},
        )
        _follow(session, seated, actor=actor, now=now)
        return attendee

    return in_transaction(write)


def _follow(session: Booking, seated: Iterable[Attendee], *, actor: Actor, now: datetime) -> None:
    """Let the session be a no-show if all are, and have taken place otherwise."""
    nobody_came = all(attendee.status == AttendeeStatus.NO_SHOW for attendee in seated)
    is_no_show = session.status == BookingStatus.NO_SHOW
    if nobody_came == is_no_show:
        return
    former = session.status
    session.move_to(BookingStatus.NO_SHOW if nobody_came else BookingStatus.COMPLETED)
    session.save(update_fields=["status", "updated_at"])
    record(
        session,
        AuditAction.NO_SHOW if nobody_came else AuditAction.COMPLETED,
        actor=actor,
        now=now,
        old={"status": former},
        new={"status": session.status},
    )
