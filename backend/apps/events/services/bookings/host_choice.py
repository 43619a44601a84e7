"""Which host of a round robin serves the next booking: fair shares by weight (semantics, 4).

The share of a host is their weight's part of all that the rotating hosts serve in the calendar
month of the booking, the new one counted in. Whoever is furthest below their share comes first.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

_EXPLAINED = 10
"""Hosts that an explanation lists; the chosen one is always among them."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rotating host, free or not.

    `served` counts their live bookings of the event type in the month; `last_booked_at` is when
    the latest one was made, None if there is none.
    """

    id: UUID
    weight: int = 1
    priority: int = 0
    served: int = 0
    last_booked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A candidate and the bookings that they are short of their share; negative when ahead."""

    candidate: Candidate
    shortfall: Fraction


def rank_hosts(candidates: Sequence[Candidate]) -> list[Standing]:
    """All candidates, the one to serve next first.

    By shortfall, then the higher priority, then whoever was booked least recently (never counts
    as longest ago), then their order. Shares are reckoned over all of them, whoever is free, so
    that a host who was away catches up.
    """
    weights = sum(candidate.weight for candidate in candidates)
    served = sum(candidate.served for candidate in candidates) + 1
    standings = [
        Standing(candidate, Fraction(served * candidate.weight, weights) - candidate.served)
        for candidate in candidates
    ]
    return sorted(standings, key=_turn)


def _turn(standing: Standing) -> tuple[Fraction, int, float]:
    candidate = standing.candidate
    booked_at = candidate.last_booked_at
    return (
        -standing.shortfall,
        -candidate.priority,
        booked_at.timestamp() if booked_at else float("-inf"),
    )


def explain_choice(
    ranking: Sequence[Standing], *, chosen: UUID, free: Collection[UUID]
) -> dict[str, Any]:
    """The choice for the audit row: the hosts before and around the chosen one, in their order."""
    place = next(at for at, standing in enumerate(ranking) if standing.candidate.id == chosen)
    first = max(place + 1 - _EXPLAINED, 0)
    return {
        "rule": "shortfall, priority, least recently booked, order",
        "chosen": str(chosen),
        "place": place + 1,
        "of": len(ranking),
        "ranking": [
            _explain(standing, is_free=standing.candidate.id in free)
            for standing in ranking[first : first + _EXPLAINED]
        ],
    }


def _explain(standing: Standing, *, is_free: bool) -> dict[str, Any]:
    candidate = standing.candidate
    booked_at = candidate.last_booked_at
    return {
        "host": str(candidate.id),
        "weight": candidate.weight,
        "priority": candidate.priority,
        "served_this_month": candidate.served,
        "shortfall": round(float(standing.shortfall), 3),
        "last_booked_at": booked_at.isoformat() if booked_at else None,
        "is_free": is_free,
    }
