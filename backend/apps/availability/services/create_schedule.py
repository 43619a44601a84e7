"""Create a schedule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.availability.models import Schedule
from apps.availability.selectors import find_default_schedule
from apps.availability.services.rules import check_schedule
from apps.users.public import bump_availability_version


@transaction.atomic
def create_schedule(
    *,
    user_id: UUID,
    name: str,
    timezone: str,
    weekly: Sequence[Any] = (),
    overrides: Sequence[Any] = (),
    rules: Sequence[Any] = (),
    is_default: bool = False,
) -> Schedule:
    """A new schedule of a user; the first one becomes the default.

    Shapes as in `documents.py`. Raises `ValidationFailed` or `InvalidTimezone`.
    """
    bump_availability_version(user_ids=[user_id])
    default = find_default_schedule(user_id)
    schedule = Schedule(
        user_id=user_id,
        name=name.strip(),
        timezone=timezone,
        weekly=list(weekly),
        overrides=list(overrides),
        rules=list(rules),
        is_default=is_default or default is None,
    )
    hours = check_schedule(schedule, user_id=user_id)
    schedule.weekly, schedule.overrides, schedule.rules = hours.weekly, hours.overrides, hours.rules
    if default and schedule.is_default:
        default.is_default = False
        default.save(update_fields=["is_default", "updated_at"])
    schedule.save(force_insert=True)
    return schedule
