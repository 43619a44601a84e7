"""Reads of schedules."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from apps.availability import engine
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


def get_engine_schedules(
    *, user_ids: Collection[UUID], schedule_ids: Collection[UUID] = ()
) -> dict[UUID, tuple[engine.Schedule, ...]]:
    """Each user's schedules for one event type, by user, in one query.

    Those of `schedule_ids` that belong to the user, else the user's default; an empty tuple
    (never open) for a user who has neither.
    """
    rows = Schedule.objects.filter(
        Q(is_default=True) | Q(id__in=schedule_ids), user_id__in=user_ids
    ).values_list("user_id", "id", "timezone", "weekly", "overrides", "rules")
    named = set(schedule_ids)
    chosen: dict[UUID, list[engine.Schedule]] = {user_id: [] for user_id in user_ids}
    defaults: dict[UUID, engine.Schedule] = {}
    for owner, schedule_id, timezone, weekly, overrides, rules in rows:
        schedule = to_engine(str(schedule_id), timezone, weekly, overrides, rules)
        if schedule_id in named:
            chosen[owner].append(schedule)
        else:
            defaults[owner] = schedule
    for user_id, schedules in chosen.items():
        if not schedules and user_id in defaults:
            schedules.append(defaults[user_id])
    return {user_id: tuple(schedules) for user_id, schedules in chosen.items()}


def hours_document(*, user: str, schedule: str) -> Subquery:
    """The hours of one row's host as an expression inside that row's query.

    `user` and `schedule` name its columns: the schedule chosen there, else the user's default.
    `read_document` turns the value into the engine's schedule.
    """
    is_chosen = Q(pk=OuterRef(schedule))
    return Subquery(
        Schedule.objects.filter(is_chosen | Q(is_default=True), user=OuterRef(user))
        # One row, or two: the chosen one before the default.
        .order_by("is_default")
        .values(
            document=JSONObject(
                id="id", timezone="timezone", weekly="weekly", overrides="overrides", rules="rules"
            )
        )[:1]
    )


def read_document(document: Mapping[str, Any] | None) -> tuple[engine.Schedule, ...]:
    """The value of `hours_document`; no schedule at all (never open) for None."""
    if document is None:
        return ()
    lists = [
        # SQLite hands a JSON column inside a JSON object back as text.
        json.loads(document[name]) if isinstance(document[name], str) else document[name]
        for name in ("weekly", "overrides", "rules")
    ]
    return (to_engine(str(document["id"]), document["timezone"], *lists),)


def to_engine(
    id: str,
    timezone: str,
    weekly: Iterable[Mapping[str, Any]],
    overrides: Iterable[Mapping[str, Any]],
    rules: Iterable[Mapping[str, Any]],
) -> engine.Schedule:
    """Stored hours (checked when written) as the engine takes them."""
    return engine.Schedule(
        id=id,
        timezone=timezone,
        weekly=tuple(
            engine.WeeklyWindow(item["weekday"], _window(item["start"], item["end"]))
            for item in weekly
        ),
        overrides=tuple(
            engine.Override(
                date.fromisoformat(item["date"]),
                tuple(_window(start, end) for start, end in item["windows"]),
            )
            for item in overrides
        ),
        rules=tuple(
            engine.Rule(
                rrule=item["rrule"],
                dtstart=date.fromisoformat(item["dtstart"]),
                window=_window(item["start"], item["end"]),
                kind=item["kind"],
                id=item["id"],
            )
            for item in rules
        ),
    )


def _window(start: str, end: str) -> engine.WallWindow:
    return engine.WallWindow(_minutes(start), _minutes(end))


def _minutes(wall_time: str) -> int:
    """ "09:30" as minutes since midnight."""
    return int(wall_time[:2]) * 60 + int(wall_time[3:])
