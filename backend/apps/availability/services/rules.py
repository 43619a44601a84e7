"""What must hold for a schedule as a whole."""

from __future__ import annotations

from uuid import UUID

from apps.availability.models import Schedule
from apps.availability.selectors import list_schedule_names
from apps.availability.services.documents import Hours, read_hours
from apps.common.errors import FieldError, InvalidTimezone, ValidationFailed
from apps.common.names import find_name_problem
from apps.common.time import get_zone

MAX_NAME = 120


def check_schedule(schedule: Schedule, *, user_id: UUID) -> Hours:
    """The stored form of `schedule`'s hours.

    Raises `ValidationFailed` with every problem, or `InvalidTimezone` when that is the only one.
    Call it under the lock that `bump_availability_version` takes: names are compared with the user's other schedules.
    """
    problems: list[FieldError] = [*_name_problems(schedule, user_id)]
    unknown_zone: InvalidTimezone | None = None
    try:
        get_zone(schedule.timezone)
    except InvalidTimezone as error:
        unknown_zone = error
        problems += error.errors
    hours, hour_problems = read_hours(
        weekly=schedule.weekly,
        overrides=schedule.overrides,
        rules=schedule.rules,
        timezone="UTC" if unknown_zone else schedule.timezone,
    )
    problems += hour_problems
    if unknown_zone and len(problems) == 1:
        raise unknown_zone
    if problems:
        raise ValidationFailed(problems[0].detail, errors=problems)
    return hours


def _name_problems(schedule: Schedule, user_id: UUID) -> list[FieldError]:
    name = schedule.name
    if not name:
        return [FieldError("/name", "required", "Give the schedule a name.")]
    if len(name) > MAX_NAME:
        return [FieldError("/name", "too_long", f"Use at most {MAX_NAME} characters.")]
    if problem := find_name_problem(name, most=MAX_NAME):
        return [FieldError("/name", "invalid", problem)]
    taken = {other.casefold() for other in list_schedule_names(user_id, but=schedule.id)}
    if name.casefold() in taken:
        return [FieldError("/name", "not_unique", f'You have a schedule named "{name}" already.')]
    return []
