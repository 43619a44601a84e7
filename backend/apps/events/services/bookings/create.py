"""Book a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError

from apps.availability.public import Reason
from apps.common.addresses import read_address
from apps.common.domain_events import publish
from apps.common.errors import ValidationFailed
from apps.common.idempotency import OnceOnly, StoredAnswer
from apps.common.time import get_zone, tz_database_version
from apps.events.actors import Actor
from apps.events.errors import refusal
from apps.events.events import BookingCreated
from apps.events.locations import agreed_location
from apps.events.models import AuditAction, Booking, BookingCoHost, BookingStatus, EventType
from apps.events.notices import notice_of
from apps.events.selectors.offers import Offer, get_offer
from apps.events.selectors.slots import Verdict, chosen_duration, find_alternatives, judge_start
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.join import explained, seat_people
from apps.events.services.bookings.locking import in_transaction, is_overlap, lock_hosts
from apps.events.services.bookings.occupancy import take
from apps.events.services.bookings.request import BookingRequest
from apps.events.services.bookings.seats import take_seats
from apps.events.services.bookings.serving import find_serving, people_to_lock
from apps.events.services.bookings.validation import (
    require_phone,
    validate_guests,
    validate_invitee,
)
from apps.users.public import find_organizer_version


class _NotOffered(Exception):
    """The engine refused; alternatives are looked for after the locks are gone."""

    def __init__(self, offer: Offer, verdict: Verdict) -> None:
        super().__init__("not offered")
        self.offer = offer
        self.verdict = verdict


def _judge(offer: Offer, request: BookingRequest, *, now: datetime) -> Verdict:
    minutes = chosen_duration(offer.event_type, request.duration)
    _refuse_too_many(offer.event_type, request)
    verdict = judge_start(
        offer, start=request.start, now=now, duration=minutes, seats=request.seats
    )
    if not verdict.is_offered:
        raise _NotOffered(offer, verdict)
    return verdict


def _new_booking(
    offer: Offer,
    request: BookingRequest,
    *,
    hosts: Sequence[Any],
    now: datetime,
) -> Booking:
    event_type = offer.event_type
    booking_id = uuid4()
    host_timezone = offer.timezone_of(hosts[0].pk)
    wall = request.start.astimezone(get_zone(host_timezone)).replace(tzinfo=None)
    booking = Booking(
        id=booking_id,
        event_type=event_type,
        organizer=event_type.organizer,
        host=hosts[0],
        host_timezone=host_timezone,
        wall_time=wall.isoformat(),
        tz_version=tz_database_version(),
        buffer_before=event_type.buffer_time_before,
        buffer_after=event_type.buffer_time_after,
        status=BookingStatus.CONFIRMED,
        location_type=event_type.location_type,
        location=agreed_location(event_type),
        ical_uid=f"{booking_id}@{urlsplit(settings.BASE_URL).hostname}",
        created_at=now,
    )
    if offer.capacity > 1:
        # A session: its people are attendees, and what is theirs is in none of its own fields.
        booking.capacity, booking.attendee_count = offer.capacity, request.seats
        booking.access_token = None
        booking.invitee_timezone, booking.locale = host_timezone, event_type.organizer.locale
    else:
        booking.invitee_name = request.invitee_name
        booking.invitee_email = read_address(request.invitee_email)
        booking.invitee_phone = request.invitee_phone
        booking.invitee_timezone, booking.locale = request.invitee_timezone, request.locale
        booking.notes, booking.utm = request.notes, dict(request.utm)
    booking.hosts = list(hosts)
    minutes = chosen_duration(event_type, request.duration)
    booking.set_time(request.start, timedelta(minutes=minutes))
    return booking


_READ_AGAIN = 2
"""So often a changed offer is read again without the locks; then under them, so that it ends."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What one transaction starts from: the offer, whose rows it locks, who turned out taken."""

    offer: Offer
    locked: frozenset[UUID]
    taken: frozenset[UUID] = frozenset()
    changes: int = 0
    """How often somebody changed the offer between check and lock."""


class _NotLocked(Exception):
    """The hosts to book are not among those whose rows are locked; the offer as it is now."""

    def __init__(self, offer: Offer) -> None:
        super().__init__("not locked")
        self.offer = offer


class _OfferChanged(Exception):
    """The offer was changed between check and lock."""


class _HostsTaken(Exception):
    """The database's own guard refused these hosts' time."""

    def __init__(self, host_ids: tuple[UUID, ...]) -> None:
        super().__init__("hosts taken")
        self.host_ids = host_ids


