"""The parts of writing a new booking: what it says, its rows, and what follows from it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
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
from apps.events.models import AuditAction, Booking, BookingCoHost, BookingStatus, EventType, Hold
from apps.events.notices import notice_of
from apps.events.selectors.offers import Offer
from apps.events.selectors.slots import chosen_duration
from apps.events.services.bookings.audit import booked_values, record
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
    begins = start or request.start
    minutes = chosen_duration(offer.event_type, request.duration)
    if offer.capacity > 1:
        session = make_session(offer, hosts=hosts, start=begins, duration=minutes, now=now)
        session.attendee_count = request.seats
        return session
    booking = _make(offer, hosts=hosts, now=now)
    booking.status = state.status
    booking.request_expires_at = state.request_expires_at
    booking.invitee_name = request.invitee_name
    booking.invitee_email = read_address(request.invitee_email)
    booking.invitee_phone = request.invitee_phone
    booking.invitee_timezone, booking.locale = request.invitee_timezone, request.locale
    booking.notes, booking.utm = request.notes, dict(request.utm)
    booking.custom_answers = dict(answers.invitee)
    booking.created_from = actor.ip_address
    _set_time(booking, begins, minutes)
    return booking


def make_session(
    offer: Offer, *, hosts: Sequence[Any], start: datetime, duration: int, now: datetime
) -> Booking:
    """A session that nobody is in yet; minutes. It is confirmed: its seats are taken at once.

    Its people are attendees, and what is theirs is in none of its own fields.
    """
    session = _make(offer, hosts=hosts, now=now)
    session.capacity, session.attendee_count = offer.capacity, 0
    session.access_token = None
    session.invitee_timezone = session.host_timezone
    session.locale = offer.event_type.organizer.locale
    _set_time(session, start, duration)
    return session


def _make(offer: Offer, *, hosts: Sequence[Any], now: datetime) -> Booking:
    event_type = offer.event_type
    booking_id = uuid4()
    booking = Booking(
        id=booking_id,
        event_type=event_type,
        organizer=event_type.organizer,
        host=hosts[0],
        host_timezone=offer.timezone_of(hosts[0].pk),
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
    return booking


def _set_time(booking: Booking, start: datetime, duration: int) -> None:
    wall = start.astimezone(get_zone(booking.host_timezone)).replace(tzinfo=None)
    booking.wall_time = wall.isoformat()
    booking.set_time(start, timedelta(minutes=duration))


def write_booking(
    booking: Booking,
    host_ids: Collection[UUID],
    *,
    takes_time: bool = True,
    hold: Hold | None = None,
) -> None:
    """Insert it with its co-hosts and, unless it waits without time of its own, its occupancies.

    The occupancies of `hold`, which are of the same hosts, become the booking's in place. Delete
    what lapsed holds have left first (`release_expired`).
    Raises `HostsTaken` when one of the hosts was taken meanwhile.
    """
    save_booking(booking)
    if not takes_time:
        return
    with host_guard(host_ids):
        take(booking, host_ids, hold=hold)


def save_booking(booking: Booking) -> None:
    """Insert it with its co-hosts; it takes no time yet."""
    booking.save(force_insert=True)
    BookingCoHost.objects.bulk_create(
        BookingCoHost(booking=booking, user=user) for user in booking.hosts[1:]
    )


@contextmanager
def host_guard(host_ids: Collection[UUID]) -> Iterator[None]:
    """Raises `HostsTaken` when the database refuses time of these hosts because it is taken."""
    try:
        yield
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
        new=booked_values(booking),
        metadata=metadata,
        is_first=True,
    )
    publish(BookingCreated(now, notice_of(booking, "created", now=now)))
