"""The app's door: the slot engine, and the schedules it works on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from apps.availability import selectors, services
from apps.availability.engine import (
    Booking,
    Busy,
    DateRange,
    EventTypeRules,
    Host,
    Limit,
    Occurrence,
    PackedBusy,
    Reason,
    RollingDays,
    Schedule,
    SeriesRule,
    Slot,
    SlotQuery,
    ceil_seconds,
    compute_slots,
    expand_series,
    explain,
    floor_seconds,
    instant_of,
    needed_span,
    rule_of_occurrences,
    to_datetime,
    wall_of,
)
from apps.availability.engine.bounds import last_rolling_day
from apps.availability.selectors import Hours
from apps.availability.services.documents import find_rule_problem

__all__ = [
    "Booking",
    "Busy",
    "DateRange",
    "EventTypeRules",
    "Host",
    "Hours",
    "Limit",
    "Occurrence",
    "PackedBusy",
    "Reason",
    "RollingDays",
    "Schedule",
    "ScheduleChoice",
    "SeriesRule",
    "Slot",
    "SlotQuery",
    "ceil_seconds",
    "compute_slots",
    "ensure_default_schedule",
    "expand_series",
    "explain",
    "find_rule_problem",
    "find_schedule_choice",
    "floor_seconds",
    "hours_of",
    "instant_of",
    "last_rolling_day",
    "list_schedule_owners",
    "needed_span",
    "rule_of_occurrences",
    "to_datetime",
    "wall_of",
]


@dataclass(frozen=True, slots=True)
class ScheduleChoice:
    """A schedule that an event type may follow; `timezone` is an IANA name."""

    id: UUID
    timezone: str


def find_schedule_choice(*, user_id: UUID, schedule_id: UUID) -> ScheduleChoice | None:
    """The user's schedule with that id, or None: also when it is somebody else's."""
    timezone = selectors.find_timezone(user_id=user_id, schedule_id=schedule_id)
    return None if timezone is None else ScheduleChoice(schedule_id, timezone)


def list_schedule_owners(schedule_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Whose the schedules of these ids are, by schedule; unknown ids are left out. One query."""
    return selectors.list_schedule_owners(schedule_ids)


def hours_of(*, choices: Mapping[UUID, UUID | None]) -> dict[UUID, Hours]:
    """Each host's hours, by host id, in four queries for any number of hosts.

    `choices` are host ids with the id of the chosen schedule; None, a schedule that is gone and one
    of somebody else mean the host's default. `Hours.schedules(first, last)` is what the engine
    takes: empty for a host without any schedule.
    """
    return selectors.hours_of(choices=choices)


def ensure_default_schedule(user_id: UUID) -> None:
    """Give the user a default schedule (Mon-Fri 09:00-17:00 in their zone) unless they have one."""
    services.ensure_default_schedule(user_id)