def create_booking(
    *,
    request: BookingRequest,
    actor: Actor,
    now: datetime,
    once: OnceOnly,
    answer: Callable[[Booking], StoredAnswer],
) -> StoredAnswer:
    """Book `request.start` if it is offered at `now`; `answer` says what the caller is told.

    Where a session is at that start, it is joined; the answer is then about the joiner's seats.
    Checks without a lock first, then locks organizer and hosts, rechecks and writes booking,
    occupancies, audit row, effects and stored answer in one transaction. In a round robin the
    next free host serves when one was taken meanwhile.

    Raises `NotFound`, `ValidationFailed`, `InvalidTimezone`, `SlotTaken` and the other refusals
    of `apps.events.errors`, `Replay` when the call was done before.
    """
    once.look_back()
    validate_invitee(request)
    validate_guests(request.guests)
    offer = _find_offer(request)
    require_phone(offer.event_type, request.invitee_phone)

    def write(attempt: _Attempt) -> StoredAnswer:
        once.enter()
        current = _lock(attempt, request)
        booking = _book(current, request, attempt=attempt, actor=actor, now=now)
        told = answer(booking)
        once.leave(told, now=now)
        return told

    try:
        attempt = _attempt(offer, request, now=now)
        # It ends: each time a host less is left, or somebody else has booked, or changed the offer.
        while True:
            try:
                return in_transaction(partial(write, attempt))
            except _HostsTaken as taken:
                attempt = replace(attempt, taken=attempt.taken.union(taken.host_ids))
            except _NotLocked as missed:
                attempt = _attempt(missed.offer, request, now=now, after=attempt)
            except _OfferChanged:
                again = replace(attempt, changes=attempt.changes + 1)
                attempt = _attempt(_find_offer(request), request, now=now, after=again)
    except _NotOffered as refused:
        offer, reasons = refused.offer, refused.verdict.reasons
    # It may be this very call, made twice at once, that has the time.
    once.look_back()
    nearest = find_alternatives(
        offer,
        near=request.start,
        now=now,
        duration=chosen_duration(offer.event_type, request.duration),
        seats=request.seats,
    )
    raise refusal(reasons, nearest)


def _find_offer(request: BookingRequest) -> Offer:
    return get_offer(organizer_slug=request.organizer_slug, event_type_slug=request.event_type_slug)


def _attempt(
    offer: Offer, request: BookingRequest, *, now: datetime, after: _Attempt | None = None
) -> _Attempt:
    """Judge without a lock, and say whom to lock; `after` is the attempt that failed before."""
    verdict = _judge(offer, request, now=now)
    taken, changes = (after.taken, after.changes) if after else (frozenset[UUID](), 0)
    locked = people_to_lock(offer, verdict.hosts, start=request.start, but=taken)
    return _Attempt(offer, frozenset(locked), taken, changes)


def _lock(attempt: _Attempt, request: BookingRequest) -> Offer:
    """Lock the people; the offer as it stands under the lock.

    Raises `_OfferChanged` when it must be read again: the hours of many hosts take a while, and
    nobody should wait for them.
    """
    offer = attempt.offer
    versions = lock_hosts(offer.event_type.organizer_id, attempt.locked)
    if attempt.locked.issuperset(offer.host_ids):
        stands = offer.stands_under(versions)
    else:
        stands = find_organizer_version(request.organizer_slug, others=offer.others) == offer.state
    if stands:
        return offer
    if attempt.changes < _READ_AGAIN:
        raise _OfferChanged
    return _find_offer(request)


def _refuse_too_many(event_type: EventType, request: BookingRequest) -> None:
    most = event_type.max_attendees
    if request.seats > most:
        cure = f"Book {most} seats at most." if most > 1 else "This is for one person alone."
        raise ValidationFailed.of("/attendees", "too_many", cure)


def _book(
    offer: Offer, request: BookingRequest, *, attempt: _Attempt, actor: Actor, now: datetime
) -> Booking:
    """Write the booking, or join the session, with all that follows; as its invitee may see it."""
    verdict = _judge(offer, request, now=now)
    if verdict.session is not None:
        session = _join(offer, verdict.session, request, now=now)
        return seat_people(session, request, actor=actor, now=now, explanation=None)
    serving = find_serving(offer, verdict.hosts, start=request.start, but=attempt.taken)
    if serving is None:
        raise _NotOffered(offer, verdict)
    if not attempt.locked.issuperset(serving.hosts):
        raise _NotLocked(offer)
    hosts = _read_hosts(offer.event_type, serving.hosts)
    booking = _new_booking(offer, request, hosts=hosts, now=now)
    booking.save(force_insert=True)
    BookingCoHost.objects.bulk_create(
        BookingCoHost(booking=booking, user=user) for user in booking.hosts[1:]
    )
    try:
        take(booking, serving.hosts)
    except IntegrityError as error:
        if is_overlap(error):
            raise _HostsTaken(serving.hosts) from error
        raise
    if booking.is_session:
        return seat_people(booking, request, actor=actor, now=now, explanation=serving.explanation)
    record(
        booking,
        AuditAction.CREATED,
        actor=actor,
        now=now,
        new={"start_time": booking.start_time.isoformat(), "status": booking.status},
        metadata=explained(serving.explanation),
        is_first=True,
    )
    publish(BookingCreated(now, notice_of(booking, "created", now=now)))
    return booking


def _join(offer: Offer, session_id: UUID, request: BookingRequest, *, now: datetime) -> Booking:
    """Take the seats of a session. The people are locked, so the seats are there as judged."""
    session = Booking.objects.select_related("host").get(pk=session_id)
    if not take_seats(session, request.seats, now=now):
        gone = Reason("full", "seats", str(session_id), "These seats are taken.", "")
        raise _NotOffered(offer, Verdict((), (gone,)))
    session.attendee_count += request.seats
    session.event_type, session.organizer = offer.event_type, offer.event_type.organizer
    return session


def _read_hosts(event_type: EventType, host_ids: Sequence[UUID]) -> list[Any]:
    """The users; no query for an organizer who serves alone."""
    organizer = event_type.organizer
    others = [host_id for host_id in host_ids if host_id != organizer.pk]
    known = {organizer.pk: organizer}
    if others:
        known |= get_user_model().objects.in_bulk(others)
    return [known[host_id] for host_id in host_ids]
