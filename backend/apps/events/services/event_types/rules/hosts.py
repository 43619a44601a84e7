"""Who meets whom: kind, seats and hosts have to fit together (semantics, 3; api.md)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from apps.availability.public import list_schedule_owners
from apps.common.errors import FieldError
from apps.events.models import EventType, EventTypeHost, Kind
from apps.events.models.hosts import MAX_PRIORITY, MAX_WEIGHT
from apps.events.services.event_types.rules.bounds import (
    MAX_ATTENDEES,
    MAX_HOSTS,
    Problems,
    choice_problems,
    is_whole,
    range_problems,
)
from apps.users.public import list_active_ids

_ONE_HOST = (Kind.ONE_ON_ONE, Kind.GROUP)


def kind_problems(event_type: EventType) -> Problems:
    """Kind and seats."""
    kind, seats = event_type.kind, event_type.max_attendees
    yield from choice_problems(kind, "/kind", tuple(Kind.values))
    if not is_whole(seats, 1, MAX_ATTENDEES):
        yield from range_problems(
            seats, "/max_attendees", least=1, most=MAX_ATTENDEES, unit="attendees"
        )
    elif kind == Kind.ONE_ON_ONE and seats > 1:
        cure = "A one-on-one meeting has one attendee: use 1, or the kind group."
        yield FieldError("/max_attendees", "too_many", cure)
    elif kind == Kind.GROUP and seats == 1:
        cure = "A group has several attendees: use 2 or more, or the kind one_on_one."
        yield FieldError("/max_attendees", "too_few", cure)


def host_problems(
    event_type: EventType, hosts: Sequence[EventTypeHost], *, known: Collection[UUID]
) -> Problems:
    """What is wrong with `hosts` (the effective ones) for the kind of `event_type`.

    `known` are the ids of users who are hosts already: their accounts may be closed by now. Any
    other id must be of an open account. Two queries at most, whatever the number of hosts.
    """
    yield from _number_problems(event_type.kind, hosts)
    if len(hosts) > MAX_HOSTS:
        return
    yield from _person_problems(hosts, known)
    yield from _schedule_problems(hosts)
    for index, host in enumerate(hosts):
        at = f"/hosts/{index}"
        yield from range_problems(host.weight, f"{at}/weight", least=1, most=MAX_WEIGHT)
        yield from range_problems(host.priority, f"{at}/priority", least=0, most=MAX_PRIORITY)


def _number_problems(kind: str, hosts: Sequence[EventTypeHost]) -> Problems:
    if len(hosts) > MAX_HOSTS:
        yield FieldError("/hosts", "too_many", f"Name at most {MAX_HOSTS} hosts.")
    elif kind in _ONE_HOST and len(hosts) != 1:
        yield FieldError(
            "/hosts",
            "too_many",
            f"The kind {kind} has exactly one host. Name one, or use the kind collective or "
            "round_robin.",
        )
    elif kind == Kind.ROUND_ROBIN and all(host.required for host in hosts):
        yield FieldError(
            "/hosts",
            "nobody_rotates",
            "Name at least one host who is not required: those take turns.",
        )


def _person_problems(hosts: Sequence[EventTypeHost], known: Collection[UUID]) -> Problems:
    new = {host.user_id for host in hosts} - set(known)
    usable = {*known, *(list_active_ids(new) if new else ())}
    seen: set[UUID] = set()
    for index, host in enumerate(hosts):
        at = f"/hosts/{index}/user"
        if host.user_id not in usable:
            # Closed accounts and unknown ids look alike: nobody learns who had an account.
            yield FieldError(at, "unknown", "There is no account with this id.")
        elif host.user_id in seen:
            yield FieldError(at, "duplicate", "Name each host once.")
        seen.add(host.user_id)


def _schedule_problems(hosts: Sequence[EventTypeHost]) -> Problems:
    chosen = {host.schedule_id for host in hosts if host.schedule_id}
    owners = list_schedule_owners(chosen) if chosen else {}
    for index, host in enumerate(hosts):
        if host.schedule_id and owners.get(host.schedule_id) != host.user_id:
            detail = "This host has no schedule with this id. Use one of theirs, or null."
            yield FieldError(f"/hosts/{index}/schedule", "unknown", detail)
