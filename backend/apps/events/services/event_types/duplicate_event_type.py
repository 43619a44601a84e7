"""Copy an event type."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction

from apps.events.models import EventType
from apps.events.selectors.event_types import get_event_type, list_taken_names
from apps.events.services.event_types.rules import MAX_NAME, settle_event_type
from apps.users.public import bump_availability_version


@transaction.atomic
def duplicate_event_type(*, organizer_id: UUID, event_type_id: UUID) -> EventType:
    """A copy with a name and an address of its own, switched off until its organizer is done.

    Raises `NotFound`.
    """
    bump_availability_version(user_ids=[organizer_id])
    event_type = get_event_type(organizer_id=organizer_id, event_type_id=event_type_id)
    taken = list_taken_names(organizer_id=organizer_id, but=event_type.id)
    names = {event_type.name.casefold(), *(name.casefold() for name, _ in taken)}
    # Django writes a row whose key and state say "new" as a new row; the rest is copied with it.
    event_type.pk = uuid4()
    event_type._state.adding = True
    event_type.name = _copy_name(event_type.name, names)
    event_type.event_type_slug = ""
    event_type.is_active = False
    settle_event_type(event_type)
    return get_event_type(organizer_id=organizer_id, event_type_id=event_type.id)


def _copy_name(name: str, taken: set[str]) -> str:
    number = 1
    while True:
        suffix = " (copy)" if number == 1 else f" (copy {number})"
        copy = name[: MAX_NAME - len(suffix)].rstrip() + suffix
        if copy.casefold() not in taken:
            return copy
        number += 1
