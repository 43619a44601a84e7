"""A session beside another one: of the same event type, served by the same hosts."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings

from apps.common.time import get_zone, tz_database_version
from apps.events.locations import agreed_location
from apps.events.models import Booking, BookingStatus
from apps.events.selectors.offers import Offer


def session_beside(
    session: Booking, *, offer: Offer, start: datetime, seats: int, now: datetime
) -> Booking:
    """An unsaved session at `start`, as long as the other, in which so many seats are taken."""
    event_type = offer.event_type
    booking_id = uuid4()
    host_timezone = offer.timezone_of(session.host_id)
    wall = start.astimezone(get_zone(host_timezone)).replace(tzinfo=None)
    beside = Booking(
        id=booking_id,
        event_type=event_type,
        organizer=event_type.organizer,
        host=session.host,
        host_timezone=host_timezone,
        wall_time=wall.isoformat(),
        tz_version=tz_database_version(),
        buffer_before=event_type.buffer_time_before,
        buffer_after=event_type.buffer_time_after,
        status=BookingStatus.CONFIRMED,
        location_type=event_type.location_type,
        location=agreed_location(event_type),
        ical_uid=f"{booking_id}@{urlsplit(settings.BASE_URL).hostname}",
        capacity=offer.capacity,
        attendee_count=seats,
        access_token=None,
        invitee_timezone=host_timezone,
        locale=event_type.organizer.locale,
        created_at=now,
    )
    beside.hosts = list(session.hosts)
    beside.set_time(start, timedelta(minutes=session.minutes))
    return beside
