"""The parts of writing a new booking: what it says, its rows, and what follows from it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError

from apps.common.addresses import read_address
from apps.common.domain_events import publish
from apps.common.time import get_zone, tz_database_version
from apps.events.actors import Actor
from apps.events.events import BookingCreated
from apps.events.locations import agreed_location
from apps.events.models import AuditAction, Booking, BookingCoHost, BookingStatus, EventType
from apps.events.notices import notice_of
from apps.events.selectors.offers import Offer
from apps.events.selectors.slots import chosen_duration
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.locking import is_overlap
from apps.events.services.bookings.occupancy import take
from apps.events.services.bookings.request import BookingRequest
from apps.events.services.requests import ask

if TYPE_CHECKING:
    from apps.events.services.questions.answers import Answers
    from apps.events.services.requests.first_state import FirstState


class HostsTaken(Exception):
    """The database's own guard refused these hosts' time."""

    def __init__(self, host_ids: tuple[UUID, ...]) -> None:
        super().__init__("hosts taken")
        self.host_ids = host_ids


def read_hosts(event_type: EventType, host_ids: Sequence[UUID]) -> list[Any]:
    """The users; no query for an organizer who serves alone."""
    organizer = event_type.organizer
    others = [host_id for host_id in host_ids if host_id != organizer.pk]
    known = {organizer.pk: organizer}
    if others:
        known |= get_user_model().objects.in_bulk(others)
    return [known[host_id] for host_id in host_ids]


def make_booking(
    offer: Offer,
    request: BookingRequest,
    *,
    hosts: Sequence[Any],
    state: FirstState,
    answers: Answers,
    actor: Actor,
    now: datetime,
    start: datetime | None = None,
) -> Booking:
    """The booking of `request`, or of another `start` of a series, as it is going to be written."""
    event_type = offer.event_type
    begins = start or request.start
    booking_id = uuid4()
    host_timezone = offer.timezone_of(hosts[0].pk)
    wall = begins.astimezone(get_zone(host_timezone)).replace(tzinfo=None)
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
        status=state.status,
        request_expires_at=state.request_expires_at,
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
        booking.custom_answers = dict(answers.invitee)
        booking.created_from = actor.ip_address
    booking.hosts = list(hosts)
    minutes = chosen_duration(event_type, request.duration)
    booking.set_time(begins, timedelta(minutes=minutes))
    return booking


def write_booking(booking: Booking, host_ids: Collection[UUID], *, takes_time: bool = True) -> None:
    """Insert it with its co-hosts and, unless it waits without time of its own, its occupancies.

    Raises `HostsTaken` when one of the hosts was taken meanwhile.
    """
    booking.save(force_insert=True)
    BookingCoHost.objects.bulk_create(
        BookingCoHost(booking=booking, user=user) for user in booking.hosts[1:]
    )
    if not takes_time:
        return
    try:
        take(booking, host_ids)
    except IntegrityError as error:
        if is_overlap(error):
            raise HostsTaken(tuple(host_ids)) from error
        raise


def announce(booking: Booking, *, actor: Actor, now: datetime, metadata: Mapping[str, Any]) -> None:
    """Audit row and effects of a new booking of one invitee, a request or confirmed at once."""
    if booking.status == BookingStatus.PENDING:
        ask.announce_request(booking, actor=actor, now=now, metadata=metadata)
        return
    record(
        booking,
        AuditAction.CREATED,
        actor=actor,
        now=now,
        new={"start_time": booking.start_time.isoformat(), "status": booking.status},
        metadata=metadata,
        is_first=True,
    )
    publish(BookingCreated(now, notice_of(booking, "created", now=now)))
