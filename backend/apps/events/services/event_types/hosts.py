"""Hosts of an event type: from what was sent to rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from apps.events.models import EventType, EventTypeHost, Kind
from apps.events.selectors.hosts import organizer_alone
from apps.events.services.event_types.fields import EventTypeFields, HostEntry

_SETTINGS = ("position", "required", "weight", "priority", "schedule_id")


def named_hosts(fields: EventTypeFields) -> set[UUID]:
    """The users that `fields` names as hosts."""
    return {entry["user"] for entry in fields.get("hosts") or ()}


def hosts_from(event_type: EventType, entries: Sequence[HostEntry]) -> list[EventTypeHost]:
    """Rows for `entries` in their order, not saved; none of them means the organizer alone.

    Where nobody takes turns all are answered as required. Such an answer, sent back, is no choice
    that a later round robin should find.
    """
    takes_turns = event_type.kind == Kind.ROUND_ROBIN
    if not entries:
        return [organizer_alone(event_type)]
    return [
        EventTypeHost(
            event_type=event_type,
            user_id=entry["user"],
            position=position,
            required=takes_turns and entry.get("required", False),
            weight=entry.get("weight", 1),
            priority=entry.get("priority", 0),
            schedule_id=entry.get("schedule"),
        )
        for position, entry in enumerate(entries)
    ]


def save_hosts(event_type: EventType, hosts: Sequence[EventTypeHost]) -> None:
    """Make `hosts` the hosts of a saved event type, in this order.

    Only rows that differ are written: each write raises the organizer's version by a trigger. The
    organizer alone, with nothing chosen, is stored as no row.
    """
    wanted = {host.user_id: host for host in hosts}
    if _is_default(event_type, hosts):
        wanted = {}
    rows = {row.user_id: row for row in EventTypeHost.objects.filter(event_type=event_type)}
    gone = [row.pk for user_id, row in rows.items() if user_id not in wanted]
    if gone:
        EventTypeHost.objects.filter(pk__in=gone).delete()
    new, changed = [], []
    for position, host in enumerate(wanted.values()):
        host.position = position
        row = rows.get(host.user_id)
        if row is None:
            host.pk = None
            new.append(host)
        elif _settings(row) != _settings(host):
            host.pk = row.pk
            changed.append(host)
    EventTypeHost.objects.bulk_create(new)
    if changed:
        EventTypeHost.objects.bulk_update(changed, _SETTINGS)


def _settings(host: EventTypeHost) -> tuple[object, ...]:
    return tuple(getattr(host, name) for name in _SETTINGS)


def _is_default(event_type: EventType, hosts: Iterable[EventTypeHost]) -> bool:
    alone = organizer_alone(event_type)
    return [(host.user_id, _settings(host)) for host in hosts] == [
        (alone.user_id, _settings(alone))
    ]
