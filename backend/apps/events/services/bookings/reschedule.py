"""Move a booking to another time."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from apps.common.domain_events import publish
from apps.common.errors import InvalidState, ValidationFailed
from apps.common.idempotency import NO_KEY, OnceOnly, StoredAnswer
from apps.common.time import get_zone, tz_database_version
from apps.events.actors import Actor
from apps.events.errors import refusal
from apps.events.events import BookingRescheduled
from apps.events.models import AuditAction, Booking, BookingStatus
from apps.events.models.audit import ActorType
from apps.events.notices import notice_of
from apps.events.selectors.offers import Offer, load_offer
from apps.events.selectors.slots import Verdict, find_alternatives, judge_start
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.locking import TimeTaken, in_transaction
from apps.events.services.bookings.occupancy import move
from apps.events.services.bookings.row import lock_booking


class _NotOffered(Exception):
    """The engine refused; alternatives are looked for after the locks are gone."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__("not offered")
        self.verdict = verdict


def _judge(offer: Offer, booking: Booking, *, start: datetime, now: datetime) -> None:
    minutes = booking.minutes
    verdict = judge_start(offer, start=start, now=now, duration=minutes, moving=booking.pk)
    if not verdict.is_offered:
        raise _NotOffered(verdict)


def _history_row(booking: Booking, *, now: datetime) -> Booking:
    """The old time, kept as a row of its own: no occupancy, no link."""
    row = copy.copy(booking)
    row.pk = uuid4()
    row._state = copy.copy(booking._state)
    row._state.adding = True
    row.access_token = None
    row.access_token_expires_at = None
    row.move_to(BookingStatus.RESCHEDULED)
    row.rescheduled_at = now
    return row


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

    Its own old time counts as free; old and new time swap in one transaction.
    Raises `InvalidState`, `InvalidTimezone`, `ValidationFailed` when nothing would change, and
    the refusals of `apps.events.errors`.
    """
    if invitee_timezone is not None:
        get_zone(invitee_timezone, pointer="/timezone")
    if not booking.can_be_rescheduled(now):
        raise InvalidState("This booking cannot be moved any more.")
    if start == booking.start_time:
        raise ValidationFailed.of(
            "/start_time", "unchanged", "The booking is at that time already; choose another one."
        )
    offer = load_offer(booking.event_type).served_by([host.pk for host in booking.hosts])

    def write() -> Booking:
        once.enter()
        current = lock_booking(booking, by_link=actor.type == ActorType.INVITEE)
        if not current.can_be_rescheduled(now):
            raise InvalidState("This booking cannot be moved any more.")
        fresh = load_offer(current.event_type).served_by([host.pk for host in current.hosts])
        _judge(fresh, current, start=start, now=now)
        former = _history_row(current, now=now)
        former.save(force_insert=True)
        old_start = current.start_time
        current.set_time(start, timedelta(minutes=current.minutes))
        # The engine judged with today's buffers and hours: they are what the new time is made of.
        current.buffer_before = fresh.event_type.buffer_time_before
        current.buffer_after = fresh.event_type.buffer_time_after
        current.host_timezone = fresh.timezone_of(current.host_id)
        wall = start.astimezone(get_zone(current.host_timezone)).replace(tzinfo=None)
        current.wall_time = wall.isoformat()
        current.tz_version = tz_database_version()
        current.invitee_timezone = invitee_timezone or current.invitee_timezone
        current.rescheduled_from = former
        current.rescheduled_at = now
        current.ical_sequence += 1
        current.save()
        move(current)
        record(
            current,
            AuditAction.RESCHEDULED,
            actor=actor,
            now=now,
            old={"start_time": old_start.isoformat()},
            new={"start_time": start.isoformat()},
        )
        notice = notice_of(current, "rescheduled", now=now, previous_start=old_start)
        publish(BookingRescheduled(now, notice))
        once.leave_with(current, answer, now=now)
        return current

    try:
        _judge(offer, booking, start=start, now=now)
        return in_transaction(write)
    except _NotOffered as refused:
        reasons = refused.verdict.reasons
    except TimeTaken:
        reasons = ()
    nearest = find_alternatives(
        offer, near=start, now=now, duration=booking.minutes, moving=booking.pk
    )
    raise refusal(reasons, nearest)
