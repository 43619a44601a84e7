"""Create an event type."""

from __future__ import annotations

from uuid import UUID

from apps.events.models import EventType
from apps.events.selectors.event_types import get_event_type
from apps.events.services.event_types.fields import EventTypeFields, apply_fields
from apps.events.services.event_types.hosts import hosts_from, named_hosts
from apps.events.services.event_types.locking import write_under_locks
from apps.events.services.event_types.settle import settle_event_type
from apps.events.services.questions.save import questions_from


def create_event_type(*, organizer_id: UUID, fields: EventTypeFields) -> EventType:
    """A new event type; what `fields` leaves out takes the model's default.

    Without `event_type_slug` the address is made from the name; a private one gets a random
    suffix. Raises `ValidationFailed`.
    """

    def write() -> EventType:
        event_type = EventType(organizer_id=organizer_id)
        apply_fields(event_type, fields)
        hosts = hosts_from(event_type, fields.get("hosts") or ())
        questions = questions_from(event_type, fields.get("custom_questions") or ())
        settle_event_type(event_type, hosts=hosts, known_hosts={organizer_id}, questions=questions)
        return get_event_type(organizer_id=organizer_id, event_type_id=event_type.id)

    return write_under_locks(write, organizer_id=organizer_id, host_ids=named_hosts(fields))
