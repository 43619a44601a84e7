"""Move a booking to another time."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings

from apps.common.domain_events import publish
from apps.common.errors import InvalidState, ValidationFailed
from apps.common.idempotency import NO_KEY, OnceOnly, StoredAnswer
from apps.common.time import get_zone, tz_database_version
from apps.events.actors import Actor
from apps.events.errors import refusal
from apps.events.events import BookingRescheduled, SessionRescheduled
from apps.events.models import Attendee, AuditAction, Booking, BookingStatus, EventType
from apps.events.models.audit import ActorType
from apps.events.notices import attendee_notices, notice_of, session_notice
from apps.events.selectors.offers import Offer, load_offer_served_by
from apps.events.selectors.slots import Verdict, find_alternatives, judge_start
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.locking import TimeTaken, in_transaction
from apps.events.services.bookings.occupancy import move
from apps.events.services.bookings.row import lock_booking
from apps.events.services.bookings.seats import get_party, list_seated


class _NotOffered(Exception):
    """The engine refused; alternatives are looked for after the locks are gone."""

    def __init__(self, offer: Offer, verdict: Verdict) -> None:
        super().__init__("not offered")
        self.offer = offer
        self.verdict = verdict


def _judge(offer: Offer, booking: Booking, *, start: datetime, now: datetime) -> None:
    minutes = booking.minutes
    verdict = judge_start(offer, start=start, now=now, duration=minutes, moving=booking.pk)
    if not verdict.is_offered:
        raise _NotOffered(offer, verdict)


def _read_offer(event_type_id: UUID, host_ids: Sequence[UUID]) -> Offer:
    """The event type as it is now, served by the booking's hosts alone."""
    event_types = EventType.objects.select_related("organizer", "schedule")
    return load_offer_served_by(event_types.get(pk=event_type_id), host_ids)


def _as_locked(offer: Offer, current: Booking) -> Offer:
    """The offer as it stands under the lock: read anew only if somebody has changed something."""
    hosts = current.hosts
    host_ids = tuple(host.pk for host in hosts)
    versions = {user.pk: user.availability_version for user in (current.organizer, *hosts)}
    if offer.host_ids == host_ids and offer.stands_under(versions):
        return offer
    return _read_offer(current.event_type_id, host_ids)


def _refuse_unmovable(booking: Booking, *, now: datetime) -> None:
    if booking.is_shared and booking.can_be_cancelled(now):
        raise InvalidState(
            "Others have booked this session too, so it cannot be moved. "
            "Cancel your booking and book another time."
        )
    if not booking.can_be_rescheduled(now):
        raise InvalidState("This booking cannot be moved any more.")


def _seen_again(session: Booking, seen: Booking, seated: Sequence[Attendee]) -> Booking:
    """The session as it is now, as the attendee may see it who saw it before."""
    holder, *brought = get_party(session, seen, seated)
    return holder.seen_booking(seats=1 + len(brought))


def _tell_session(
    session: Booking, seated: Sequence[Attendee], *, old_start: datetime, now: datetime
) -> None:
    """Tell everybody in the session, and let their links live on from its new end."""
    expires = session.end_time + timedelta(days=settings.ACCESS_TOKEN_DAYS_AFTER_END)
    Attendee.objects.filter(booking=session).update(access_token_expires_at=expires)
    for attendee in seated:
        attendee.access_token_expires_at = expires
    ours = session_notice(
        session, "rescheduled", attendees=seated, now=now, previous_start=old_start
    )
    copies = attendee_notices(seated, "rescheduled", now=now, previous_start=old_start)
    publish(SessionRescheduled(now, ours, copies))


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
    _refuse_unmovable(booking, now=now)
    if start == booking.start_time:
        raise ValidationFailed.of(
            "/start_time", "unchanged", "The booking is at that time already; choose another one."
        )
    offer = _read_offer(booking.event_type_id, [host.pk for host in booking.hosts])

    def write() -> Booking:
        once.enter()
        is_attendee = booking.attendee is not None
        current = lock_booking(booking, by_link=actor.type == ActorType.INVITEE)
        seated = list_seated(current) if current.is_session else []
        if is_attendee:
            _refuse_unmovable(_seen_again(current, booking, seated), now=now)
        _refuse_unmovable(current, now=now)
        fresh = _as_locked(offer, current)
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
        if not current.is_session:
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
        if current.is_session:
            _tell_session(current, seated, old_start=old_start, now=now)
        else:
            notice = notice_of(current, "rescheduled", now=now, previous_start=old_start)
            publish(BookingRescheduled(now, notice))
        changed = _seen_again(current, booking, seated) if is_attendee else current
        once.leave_with(changed, answer, now=now)
        return changed

    try:
        _judge(offer, booking, start=start, now=now)
        return in_transaction(write)
    except _NotOffered as refused:
        offer, reasons = refused.offer, refused.verdict.reasons
    except TimeTaken:
        offer, reasons = _read_offer(booking.event_type_id, offer.host_ids), ()
    nearest = find_alternatives(
        offer, near=start, now=now, duration=booking.minutes, moving=booking.pk
    )
    raise refusal(reasons, nearest)
