"""Reads of schedules."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from apps.availability.models import Schedule
from apps.common.errors import NotFound


def list_schedules(user_id: UUID) -> QuerySet[Schedule]:
    """The user's schedules; the API pages through them."""
    return Schedule.objects.filter(user_id=user_id)


def list_schedule_names(user_id: UUID, *, but: UUID) -> list[str]:
    """Names of the user's schedules, except the one with the id `but`."""
    names = Schedule.objects.filter(user_id=user_id).exclude(id=but).values_list("name", flat=True)
    return list(names)


def find_default_schedule(user_id: UUID) -> Schedule | None:
    """The schedule that event types without one of their own follow."""
    return Schedule.objects.filter(user_id=user_id, is_default=True).first()


def find_timezone(*, user_id: UUID, schedule_id: UUID) -> str | None:
    """The IANA zone of the user's schedule, or None when the user has no such schedule."""
    zones = Schedule.objects.filter(user_id=user_id, id=schedule_id)
    return zones.values_list("timezone", flat=True).first()


def list_schedule_owners(schedule_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Whose the schedules of these ids are, by schedule; unknown ids are left out. One query."""
    owners = Schedule.objects.filter(id__in=schedule_ids).values_list("id", "user_id")
    return dict(owners)


def get_schedule(*, user_id: UUID, schedule_id: UUID) -> Schedule:
    """The user's schedule. Raises `NotFound`, also for schedules of others."""
    schedule = Schedule.objects.filter(user_id=user_id, id=schedule_id).first()
    if schedule is None:
        raise NotFound("You have no schedule with this id.")
    return schedule
