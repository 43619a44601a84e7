""" "Sooner, please": a booked invitee asks for an earlier time, takes an offered one, or declines."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from apps.common.domain_events import publish
from apps.common.errors import InvalidState, ValidationFailed
from apps.common.idempotency import NO_KEY, OnceOnly, StoredAnswer
from apps.common.time import get_zone
from apps.events.actors import Actor
from apps.events.errors import OfferExpired
from apps.events.events import BookingRescheduled, SoonerLapsed
from apps.events.models import (
    WAITING,
    AuditAction,
    Booking,
    BookingStatus,
    SoonerRequest,
    WaitingStatus,
)
from apps.events.models.audit import ActorType
from apps.events.notices import notice_of
from apps.events.selectors.sooner import can_ask_sooner, find_request, may_still_move
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.locking import TimeTaken, in_transaction
from apps.events.services.bookings.move_offer import read_offer_of
from apps.events.services.bookings.moving import free_former_time, put_at
from apps.events.services.bookings.row import lock_booking
from apps.events.services.holds import release_hold
from apps.events.services.waiting.closing import give_offer_back
from apps.events.services.waiting.notices import notice_of_request
from apps.events.services.waiting.row import lock_request

Answer = Callable[[Booking], StoredAnswer]

_NO_OFFER = "No earlier time is offered to you right now."
_WHOLE_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Wishes:
    """Which earlier starts fit, by the clock of `timezone`: ISO weekdays (none: all), minutes of the
    day `minutes_from <= m < minutes_until`, from `earliest_date` on."""

    timezone: str
    weekdays: tuple[int, ...] = ()
    minutes_from: int = 0
    minutes_until: int = _WHOLE_DAY
    earliest_date: date | None = None


def ask_sooner(
    *,
    booking: Booking,
    wishes: Wishes,
    actor: Actor,
    now: datetime,
    once: OnceOnly = NO_KEY,
    answer: Answer | None = None,
) -> Booking:
    """Ask to be offered earlier times; asking again changes the wishes and keeps the place in line.

    Raises `ValidationFailed`, and `InvalidState` for a booking that cannot be moved or whose event
    type offers no earlier times.
    """
    _validate(wishes)

    def write() -> Booking:
        once.enter()
        current = lock_booking(booking, by_link=actor.type == ActorType.INVITEE)
        request = find_request(current) or SoonerRequest(
            booking=current, event_type=current.event_type, created_at=now
        )
        request.booking = current
        if not can_ask_sooner(current, now):
            raise InvalidState("Earlier times cannot be asked for with this booking.")
        is_new = request._state.adding or request.status not in WAITING
        if is_new:
            # What was offered before counts: withdrawing and asking again is no way to hold more.
            request.status, request.queued_at, request.offer = WaitingStatus.ACTIVE, now, None
        request.timezone = wishes.timezone
        request.weekdays = sorted(set(wishes.weekdays))
        request.minutes_from, request.minutes_until = wishes.minutes_from, wishes.minutes_until
        request.earliest_date = wishes.earliest_date
        request.save()
        told = {
            "weekdays": request.weekdays,
            "minutes_from": request.minutes_from,
            "minutes_until": request.minutes_until,
            "earliest_date": wishes.earliest_date.isoformat() if wishes.earliest_date else None,
        }
        record(current, AuditAction.SOONER_ASKED, actor=actor, now=now, new=told)
        once.leave_with(current, answer, now=now)
        return current

    return in_transaction(write)


def withdraw_sooner(
    *,
    booking: Booking,
    actor: Actor,
    now: datetime,
    once: OnceOnly = NO_KEY,
    answer: Answer | None = None,
) -> Booking:
    """Ask no more; an open offer goes to the next. Raises `InvalidState` when nothing was asked."""

    def write() -> Booking:
        once.enter()
        current, request, people = _lock(booking, actor=actor)
        end_request(request, WaitingStatus.CANCELLED, people, now=now)
        record(current, AuditAction.SOONER_WITHDRAWN, actor=actor, now=now)
        once.leave_with(current, answer, now=now)
        return current

    return in_transaction(write)


def decline_sooner(
    *,
    booking: Booking,
    actor: Actor,
    now: datetime,
    once: OnceOnly = NO_KEY,
    answer: Answer | None = None,
) -> Booking:
    """Let the offered time go to the next, and go on asking. Raises `InvalidState` without one."""

    def write() -> Booking:
        once.enter()
        current, request, people = _lock(booking, actor=actor)
        if request.status != WaitingStatus.NOTIFIED:
            raise InvalidState(_NO_OFFER)
        ask_on(request, people, now=now)
        once.leave_with(current, answer, now=now)
        return current

    return in_transaction(write)


def take_sooner(
    *,
    booking: Booking,
    actor: Actor,
    now: datetime,
    once: OnceOnly = NO_KEY,
    answer: Answer | None = None,
) -> Booking:
    """Move the booking onto the time that is held for it, and free its old time, in one step.

    It stays confirmed, and counts towards no limit of moves: the organizer's side offered it. Who
    waits for the old time is served in the same transaction.
    Raises `OfferExpired` when the offer is over or the time does not suffice any more, `InvalidState` when there is none.
    """

    def write() -> Booking:
        once.enter()
        current, request, _people = _lock(booking, actor=actor)
        if request.status != WaitingStatus.NOTIFIED:
            raise InvalidState(_NO_OFFER)
        hold = request.offer
        if hold is None or not request.has_open_offer(now):
            raise OfferExpired("This offer has ended, and the time went on to the next in line.")
        request.booking = current
        if not may_still_move(current, now):
            raise InvalidState("This booking cannot be moved any more.")
        request.status, request.offer = WaitingStatus.CONVERTED, None
        request.save(update_fields=["status", "offer", "updated_at"])
        start = hold.start_time
        release_hold(hold)
        former = put_at(current, read_offer_of(current), start=start, now=now)
        record(
            current,
            AuditAction.RESCHEDULED,
            actor=actor,
            now=now,
            old={"start_time": former.start.isoformat()},
            new={"start_time": current.start_time.isoformat()},
            metadata={"sooner": str(request.pk)},
        )
        notice = notice_of(current, "rescheduled", now=now, previous_start=former.start)
        publish(BookingRescheduled(now, notice))
        free_former_time(current, former, now=now)
        once.leave_with(current, answer, now=now)
        return current

    try:
        return in_transaction(write)
    except TimeTaken:
        # It takes more of the hosts' time than was held: its event type has other buffers by now.
        raise OfferExpired("This time cannot be had any more. Decline it to wait on.") from None


def lapse_sooner(*, request: SoonerRequest, now: datetime) -> bool:
    """Pass on an offer that was not answered in time; whether there was one."""

    def write() -> bool:
        current, people = lock_request(request)
        if current.status != WaitingStatus.NOTIFIED or current.has_open_offer(now):
            return False
        if not may_still_move(current.booking, now):
            end_request(current, WaitingStatus.EXPIRED, people, now=now)
            return True
        notice = notice_of_request(current, "sooner_lapsed")
        publish(SoonerLapsed(now, replace(notice, offer_ends_at=None)))
        ask_on(current, people, now=now)
        return True

    return in_transaction(write)


def close_request(*, request: SoonerRequest, now: datetime) -> bool:
    """End a request whose booking has begun or is over; whether it was."""

    def write() -> bool:
        current, people = lock_request(request)
        booking = current.booking
        is_ahead = booking.status == BookingStatus.CONFIRMED and now < booking.start_time
        if current.status not in WAITING or is_ahead:
            return False
        end_request(current, WaitingStatus.EXPIRED, people, now=now)
        return True

    return in_transaction(write)


def end_request(
    request: SoonerRequest, status: WaitingStatus, people: Collection[UUID], *, now: datetime
) -> None:
    """End it under the locks; what it was offered goes to the next."""
    request.status = status
    give_offer_back(request, people, now=now)


def ask_on(request: SoonerRequest, people: Collection[UUID], *, now: datetime) -> None:
    """Back to the end of the line, without the offer, which goes to the next."""
    request.status, request.queued_at = WaitingStatus.ACTIVE, now
    give_offer_back(request, people, now=now)


def _lock(booking: Booking, *, actor: Actor) -> tuple[Booking, SoonerRequest, set[UUID]]:
    current = lock_booking(booking, by_link=actor.type == ActorType.INVITEE)
    request = find_request(current)
    if request is None or request.status not in WAITING:
        raise InvalidState("No earlier time was asked for with this booking.")
    request.booking = current
    return current, request, {current.organizer_id, *(host.pk for host in current.hosts)}


def _validate(wishes: Wishes) -> None:
    get_zone(wishes.timezone, pointer="/timezone")
    if any(not 1 <= day <= 7 for day in wishes.weekdays):
        raise ValidationFailed.of(
            "/weekdays", "invalid", "Give weekdays as numbers from 1 (Monday) to 7 (Sunday)."
        )
    if not 0 <= wishes.minutes_from < wishes.minutes_until <= _WHOLE_DAY:
        raise ValidationFailed.of("/until", "invalid", "Choose an end that is after the beginning.")
