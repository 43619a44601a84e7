"""Which hosts a start needs: all of them, or the required ones and one who takes a turn."""

from __future__ import annotations

from typing import NamedTuple

from apps.availability.engine.types import Host, SlotQuery


class Roster(NamedTuple):
    """The hosts of a query by their part."""

    required: tuple[Host, ...]
    """All of them must be free."""
    rotating: tuple[Host, ...]
    """At least one of them must be free."""
    needs_rotating: bool


def read_roster(query: SlotQuery) -> Roster:
    """Round robin: required hosts and at least one of the others. Every other kind: all hosts."""
    if query.event_type.kind != "round_robin":
        return Roster(query.hosts, (), False)
    return Roster(
        tuple(host for host in query.hosts if host.required),
        tuple(host for host in query.hosts if not host.required),
        True,
    )
