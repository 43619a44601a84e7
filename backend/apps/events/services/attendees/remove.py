"""Take a seat from somebody: by the organizer, or by who brought them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from apps.common.errors import InvalidState, NotFound
from apps.common.idempotency import NO_KEY, OnceOnly, StoredAnswer
from apps.events.actors import Actor
from apps.events.models import Attendee, AuditAction, Booking
from apps.events.models.booking import CancelledBy
from apps.events.services.attendees.leaving import give_back
from apps.events.services.bookings.locking import in_transaction
from apps.events.services.bookings.row import lock_booking
from apps.events.services.bookings.seats import get_holder, get_party, list_seated


def remove_attendee(
    *, booking: Booking, attendee_id: UUID, reason: str, actor: Actor, now: datetime
) -> Attendee:
    """Take one seat back, as the organizer may until the session starts; the attendee is told why.

    Whom they brought stay, each on their own. With the last one the session is cancelled, as when
    they leave by themselves: an empty one would keep the hosts' time for nobody.
    Raises `NotFound` for attendees of other sessions, `InvalidState`.
    """

    def write() -> Attendee:
        session = lock_booking(booking)
        seated = list_seated(session)
        attendee = get_attendee(session, attendee_id, seated)
        _refuse_started(session, now=now)
        if not attendee.is_in:
            raise InvalidState("This attendee has given the seat back already.")
        Attendee.objects.filter(brought_by=attendee).update(brought_by=None)
        give_back(
            session,
            [attendee],
            seated=seated,
            action=AuditAction.ATTENDEE_REMOVED,
            cancelled_by=CancelledBy.ORGANIZER,
            reason=reason.strip(),
            actor=actor,
            now=now,
        )
        return attendee

    return in_transaction(write)


def remove_brought(
    *,
    booking: Booking,
    attendee_id: UUID,
    actor: Actor,
    now: datetime,
    once: OnceOnly = NO_KEY,
    answer: Callable[[Booking], StoredAnswer] | None = None,
) -> Booking:
    """Give back the seat of one whom the attendee brought whose link showed `booking`.

    Returns the session as the attendee sees it. Raises `NotFound` for anybody else,
    `InvalidState` once the session has started.
    """

    def write() -> Booking:
        once.enter()
        session = lock_booking(booking)
        seated = list_seated(session)
        holder, *brought = get_party(get_holder(session, booking), seated)
        session.refuse_change(now, by_invitee=True, is_move=False)
        leaving = [attendee for attendee in brought if attendee.pk == attendee_id]
        if not leaving:
            raise NotFound("Nobody whom you brought has that id.")
        give_back(
            session,
            leaving,
            seated=seated,
            action=AuditAction.ATTENDEE_REMOVED,
            cancelled_by=CancelledBy.INVITEE,
            reason="",
            actor=actor,
            now=now,
        )
        seen = holder.seen_booking(seats=len(brought))
        once.leave_with(seen, answer, now=now)
        return seen

    return in_transaction(write)


def get_attendee(session: Booking, attendee_id: UUID, seated: list[Attendee]) -> Attendee:
    """One attendee of the session, gone ones too. Raises `NotFound`, also for those of others."""
    attendee = next((one for one in seated if one.pk == attendee_id), None)
    if attendee is None:
        attendee = session.attendees.filter(pk=attendee_id).first()
    if attendee is None:
        raise NotFound("There is no such attendee in this session.")
    attendee.booking = session
    return attendee


def _refuse_started(session: Booking, *, now: datetime) -> None:
    if not session.can_be_cancelled(now):
        raise InvalidState(
            "This session has started or was called off. Mark who did not come as no-show."
        )
