"""Who serves a new booking, and whom its transaction locks (semantics, 4)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from apps.events.models import Kind
from apps.events.selectors.bookings import count_served
from apps.events.selectors.offers import Offer
from apps.events.selectors.slots import rules_of
from apps.events.services.bookings.host_choice import (
    Candidate,
    Standing,
    explain_choice,
    rank_hosts,
)

_LOCKED_WHOLE = 20
"""Event types with at most so many hosts lock all of them."""
_LOCKED_ROTATING = 10
"""Of the others' rotating hosts, those whose turn comes first are locked, as far as they are free."""


@dataclass(frozen=True, slots=True)
class Serving:
    """The hosts of a booking, `Booking.host` first, and why it is that one where there was a choice."""

    hosts: tuple[UUID, ...]
    explanation: dict[str, Any]


def people_to_lock(
    offer: Offer, free: Collection[UUID], *, start: datetime, but: Collection[UUID]
) -> set[UUID]:
    """Whose rows a booking at `start` locks, beside the organizer's.

    Everybody who may serve it. In a round robin of many hosts the required ones, and of those who
    take turns the next few who are free: locking a thousand rows for one booking would make
    everybody's bookings queue. `but` are hosts who turned out to be taken.
    """
    if offer.kind != Kind.ROUND_ROBIN or len(offer.hosts) <= _LOCKED_WHOLE:
        return set(offer.host_ids)
    ranking = rank_rotating(offer, start=start)
    turns = [standing.candidate.id for standing in ranking if standing.candidate.id in free]
    able = [host_id for host_id in turns if host_id not in but]
    return {*required_hosts(offer), *able[:_LOCKED_ROTATING]}


def find_serving(
    offer: Offer, free: Collection[UUID], *, start: datetime, but: Collection[UUID]
) -> Serving | None:
    """Who of the `free` hosts serve a booking at `start`; None when nobody is left.

    Under the organizer's lock, so that the counts behind the choice stand.
    """
    if offer.kind != Kind.ROUND_ROBIN:
        hosts = tuple(host_id for host_id in offer.host_ids if host_id in free)
        return None if set(hosts) & set(but) else Serving(hosts, {})
    rotating = [host.id for host in offer.hosts if not host.required]
    able = [host_id for host_id in rotating if host_id in free and host_id not in but]
    if not able:
        return None
    ranking = rank_rotating(offer, start=start)
    chosen = next(one.candidate.id for one in ranking if one.candidate.id in able)
    explanation = explain_choice(ranking, chosen=chosen, free=able)
    if but:
        explanation["taken_meanwhile"] = sorted(map(str, but))
    return Serving((chosen, *required_hosts(offer)), explanation)


def required_hosts(offer: Offer) -> list[UUID]:
    """Who attends every booking."""
    return [host.id for host in offer.hosts if host.required]


def rank_rotating(offer: Offer, *, start: datetime) -> list[Standing]:
    """Those who take turns, whoever is to serve a booking at `start` first (one query)."""
    event_type = offer.event_type
    zone = rules_of(offer, duration=event_type.duration).timezone
    served = count_served(event_type_id=event_type.pk, month_of=start, timezone=zone)
    candidates = []
    for host in offer.hosts:
        if not host.required:
            count, last = served.get(host.id, (0, None))
            candidates.append(Candidate(host.id, host.weight, host.priority, count, last))
    return rank_hosts(candidates)
