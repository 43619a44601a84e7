"""Switch an event type on or off."""

from __future__ import annotations

from uuid import UUID

from apps.events.models import EventType
from apps.events.services.event_types.update_event_type import update_event_type


def set_event_type_active(*, organizer_id: UUID, event_type_id: UUID, is_active: bool) -> EventType:
    """Whether it can be booked from now on; bookings that exist stand. Raises `NotFound`."""
    return update_event_type(
        organizer_id=organizer_id, event_type_id=event_type_id, fields={"is_active": is_active}
    )
