"""Where a meeting takes place, in words."""

from __future__ import annotations

from apps.events.models import Booking, EventType, LocationType


def location_label(event_type: EventType) -> str:
    """What the booking page says before anything is booked."""
    if event_type.location_type in (LocationType.IN_PERSON, LocationType.CUSTOM):
        return event_type.location_details
    if event_type.location_type == LocationType.PHONE_CALL:
        return event_type.location_details or "Phone call"
    return event_type.location_details or "Video call, link by e-mail"


def agreed_location(event_type: EventType) -> str:
    """What is fixed on the booking: later changes of the event type do not move it."""
    return event_type.location_details


def shown_location(booking: Booking) -> str:
    """What mails, calendar files and pages say: the meeting link first, then the place."""
    if booking.meeting_link:
        return booking.meeting_link
    if booking.location:
        return booking.location
    return str(LocationType(booking.location_type).label)
