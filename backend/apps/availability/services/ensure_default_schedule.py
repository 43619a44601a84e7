"""Give somebody open hours to start with."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.availability.models import Schedule
from apps.availability.selectors import find_default_schedule
from apps.availability.services.create_schedule import create_schedule
from apps.users.public import list_people

NAME = "Working hours"
WORKDAYS = range(1, 6)


@transaction.atomic
def ensure_default_schedule(user_id: UUID) -> Schedule:
    """The user's default schedule; made if there is none: Mon-Fri 09:00-17:00 in their zone."""
    return find_default_schedule(user_id) or create_schedule(
        user_id=user_id,
        name=NAME,
        timezone=list_people([user_id])[user_id].timezone,
        weekly=[{"weekday": day, "start": "09:00", "end": "17:00"} for day in WORKDAYS],
        is_default=True,
    )
