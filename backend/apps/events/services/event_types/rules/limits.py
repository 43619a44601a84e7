"""How many bookings, or minutes, a period takes."""

from __future__ import annotations

from collections.abc import Mapping

from apps.common.errors import FieldError
from apps.events.models import EventType
from apps.events.models.event_type import MAX_DURATION
from apps.events.services.event_types.rules.bounds import (
    LIMIT_PERIODS,
    MAX_LIMIT,
    Problems,
    is_whole,
    range_problems,
)


def limit_problems(event_type: EventType) -> Problems:
    """One limit per period at most, each of them leaving something to book."""
    yield from range_problems(
        event_type.max_bookings_per_day,
        "/max_bookings_per_day",
        least=1,
        most=10_000,
        or_null=True,
    )
    if not isinstance(event_type.limits, list) or len(event_type.limits) > len(LIMIT_PERIODS):
        yield FieldError("/limits", "invalid", "Give a list with at most one limit per period.")
        return
    seen: set[str] = set()
    for index, entry in enumerate(event_type.limits):
        at = f"/limits/{index}"
        if not isinstance(entry, Mapping) or not {"per", "max"} <= set(entry):
            yield FieldError(at, "invalid", 'Write a limit as {"per": "week", "max": 5}.')
            continue
        per, most = entry["per"], entry["max"]
        if per not in LIMIT_PERIODS:
            allowed = ", ".join(LIMIT_PERIODS)
            yield FieldError(f"{at}/per", "invalid_choice", f"Use one of: {allowed}.")
        elif per in seen:
            yield FieldError(f"{at}/per", "duplicate", f'There is a limit per "{per}" already.')
        seen.add(str(per))
        least = _least_of_limit(event_type, str(per))
        yield from range_problems(most, f"{at}/max", least=least, most=MAX_LIMIT)


def _least_of_limit(event_type: EventType, per: str) -> int:
    """A limit in minutes below the shortest duration would leave nothing to book."""
    if not per.startswith("total_minutes"):
        return 1
    durations = [event_type.duration, *event_type.durations]
    return min([d for d in durations if is_whole(d, 1, MAX_DURATION)], default=1)
