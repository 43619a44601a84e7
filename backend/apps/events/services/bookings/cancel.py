"""Cancel a booking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from apps.common.domain_events import publish
from apps.common.idempotency import NO_KEY, OnceOnly, StoredAnswer
from apps.events.actors import Actor
from apps.events.events import BookingCancelled, SessionCancelled
from apps.events.models import AuditAction, Booking
from apps.events.models.audit import ActorType
from apps.events.models.booking import CancelledBy
from apps.events.notices import attendee_notices, notice_of, session_notice
from apps.events.services.attendees.leaving import give_back, serve_the_waiting
from apps.events.services.bookings.call_off import call_off
from apps.events.services.bookings.locking import in_transaction
from apps.events.services.bookings.row import lock_booking
from apps.events.services.bookings.seats import get_holder, get_party, list_seated


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
    if actor.came_by_link:
        current.refuse_change(now, by_invitee=True, is_move=False)
    call_off(current, cancelled_by, reason, actor=actor, now=now)
    if current.is_session:
        seated = list_seated(current)
        session = session_notice(current, "cancelled", attendees=seated, now=now, actor=actor)
        copies = attendee_notices(seated, "cancelled", now=now, actor=actor)
        publish(SessionCancelled(now, session, copies))
    else:
        publish(BookingCancelled(now, notice_of(current, "cancelled", now=now, actor=actor)))
    serve_the_waiting(current, now=now)
    return current


def _leave(seen: Booking, *, reason: str, actor: Actor, now: datetime) -> Booking:
    session = lock_booking(seen)
    seated = list_seated(session)
    holder, *brought = get_party(get_holder(session, seen), seated)
    session.refuse_change(now, by_invitee=True, is_move=False)
    give_back(
        session,
        [holder, *brought],
        seated=seated,
        action=AuditAction.ATTENDEE_LEFT,
        cancelled_by=CancelledBy.INVITEE,
        reason=reason,
        actor=actor,
        now=now,
    )
    return holder.seen_booking(seats=0)  # the link stands for none any more
