"""Change what an attendee says about themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from apps.common.errors import InvalidState
from apps.common.idempotency import NO_KEY, OnceOnly, StoredAnswer
from apps.events.actors import Actor
from apps.events.models import AuditAction, Booking
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.locking import in_transaction
from apps.events.services.bookings.row import lock_booking
from apps.events.services.bookings.seats import get_holder, get_party, list_seated
from apps.events.services.bookings.validation import validate_invitee
from apps.events.services.questions.answers import change_answers

FIELDS = {
    "invitee_name": "name",
    "invitee_phone": "phone",
    "invitee_timezone": "timezone",
    "notes": "notes",
    "custom_answers": "custom_answers",
}
"""What may be changed: its name on a booking, and on the attendee."""


def update_attendee(
    *,
    booking: Booking,
    changes: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    once: OnceOnly = NO_KEY,
    answer: Callable[[Booking], StoredAnswer] | None = None,
) -> Booking:
    """Apply `changes` (names of `FIELDS`) to the attendee whose link showed `booking`.

    The e-mail address is not among them: the link was sent there. Until the session ends.
    Raises `ValidationFailed`, `InvalidTimezone`, `InvalidState`, and `NotFound` when the link was
    replaced.
    """
    wanted = {FIELDS[name]: value for name, value in changes.items()}

    def write() -> Booking:
        once.enter()
        session = lock_booking(booking)
        party = get_party(get_holder(session, booking), list_seated(session))
        attendee = party[0]
        attendee.seen_booking(seats=1).refuse_erased()
        if not session.is_live or now >= session.end_time:
            raise InvalidState("This session is over or was called off; nothing can be changed.")
        if "custom_answers" in wanted:
            wanted["custom_answers"] = change_answers(
                event_type=session.event_type,
                stored=attendee.custom_answers,
                given=changes["custom_answers"],
                all_required=True,
            )
        old = {name: getattr(attendee, name) for name in wanted}
        new = {name: value for name, value in wanted.items() if value != old[name]}
        for name, value in new.items():
            setattr(attendee, name, value)
        validate_invitee(
            attendee.seen_booking(seats=len(party)),
            only={name for name, field in FIELDS.items() if field in new},
        )
        if new:
            attendee.save(update_fields=list(new))
            record(
                session,
                AuditAction.ATTENDEE_UPDATED,
                actor=actor,
                now=now,
                old={name: old[name] for name in new},
                new=new,
                metadata={"attendees": [str(attendee.pk)]},
            )
        seen = attendee.seen_booking(seats=len(party))
        once.leave_with(seen, answer, now=now)
        return seen

    return in_transaction(write)
