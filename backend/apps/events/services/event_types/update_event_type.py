"""Change an event type."""

from __future__ import annotations

from uuid import UUID

from apps.common.etags import make_etag, require_match
from apps.events.models import EventType
from apps.events.selectors.event_types import get_event_type
from apps.events.selectors.hosts import list_hosts
from apps.events.services.event_types.fields import EventTypeFields, apply_fields
from apps.events.services.event_types.hosts import hosts_from, named_hosts
from apps.events.services.event_types.locking import write_under_locks
from apps.events.services.event_types.settle import settle_event_type
from apps.events.services.questions.save import questions_from


def update_event_type(
    *,
    organizer_id: UUID,
    event_type_id: UUID,
    fields: EventTypeFields,
    if_match: str | None = None,
) -> EventType:
    """Set `fields` and leave the rest; bookings that exist keep what was agreed.

    An empty `event_type_slug` is made anew from the name; `hosts` and
    `custom_questions` are replaced whole.
    Raises `NotFound`, `EtagMismatch` or `ValidationFailed`.
    """

    def write() -> EventType:
        event_type = get_event_type(organizer_id=organizer_id, event_type_id=event_type_id)
        require_match(make_etag(event_type.id, event_type.updated_at), if_match)
        known = {organizer_id, *(host.user_id for host in list_hosts(event_type))}
        apply_fields(event_type, fields)
        if "hosts" in fields:
            hosts = hosts_from(event_type, fields["hosts"] or ())
        else:
            hosts = list_hosts(event_type)
        questions = None
        if "custom_questions" in fields:
            questions = questions_from(event_type, fields["custom_questions"] or ())
        settle_event_type(event_type, hosts=hosts, known_hosts=known, questions=questions)
        return get_event_type(organizer_id=organizer_id, event_type_id=event_type_id)

    return write_under_locks(write, organizer_id=organizer_id, host_ids=named_hosts(fields))
