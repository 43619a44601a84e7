"""Delete an event type: it is archived, for its bookings stand."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from apps.common.etags import make_etag, require_match
from apps.events.selectors.event_types import get_event_type
from apps.events.services.event_types.locking import write_under_locks
from apps.events.services.waiting.closing import close_lines


def archive_event_type(
    *, organizer_id: UUID, event_type_id: UUID, now: datetime, if_match: str | None = None
) -> None:
    """Take an event type out of sight for good; its name and address become free.

    Its waitlists end with it.

    Raises `NotFound` or `EtagMismatch`.
    """

    def write() -> None:
        event_type = get_event_type(organizer_id=organizer_id, event_type_id=event_type_id)
        require_match(make_etag(event_type.id, event_type.updated_at), if_match)
        event_type.is_active = False
        event_type.archived_at = now
        close_lines(event_type, now=now)
        event_type.save(update_fields=["is_active", "archived_at", "updated_at"])

    write_under_locks(write, organizer_id=organizer_id)
