"""Book a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError

from apps.common.addresses import read_address
from apps.common.domain_events import publish
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
from apps.events.services.bookings.locking import in_transaction, is_overlap, lock_hosts
from apps.events.services.bookings.occupancy import take
from apps.events.services.bookings.serving import find_serving, people_to_lock
from apps.events.services.bookings.validation import require_phone, validate_invitee


@dataclass(frozen=True, slots=True)
class BookingRequest:
    """What an invitee asks for. `start` is an instant, `duration` minutes or None (default)."""

    organizer_slug: str
    event_type_slug: str
    start: datetime
    invitee_name: str
    invitee_email: str
    invitee_timezone: str
    invitee_phone: str = ""
    duration: int | None = None
    locale: str = "en"
    notes: str = ""
    utm: Mapping[str, str] = field(default_factory=dict)


class _NotOffered(Exception):
    """The engine refused; alternatives are looked for after the locks are gone."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__("not offered")
        self.verdict = verdict


def _judge(offer: Offer, request: BookingRequest, *, duration: int, now: datetime) -> Verdict:
    verdict = judge_start(offer, start=request.start, now=now, duration=duration)
    if not verdict.is_offered:
        raise _NotOffered(verdict)
    return verdict


def _new_booking(
    event_type: EventType,
    request: BookingRequest,
    *,
    hosts: Sequence[Any],
    host_timezone: str,
    duration: int,
    now: datetime,
) -> Booking:
    booking_id = uuid4()
    wall = request.start.astimezone(get_zone(host_timezone)).replace(tzinfo=None)
    booking = Booking(
        id=booking_id,
        event_type=event_type,
        organizer=event_type.organizer,
        host=hosts[0],
        invitee_name=request.invitee_name,
        invitee_email=read_address(request.invitee_email),
        invitee_phone=request.invitee_phone,
        invitee_timezone=request.invitee_timezone,
        locale=request.locale,
        notes=request.notes,
        utm=dict(request.utm),
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
    booking.hosts = list(hosts)
    booking.set_time(request.start, timedelta(minutes=duration))
    return booking


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What one transaction starts from: the offer, whose rows it locks, who turned out taken."""

    offer: Offer
    locked: frozenset[UUID]
    taken: frozenset[UUID] = frozenset()


class _NotLocked(Exception):
    """The hosts to book are not among those whose rows are locked; the offer as it is now."""

    def __init__(self, offer: Offer) -> None:
        super().__init__("not locked")
        self.offer = offer


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

    Checks without a lock first, then locks organizer and hosts, rechecks and writes booking,
    occupancies, audit row, effects and stored answer in one transaction. In a round robin the
    next free host serves when one was taken meanwhile.

    Raises `NotFound`, `ValidationFailed`, `InvalidTimezone`, `SlotTaken` and the other refusals
    of `apps.events.errors`, `Replay` when the call was done before.
    """
    once.look_back()
    validate_invitee(request)
    offer = _find_offer(request)
    duration = chosen_duration(offer.event_type, request.duration)
    require_phone(offer.event_type, request.invitee_phone)

    def write(attempt: _Attempt) -> StoredAnswer:
        once.enter()
        current = _lock(attempt, request)
        booking, explanation = _book(current, request, attempt=attempt, now=now)
        record(
            booking,
            AuditAction.CREATED,
            actor=actor,
            now=now,
            new={"start_time": booking.start_time.isoformat(), "status": booking.status},
            metadata={"host_choice": explanation} if explanation else {},
        )
        publish(BookingCreated(now, notice_of(booking, "created", now=now)))
        told = answer(booking)
        once.leave(told, now=now)
        return told

    try:
        verdict = _judge(offer, request, duration=duration, now=now)
        attempt = _first_attempt(offer, verdict, request)
        # It ends: each time a host less is left, or somebody else has booked.
        while True:
            try:
                return in_transaction(partial(write, attempt))
            except _HostsTaken as taken:
                attempt = replace(attempt, taken=attempt.taken.union(taken.host_ids))
            except _NotLocked as missed:
                verdict = _judge(missed.offer, request, duration=duration, now=now)
                attempt = _first_attempt(missed.offer, verdict, request, taken=attempt.taken)
    except _NotOffered as refused:
        reasons = refused.verdict.reasons
    # It may be this very call, made twice at once, that has the time.
    once.look_back()
    nearest = find_alternatives(offer, near=request.start, now=now, duration=duration)
    raise refusal(reasons, nearest)


def _find_offer(request: BookingRequest) -> Offer:
    return get_offer(organizer_slug=request.organizer_slug, event_type_slug=request.event_type_slug)


def _first_attempt(
    offer: Offer,
    verdict: Verdict,
    request: BookingRequest,
    *,
    taken: frozenset[UUID] = frozenset(),
) -> _Attempt:
    locked = people_to_lock(offer, verdict.hosts, start=request.start, but=taken)
    return _Attempt(offer, frozenset(locked), taken)


def _lock(attempt: _Attempt, request: BookingRequest) -> Offer:
    """Lock the people; the offer as it stands under the lock."""
    offer = attempt.offer
    versions = lock_hosts(offer.event_type.organizer_id, attempt.locked)
    is_known = attempt.locked.issuperset(offer.host_ids)
    return offer if is_known and offer.stands_under(versions) else _find_offer(request)


def _book(
    offer: Offer, request: BookingRequest, *, attempt: _Attempt, now: datetime
) -> tuple[Booking, dict[str, Any]]:
    """Write the booking and what it takes of its hosts; with the explanation of their choice."""
    minutes = chosen_duration(offer.event_type, request.duration)
    verdict = _judge(offer, request, duration=minutes, now=now)
    serving = find_serving(offer, verdict.hosts, start=request.start, but=attempt.taken)
    if serving is None:
        raise _NotOffered(verdict)
    if not attempt.locked.issuperset(serving.hosts):
        raise _NotLocked(offer)
    booking = _new_booking(
        offer.event_type,
        request,
        hosts=_read_hosts(offer.event_type, serving.hosts),
        host_timezone=offer.timezone_of(serving.hosts[0]),
        duration=minutes,
        now=now,
    )
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
    return booking, serving.explanation


def _read_hosts(event_type: EventType, host_ids: Sequence[UUID]) -> list[Any]:
    """The users; no query for an organizer who serves alone."""
    organizer = event_type.organizer
    others = [host_id for host_id in host_ids if host_id != organizer.pk]
    known = {organizer.pk: organizer}
    if others:
        known |= get_user_model().objects.in_bulk(others)
    return [known[host_id] for host_id in host_ids]
