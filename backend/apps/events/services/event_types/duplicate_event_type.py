"""Copy an event type."""

from __future__ import annotations

from uuid import UUID, uuid4

from apps.events.models import EventType
from apps.events.selectors.event_types import get_event_type, list_taken_names
from apps.events.selectors.hosts import list_hosts
from apps.events.services.event_types.locking import write_under_locks
from apps.events.services.event_types.rules.bounds import MAX_NAME
from apps.events.services.event_types.settle import settle_event_type
from apps.events.services.questions.save import copy_questions


def duplicate_event_type(*, organizer_id: UUID, event_type_id: UUID) -> EventType:
    """A copy with a name and an address of its own, switched off until its organizer is done.

    Its hosts and questions are copied too. Raises `NotFound`.
    """

    def write() -> EventType:
        event_type = get_event_type(organizer_id=organizer_id, event_type_id=event_type_id)
        hosts = list_hosts(event_type)
        asked = list(event_type.questions.all())
        taken = list_taken_names(organizer_id=organizer_id, but=event_type.id)
        names = {event_type.name.casefold(), *(name.casefold() for name, _ in taken)}
        # Django writes a row whose key and state say "new" as a new row; the rest is copied.
        event_type.pk = uuid4()
        event_type._state.adding = True
        for host in hosts:
            host.event_type = event_type
            host.pk = None
        event_type.name = _copy_name(event_type.name, names)
        event_type.event_type_slug = ""
        event_type.is_active = False
        known = {host.user_id for host in hosts}
        questions = copy_questions(asked, to=event_type)
        settle_event_type(event_type, hosts=hosts, known_hosts=known, questions=questions)
        return get_event_type(organizer_id=organizer_id, event_type_id=event_type.id)

    source = get_event_type(organizer_id=organizer_id, event_type_id=event_type_id)
    hosts = {host.user_id for host in list_hosts(source)}
    return write_under_locks(write, organizer_id=organizer_id, host_ids=hosts)


def _copy_name(name: str, taken: set[str]) -> str:
    number = 1
    while True:
        suffix = " (copy)" if number == 1 else f" (copy {number})"
        copy = name[: MAX_NAME - len(suffix)].rstrip() + suffix
        if copy.casefold() not in taken:
            return copy
        number += 1
