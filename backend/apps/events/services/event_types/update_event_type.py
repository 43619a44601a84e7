"""Change an event type."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.common.etags import make_etag, require_match
from apps.events.models import EventType
from apps.events.selectors.event_types import get_event_type
from apps.events.services.event_types.fields import EventTypeFields, apply_fields
from apps.events.services.event_types.rules import settle_event_type
from apps.users.public import bump_availability_version


@transaction.atomic
def update_event_type(
    *,
    organizer_id: UUID,
    event_type_id: UUID,
    fields: EventTypeFields,
    if_match: str | None = None,
) -> EventType:
    """Set `fields` and leave the rest; bookings that exist keep what was agreed.

    An empty `event_type_slug` is made anew from the name.
    Raises `NotFound`, `EtagMismatch` or `ValidationFailed`.
    """
    bump_availability_version(user_ids=[organizer_id])
    event_type = get_event_type(organizer_id=organizer_id, event_type_id=event_type_id)
    require_match(make_etag(event_type.id, event_type.updated_at), if_match)
    apply_fields(event_type, fields)
    settle_event_type(event_type)
    return event_type
