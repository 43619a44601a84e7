"""Delete an event type: it is archived, for its bookings stand."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from apps.common.etags import make_etag, require_match
from apps.events.selectors.event_types import get_event_type
from apps.users.public import bump_availability_version


@transaction.atomic
def archive_event_type(
    *, organizer_id: UUID, event_type_id: UUID, now: datetime, if_match: str | None = None
) -> None:
    """Take an event type out of sight for good; its name and address become free.

    Raises `NotFound` or `EtagMismatch`.
    """
    bump_availability_version(user_ids=[organizer_id])
    event_type = get_event_type(organizer_id=organizer_id, event_type_id=event_type_id)
    require_match(make_etag(event_type.id, event_type.updated_at), if_match)
    event_type.is_active = False
    event_type.archived_at = now
    event_type.save(update_fields=["is_active", "archived_at", "updated_at"])
