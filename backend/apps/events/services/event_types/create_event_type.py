"""Create an event type."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.events.models import EventType
from apps.events.selectors.event_types import get_event_type
from apps.events.services.event_types.fields import EventTypeFields, apply_fields
from apps.events.services.event_types.rules import settle_event_type
from apps.users.public import bump_availability_version


@transaction.atomic
def create_event_type(*, organizer_id: UUID, fields: EventTypeFields) -> EventType:
    """A new event type; what `fields` leaves out takes the model's default.

    Without `event_type_slug` the address is made from the name; a private one gets a random
    suffix. Raises `ValidationFailed`.
    """
    bump_availability_version(user_ids=[organizer_id])
    event_type = EventType(organizer_id=organizer_id)
    apply_fields(event_type, fields)
    settle_event_type(event_type)
    return get_event_type(organizer_id=organizer_id, event_type_id=event_type.id)
