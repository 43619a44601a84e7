"""Change a schedule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict
from uuid import UUID

from django.db import transaction

from apps.availability.models import Schedule
from apps.availability.selectors import find_default_schedule, get_schedule
from apps.availability.services.rules import check_schedule
from apps.common.errors import ValidationFailed
from apps.common.etags import make_etag, require_match
from apps.users.public import bump_availability_version


class ScheduleChanges(TypedDict, total=False):
    """What may be changed; a list replaces the stored one whole."""

    name: str
    timezone: str
    weekly: Sequence[Any]
    overrides: Sequence[Any]
    rules: Sequence[Any]
    is_default: bool


@transaction.atomic
def update_schedule(
    *, user_id: UUID, schedule_id: UUID, changes: ScheduleChanges, if_match: str | None = None
) -> Schedule:
    """Apply `changes` to the user's schedule; making it the default ends the old default.

    Raises `NotFound`, `EtagMismatch`, `ValidationFailed` or `InvalidTimezone`.
    """
    bump_availability_version(user_ids=[user_id])
    schedule = get_schedule(user_id=user_id, schedule_id=schedule_id)
    require_match(make_etag(schedule.id, schedule.updated_at), if_match)
    if schedule.is_default and changes.get("is_default") is False:
        raise ValidationFailed.of(
            "/is_default",
            "default_required",
            "One schedule must be the default. Make another one the default instead.",
        )
    becomes_default = bool(changes.get("is_default")) and not schedule.is_default
    for name, value in changes.items():
        setattr(schedule, name, value)
    schedule.name = schedule.name.strip()
    hours = check_schedule(schedule, user_id=user_id)
    schedule.weekly, schedule.overrides, schedule.rules = hours.weekly, hours.overrides, hours.rules
    default = find_default_schedule(user_id) if becomes_default else None
    if default:
        default.is_default = False
        default.save(update_fields=["is_default", "updated_at"])
    schedule.save(force_update=True)
    return schedule
