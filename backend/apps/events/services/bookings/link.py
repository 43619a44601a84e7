"""Replace the link by which an invitee manages a booking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from apps.common.domain_events import publish
from apps.common.idempotency import NO_KEY, OnceOnly, StoredAnswer
from apps.events.actors import Actor
from apps.events.events import LinkRenewed
from apps.events.models import AuditAction, Booking
from apps.events.models.audit import ActorType
from apps.events.notices import present_notice
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.locking import in_transaction
from apps.events.services.bookings.row import lock_booking
from apps.events.services.bookings.seats import get_holder


def regenerate_access_token(
    *,
    booking: Booking,
    actor: Actor,
    now: datetime,
    once: OnceOnly = NO_KEY,
    answer: Callable[[Booking], StoredAnswer] | None = None,
) -> Booking:
    """Give the booking a new link; the old one answers 404 from now on.

    The invitee gets it by mail when the organizer asked for it: the link is theirs alone to use.
    Raises `InvalidState` for a session: each attendee has a link of their own.
    """

    def write() -> Booking:
        once.enter()
        if booking.attendee is not None:
            changed = _renew_attendees(booking, actor=actor, now=now)
        else:
            changed = _renew(booking, actor=actor, now=now)
        once.leave_with(changed, answer, now=now)
        return changed

    return in_transaction(write)


def _renew(booking: Booking, *, actor: Actor, now: datetime) -> Booking:
    current = lock_booking(booking, by_link=actor.type == ActorType.INVITEE)
    current.refuse_session()
    current.regenerate_access_token(now)
    current.save(update_fields=["access_token", "access_token_expires_at", "updated_at"])
    record(current, AuditAction.TOKEN_REGENERATED, actor=actor, now=now)
    if actor.type == ActorType.ORGANIZER and current.can_be_cancelled(now):
        publish(LinkRenewed(now, present_notice(current, now=now)))
    return current


def _renew_attendees(seen: Booking, *, actor: Actor, now: datetime) -> Booking:
    session = lock_booking(seen)
    attendee = get_holder(session, seen)
    attendee.regenerate_access_token(now)
    attendee.save(update_fields=["access_token", "access_token_expires_at"])
    record(
        session,
        AuditAction.TOKEN_REGENERATED,
        actor=actor,
        now=now,
        metadata={"attendees": [str(attendee.pk)]},
    )
    return attendee.seen_booking(seats=seen.attendee_count)
