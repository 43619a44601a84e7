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
from apps.events.notices import notice_of
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.locking import in_transaction
from apps.events.services.bookings.row import lock_booking


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
    """

    def write() -> Booking:
        once.enter()
        current = lock_booking(booking, by_link=actor.type == ActorType.INVITEE)
        current.regenerate_access_token(now)
        current.save(update_fields=["access_token", "access_token_expires_at", "updated_at"])
        record(current, AuditAction.TOKEN_REGENERATED, actor=actor, now=now)
        if actor.type == ActorType.ORGANIZER and current.can_be_cancelled(now):
            publish(LinkRenewed(now, notice_of(current, "created", now=now)))
        once.leave_with(current, answer, now=now)
        return current

    return in_transaction(write)
