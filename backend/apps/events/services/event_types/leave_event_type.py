"""A host leaves an event type of somebody else."""

from __future__ import annotations

from uuid import UUID

from apps.events.models import EventType, EventTypeHost, Kind
from apps.events.selectors.hosts import get_hosting, list_hosts, organizer_alone
from apps.events.services.event_types.hosts import save_hosts
from apps.events.services.event_types.locking import write_under_locks


def leave_event_type(*, user_id: UUID, event_type_id: UUID) -> None:
    """The user serves the event type no longer; bookings that exist stand.

    Nobody can be kept: where no host, or nobody who takes turns, would be left, the organizer
    steps in. Raises `NotFound`, also for event types of one's own.
    """

    def write() -> None:
        event_type = get_hosting(user_id=user_id, event_type_id=event_type_id).event_type
        others = [host for host in list_hosts(event_type) if host.user_id != user_id]
        save_hosts(event_type, _with_somebody_in_turn(event_type, others))
        # Whoever read the hosts before must not write them back unseen (If-Match).
        event_type.save(update_fields=["updated_at"])

    organizer_id = get_hosting(user_id=user_id, event_type_id=event_type_id).event_type.organizer_id
    write_under_locks(write, organizer_id=organizer_id, host_ids={user_id})


def _with_somebody_in_turn(
    event_type: EventType, hosts: list[EventTypeHost]
) -> list[EventTypeHost]:
    """`hosts`, unless nobody would take turns: then the organizer does. None is the organizer."""
    if event_type.kind != Kind.ROUND_ROBIN or not all(host.required for host in hosts):
        return hosts
    rest = [host for host in hosts if host.user_id != event_type.organizer_id]
    return [*rest, organizer_alone(event_type)]
