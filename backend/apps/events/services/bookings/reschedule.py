"""Move a booking to another time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F

from apps.common.domain_events import publish
from apps.common.errors import InvalidState, ValidationFailed
from apps.common.idempotency import NO_KEY, OnceOnly, StoredAnswer
from apps.common.time import get_zone
from apps.events.actors import Actor
from apps.events.errors import refusal
from apps.events.events import (
    BookingConfirmed,
    BookingCreated,
    BookingRequested,
    BookingRescheduled,
    SessionRescheduled,
)
from apps.events.models import Attendee, AuditAction, Booking, BookingStatus
from apps.events.models.audit import ActorType
from apps.events.notices import attendee_notices, notice_of, session_notice
from apps.events.selectors.offers import Offer
from apps.events.selectors.slots import find_alternatives, judge_start
from apps.events.services.attendees.move import move_party
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.judging import NotOffered
from apps.events.services.bookings.locking import TimeTaken, in_transaction
from apps.events.services.bookings.move_offer import offer_as_locked, read_offer_of
from apps.events.services.bookings.moving import Former, free_former_time, put_at
from apps.events.services.bookings.row import lock_booking
from apps.events.services.bookings.seats import get_holder, get_party, list_seated
from apps.events.services.requests.first_state import CONFIRMED_AT_ONCE, FirstState, first_state


def reschedule_booking(
    *,
    booking: Booking,
    start: datetime,
    actor: Actor,
    now: datetime,
    invitee_timezone: str | None = None,
    once: OnceOnly = NO_KEY,
    answer: Callable[[Booking], StoredAnswer] | None = None,
) -> Booking:
    """Move to `start` (an instant), keeping id, link, UID, host, answers and duration.

    Who comes by an attendee's link moves their own seats, and the session itself only if nobody
    else is in it and there is none to join at `start`.

    Its own old time counts as free; old and new time swap in one transaction. By its invitee it
    becomes a request again where the new time has to be confirmed; the organizer's word on a time
    is a confirmation itself.

    Raises `InvalidState`, `InvalidTimezone`, `ValidationFailed` when nothing would change, and
    the refusals of `apps.events.errors`.
    """
    if invitee_timezone is not None:
        get_zone(invitee_timezone, pointer="/timezone")
    by_invitee = actor.came_by_link
    booking.refuse_change(now, by_invitee=by_invitee, is_move=True)
    if start == booking.start_time:
        raise ValidationFailed.of(
            "/start_time", "unchanged", "The booking is at that time already; choose another one."
        )
    if booking.attendee is not None:
        seated_elsewhere = move_party(
            booking=booking,
            start=start,
            actor=actor,
            now=now,
            invitee_timezone=invitee_timezone,
            check=lambda seen: seen.refuse_change(now, by_invitee=by_invitee, is_move=True),
            once=once,
            answer=answer,
        )
        if seated_elsewhere is not None:
            return seated_elsewhere
    offer = read_offer_of(booking)

    def write() -> Booking:
        once.enter()
        is_attendee = booking.attendee is not None
        current = lock_booking(booking, by_link=actor.type == ActorType.INVITEE)
        seated = list_seated(current) if current.is_session else []
        if is_attendee:
            seen = _seen_again(current, booking, seated)
            seen.refuse_change(now, by_invitee=True, is_move=True)
            _refuse_shared(seen)
        current.refuse_change(now, by_invitee=by_invitee, is_move=True)
        fresh = offer_as_locked(offer, current)
        _judge(fresh, current, start=start, now=now)
        if by_invitee and current.repick_asked_at is None:
            _count_move(current, booking.attendee)
        if not current.is_session:
            current.invitee_timezone = invitee_timezone or current.invitee_timezone
        state = _next_state(fresh, current, start=start, by_invitee=by_invitee, now=now)
        former = put_at(current, fresh, start=start, now=now, state=state)
        _record(current, former, actor=actor, now=now)
        if current.is_session:
            _tell_session(current, seated, former, now=now)
        else:
            _tell(current, former, actor=actor, now=now)
        free_former_time(current, former, now=now)
        changed = _seen_again(current, booking, seated) if is_attendee else current
        once.leave_with(changed, answer, now=now)
        return changed

    try:
        _judge(offer, booking, start=start, now=now)
        return in_transaction(write)
    except NotOffered as refused:
        offer, reasons = refused.offer, refused.verdict.reasons
    except TimeTaken:
        offer, reasons = read_offer_of(booking), ()
    nearest = find_alternatives(
        offer, near=start, now=now, duration=booking.minutes, moving=booking.pk
    )
    raise refusal(reasons, nearest)


def _count_move(current: Booking, attendee: Attendee | None) -> None:
    """Once more; where the organizer limits moves, each attendee has their own."""
    if attendee is None:
        current.reschedule_count += 1
    else:
        counted = F("reschedule_count") + 1
        Attendee.objects.filter(pk=attendee.pk).update(reschedule_count=counted)


def _refuse_shared(seen: Booking) -> None:
    """Between the look that found nobody else in and the lock, somebody joined."""
    if seen.is_shared:
        raise InvalidState("Somebody has just joined this session; choose the time once more.")


def _judge(offer: Offer, booking: Booking, *, start: datetime, now: datetime) -> None:
    minutes = booking.minutes
    verdict = judge_start(offer, start=start, now=now, duration=minutes, moving=booking.pk)
    if not verdict.is_offered:
        raise NotOffered(offer, verdict)


def _next_state(
    offer: Offer, current: Booking, *, start: datetime, by_invitee: bool, now: datetime
) -> FirstState:
    if current.is_session or not by_invitee:
        return CONFIRMED_AT_ONCE
    return first_state(offer.event_type, start, now)


def _record(current: Booking, former: Former, *, actor: Actor, now: datetime) -> None:
    old = {"start_time": former.start.isoformat()}
    new = {"start_time": current.start_time.isoformat()}
    if former.status != current.status:
        old["status"], new["status"] = former.status, current.status
    record(current, AuditAction.RESCHEDULED, actor=actor, now=now, old=old, new=new)


def _tell(current: Booking, former: Former, *, actor: Actor, now: datetime) -> None:
    """Tell both sides what the move came to: asked for, agreed at last, or moved."""
    if current.status == BookingStatus.PENDING:
        asked = notice_of(current, "requested", now=now, previous_start=former.start)
        was_agreed = former.status == BookingStatus.CONFIRMED
        publish(BookingRequested(now, replace(asked, withdraws_invitation=was_agreed)))
    elif former.status != BookingStatus.PENDING:
        notice = notice_of(current, "rescheduled", now=now, previous_start=former.start)
        publish(BookingRescheduled(now, notice))
    elif actor.came_by_link:
        publish(BookingCreated(now, notice_of(current, "created", now=now)))
    else:
        publish(BookingConfirmed(now, notice_of(current, "confirmed", now=now, actor=actor)))


def _seen_again(session: Booking, seen: Booking, seated: Sequence[Attendee]) -> Booking:
    """The session as it is now, as the attendee may see it who saw it before."""
    holder, *brought = get_party(get_holder(session, seen), seated)
    return holder.seen_booking(seats=1 + len(brought))


def _tell_session(
    session: Booking, seated: Sequence[Attendee], former: Former, *, now: datetime
) -> None:
    """Tell everybody in the session, and let their links live on from its new end."""
    expires = session.end_time + timedelta(days=settings.ACCESS_TOKEN_DAYS_AFTER_END)
    Attendee.objects.filter(booking=session).update(access_token_expires_at=expires)
    for attendee in seated:
        attendee.access_token_expires_at = expires
    ours = session_notice(
        session, "rescheduled", attendees=seated, now=now, previous_start=former.start
    )
    copies = attendee_notices(seated, "rescheduled", now=now, previous_start=former.start)
    publish(SessionRescheduled(now, ours, copies))
