"""The app's door: the slot engine, and the schedules it works on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models.expressions import Combinable

from apps.availability import selectors, services
from apps.availability.engine import (
    Booking,
    Busy,
    DateRange,
    EventTypeRules,
    Host,
    Limit,
    PackedBusy,
    Reason,
    RollingDays,
    Schedule,
    Slot,
    SlotQuery,
    ceil_seconds,
    compute_slots,
    explain,
    floor_seconds,
    needed_span,
    to_datetime,
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
    "PackedBusy",
    "Reason",
    "RollingDays",
    "Schedule",
    "ScheduleChoice",
    "Slot",
    "SlotQuery",
    "ceil_seconds",
    "compute_slots",
    "ensure_default_schedule",
    "explain",
    "find_rule_problem",
    "find_schedule_choice",
    "floor_seconds",
    "hours_document",
    "hours_of",
    "last_rolling_day",
    "list_schedule_owners",
    "needed_span",
    "read_hours_document",
    "schedules_of",
    "to_datetime",
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


def hours_document(*, user: str, schedule: str) -> Combinable:
    """An expression for another app's query: the hours of the host in its column `user`.

    The schedule named in the column `schedule`, else the user's default. The value goes to
    `read_hours_document`. It saves the query that `schedules_of` would take.
    """
    return selectors.hours_document(user=user, schedule=schedule)


def read_hours_document(document: Mapping[str, Any] | None) -> tuple[Schedule, ...]:
    """The value of `hours_document` as the engine takes it; empty when there is no schedule."""
    return selectors.read_document(document)


def schedules_of(
    *, user_ids: Collection[UUID], schedule_ids: Collection[UUID] = ()
) -> dict[UUID, tuple[Schedule, ...]]:
    """Each host's schedules as the engine takes them, in one query for any number of hosts.

    Those of `schedule_ids` that belong to the host, else the host's default one.
    """
    return selectors.get_engine_schedules(user_ids=user_ids, schedule_ids=schedule_ids)


def ensure_default_schedule(user_id: UUID) -> None:
    """Give the user a default schedule (Mon-Fri 09:00-17:00 in their zone) unless they have one."""
    services.ensure_default_schedule(user_id)
