"""What giving seats of a session back comes to, whoever does it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apps.common.domain_events import publish
from apps.events.actors import Actor
from apps.events.events import AttendeesLeft
from apps.events.models import Attendee, AuditAction, Booking
from apps.events.notices import attendee_notices, session_notice
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.call_off import call_off
from apps.events.services.bookings.occupancy import span_of
from apps.events.services.waiting.freed import time_freed


def give_back(
    session: Booking,
    leaving: Sequence[Attendee],
    *,
    seated: Sequence[Attendee],
    action: AuditAction,
    cancelled_by: str,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Free the seats of `leaving`, of whom the first is the one it is about.

    The session, locked by the caller, goes on with the others of `seated`; without any it is
    cancelled. The reason is the first one's alone. Tells those who left and our side, and serves
    whoever waits for a seat.
    """
    who, *with_them = leaving
    staying = without(seated, leaving)
    before = session.attendee_count
    who.leave(reason, now=now, cancelled_by=cancelled_by)
    for attendee in with_them:
        attendee.leave("", now=now, cancelled_by=cancelled_by)
    Attendee.objects.bulk_update(
        leaving, ["status", "cancelled_at", "cancelled_by", "cancellation_reason"]
    )
    session.attendee_count = len(staying)
    record(
        session,
        action,
        actor=actor,
        now=now,
        old={"attendee_count": before},
        new={"attendee_count": len(staying), "cancellation_reason": reason},
        metadata={"attendees": [str(attendee.pk) for attendee in leaving]},
    )
    keep_or_call_off(session, leaving, cancelled_by, reason, actor=actor, now=now)
    ours = session_notice(
        session,
        "left" if staying else "cancelled",
        attendees=staying,
        who=who,
        now=now,
        actor=actor,
    )
    publish(AttendeesLeft(now, ours, attendee_notices(leaving, "cancelled", now=now, actor=actor)))
    serve_the_waiting(session, now=now)


def without(seated: Sequence[Attendee], leaving: Sequence[Attendee]) -> list[Attendee]:
    """Who stays."""
    gone = {attendee.pk for attendee in leaving}
    return [attendee for attendee in seated if attendee.pk not in gone]


def keep_or_call_off(
    session: Booking,
    leaving: Sequence[Attendee],
    cancelled_by: str,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Save a session that `leaving` have left; cancel it when nobody else is in it."""
    if session.attendee_count:
        session.save(update_fields=["attendee_count", "updated_at"])
    else:
        call_off(session, cancelled_by, reason, actor=actor, now=now, left_last=leaving)


def serve_the_waiting(session: Booking, *, now: datetime) -> None:
    """Offer what the session has free, or the time it has left, to whoever waits."""
    start, end = span_of(session)
    time_freed(
        organizer_id=session.organizer_id,
        host_ids=[host.pk for host in session.hosts],
        start=start,
        end=end,
        now=now,
    )
