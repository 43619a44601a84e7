"""Book a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings

from apps.common.addresses import read_address
from apps.common.domain_events import publish
from apps.common.idempotency import OnceOnly, StoredAnswer
from apps.common.time import get_zone, tz_database_version
from apps.events.actors import Actor
from apps.events.errors import refusal
from apps.events.events import BookingCreated
from apps.events.locations import agreed_location
from apps.events.models import AuditAction, Booking, BookingStatus, EventType
from apps.events.notices import notice_of
from apps.events.selectors.offers import Offer, get_offer
from apps.events.selectors.slots import Verdict, chosen_duration, find_alternatives, judge_start
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.locking import TimeTaken, in_transaction, lock_hosts
from apps.events.services.bookings.occupancy import take
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
    host_id: UUID,
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
        host_id=host_id,
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
    booking.set_time(request.start, timedelta(minutes=duration))
    return booking


def create_booking(
    *,
    request: BookingRequest,
    actor: Actor,
    now: datetime,
    once: OnceOnly,
    answer: Callable[[Booking], StoredAnswer],
) -> StoredAnswer:
    """Book `request.start` if it is offered at `now`; `answer` says what the caller is told.

    Checks without a lock first, then locks, rechecks and writes booking, occupancy, audit row,
    effects and stored answer in one transaction.

    Raises `NotFound`, `ValidationFailed`, `InvalidTimezone`, `SlotTaken` and the other refusals
    of `apps.events.errors`, `Replay` when the call was done before.
    """
    once.look_back()
    validate_invitee(request)
    offer = get_offer(
        organizer_slug=request.organizer_slug, event_type_slug=request.event_type_slug
    )
    duration = chosen_duration(offer.event_type, request.duration)
    require_phone(offer.event_type, request.invitee_phone)
    organizer_id = offer.event_type.organizer_id

    def write() -> StoredAnswer:
        once.enter()
        versions = lock_hosts(organizer_id, offer.host_ids)
        current = offer
        if not offer.stands_under(versions):
            current = get_offer(
                organizer_slug=request.organizer_slug, event_type_slug=request.event_type_slug
            )
        minutes = chosen_duration(current.event_type, request.duration)
        verdict = _judge(current, request, duration=minutes, now=now)
        host_id = verdict.hosts[0]
        booking = _new_booking(
            current.event_type,
            request,
            host_id=host_id,
            host_timezone=current.timezone_of(host_id),
            duration=minutes,
            now=now,
        )
        booking.save(force_insert=True)
        take(booking)
        record(
            booking,
            AuditAction.CREATED,
            actor=actor,
            now=now,
            new={"start_time": booking.start_time.isoformat(), "status": booking.status},
        )
        publish(BookingCreated(now, notice_of(booking, "created", now=now)))
        told = answer(booking)
        once.leave(told, now=now)
        return told

    try:
        _judge(offer, request, duration=duration, now=now)
        return in_transaction(write)
    except _NotOffered as refused:
        reasons = refused.verdict.reasons
    except TimeTaken:
        reasons = ()
    # It may be this very call, made twice at once, that has the time.
    once.look_back()
    nearest = find_alternatives(offer, near=request.start, now=now, duration=duration)
    raise refusal(reasons, nearest)
