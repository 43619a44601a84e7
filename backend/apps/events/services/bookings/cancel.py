"""Cancel a booking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from apps.common.domain_events import publish
from apps.common.errors import InvalidState
from apps.common.idempotency import NO_KEY, OnceOnly, StoredAnswer
from apps.events.actors import Actor
from apps.events.events import AttendeesLeft, BookingCancelled, SessionCancelled
from apps.events.models import Attendee, AuditAction, Booking
from apps.events.models.audit import ActorType
from apps.events.models.booking import CancelledBy
from apps.events.notices import attendee_notices, notice_of, session_notice
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.locking import in_transaction
from apps.events.services.bookings.occupancy import release
from apps.events.services.bookings.row import lock_booking
from apps.events.services.bookings.seats import get_party, list_seated


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

    Who comes by an attendee's link leaves the session with those they brought; with the last one
    it is cancelled. Otherwise a session is cancelled for everybody in it.
    Raises `InvalidState` when the booking has started or is over already.
    """

    def write() -> Booking:
        once.enter()
        if booking.attendee is not None:
            changed = _leave(booking, reason=reason.strip(), actor=actor, now=now)
        else:
            changed = _cancel(booking, cancelled_by, reason.strip(), actor=actor, now=now)
        once.leave_with(changed, answer, now=now)
        return changed

    return in_transaction(write)


def _cancel(
    booking: Booking, cancelled_by: str, reason: str, *, actor: Actor, now: datetime
) -> Booking:
    current = lock_booking(booking, by_link=actor.type == ActorType.INVITEE)
    _call_off(current, cancelled_by, reason, actor=actor, now=now)
    if current.is_session:
        seated = list_seated(current)
        session = session_notice(current, "cancelled", attendees=seated, now=now, actor=actor)
        copies = attendee_notices(seated, "cancelled", now=now, actor=actor)
        publish(SessionCancelled(now, session, copies))
    else:
        publish(BookingCancelled(now, notice_of(current, "cancelled", now=now, actor=actor)))
    return current


def _call_off(
    current: Booking, cancelled_by: str, reason: str, *, actor: Actor, now: datetime
) -> None:
    former = current.status
    current.cancel(cancelled_by, reason, now=now)
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


def _leave(seen: Booking, *, reason: str, actor: Actor, now: datetime) -> Booking:
    session = lock_booking(seen)
    seated = list_seated(session)
    holder, *brought = leaving = get_party(session, seen, seated)
    if not session.can_be_cancelled(now):
        raise InvalidState("This session has started or is over; nobody can leave it any more.")
    gone = {attendee.pk for attendee in leaving}
    staying = [attendee for attendee in seated if attendee.pk not in gone]
    before = session.attendee_count
    session.attendee_count = len(staying)
    holder.leave(reason, now=now)
    for attendee in brought:
        attendee.leave("", now=now)
    Attendee.objects.bulk_update(leaving, ["status", "cancelled_at", "cancellation_reason"])
    record(
        session,
        AuditAction.ATTENDEE_LEFT,
        actor=actor,
        now=now,
        old={"attendee_count": before},
        new={"attendee_count": len(staying), "cancellation_reason": reason},
        metadata={"attendees": [str(attendee.pk) for attendee in leaving]},
    )
    if staying:
        session.save(update_fields=["attendee_count", "updated_at"])
    else:
        _call_off(session, CancelledBy.INVITEE, reason, actor=actor, now=now)
    ours = session_notice(
        session,
        "left" if staying else "cancelled",
        attendees=staying,
        who=holder,
        now=now,
        actor=actor,
    )
    publish(AttendeesLeft(now, ours, attendee_notices(leaving, "cancelled", now=now, actor=actor)))
    return holder.seen_booking(seats=0)  # the link stands for none any more
