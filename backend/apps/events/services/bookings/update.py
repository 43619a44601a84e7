"""Change what a booking says about its invitee; time and state have services of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from apps.common.addresses import read_address
from apps.common.domain_events import publish
from apps.common.errors import InvalidState
from apps.common.idempotency import NO_KEY, OnceOnly, StoredAnswer
from apps.events.actors import Actor
from apps.events.events import LinkRenewed
from apps.events.models import AuditAction, Booking
from apps.events.models.audit import ActorType
from apps.events.notices import present_notice
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.locking import in_transaction
from apps.events.services.bookings.row import lock_booking
from apps.events.services.bookings.validation import validate_invitee
from apps.events.services.questions.answers import change_answers

CHANGEABLE = frozenset(
    {
        "invitee_name",
        "invitee_email",
        "invitee_phone",
        "invitee_timezone",
        "notes",
        "custom_answers",
    }
)


def update_booking(
    *,
    booking: Booking,
    changes: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    once: OnceOnly = NO_KEY,
    answer: Callable[[Booking], StoredAnswer] | None = None,
) -> Booking:
    """Apply `changes` (names of `CHANGEABLE`); by its invitee until it is over.

    `custom_answers` change those that are named; organizers may leave required ones open.

    A new e-mail address gets the invitation and a new link; the old link dies.
    Raises `ValidationFailed`, `InvalidTimezone`, `InvalidState` for history rows, sessions
    and what was erased.
    """
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise KeyError(f"not changeable: {sorted(unknown)}")

    def write() -> Booking:
        once.enter()
        by_link = actor.type == ActorType.INVITEE
        current = lock_booking(booking, by_link=by_link)
        if by_link and (not current.is_live or now >= current.end_time):
            raise InvalidState("This booking is over; nothing can be changed any more.")
        current.refuse_history_row()
        current.refuse_erased()
        current.refuse_session()
        old = {name: getattr(current, name) for name in changes}
        for name, value in changes.items():
            setattr(current, name, value)
        if "custom_answers" in changes:
            current.custom_answers = change_answers(
                event_type=current.event_type,
                stored=old["custom_answers"],
                given=changes["custom_answers"],
                all_required=by_link,
            )
        given = {name for name in changes if getattr(current, name) != old[name]}
        validate_invitee(current, only=given)
        if "invitee_email" in given:
            current.invitee_email = read_address(current.invitee_email)
        values = {name: getattr(current, name) for name in changes}
        new = {name: value for name, value in values.items() if old[name] != value}
        if new:
            fields = [*new, "updated_at"]
            if "invitee_email" in new:
                # Whoever got the old mail must not hold the key any longer.
                current.regenerate_access_token(now)
                fields += ["access_token", "access_token_expires_at"]
            current.save(update_fields=fields)
            record(
                current,
                AuditAction.UPDATED,
                actor=actor,
                now=now,
                old={name: old[name] for name in new},
                new=new,
            )
        if "invitee_email" in new and current.can_be_cancelled(now):
            publish(LinkRenewed(now, present_notice(current, now=now)))
        once.leave_with(current, answer, now=now)
        return current

    return in_transaction(write)
