"""Plan a travel."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from apps.availability.models import Travel
from apps.availability.services.travels.rules import check_room_for_travel, check_travel
from apps.users.public import bump_availability_version


@transaction.atomic
def create_travel(
    *, user_id: UUID, start_date: date, end_date: date, timezone: str, note: str = ""
) -> Travel:
    """Between two local dates, both included, read the user's hours in another IANA zone.

    Bookings that exist stay. Raises `ValidationFailed` or `InvalidTimezone`.
    """
    bump_availability_version(user_ids=[user_id])
    travel = Travel(
        user_id=user_id,
        start_date=start_date,
        end_date=end_date,
        timezone=timezone,
        note=note.strip(),
    )
    check_travel(travel)
    check_room_for_travel(user_id)
    travel.save(force_insert=True)
    return travel
