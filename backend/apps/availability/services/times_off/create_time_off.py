"""Take time off."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from apps.availability.models import OutOfOffice
from apps.availability.services.times_off.rules import check_room_for_time_off, check_time_off
from apps.users.public import bump_availability_version


@transaction.atomic
def create_time_off(
    *,
    user_id: UUID,
    start_date: date | None = None,
    end_date: date | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    note: str = "",
) -> OutOfOffice:
    """Close a user's dates (both included, on the clock of each schedule) or a span of instants.

    Bookings that exist stay. Raises `ValidationFailed`.
    """
    bump_availability_version(user_ids=[user_id])
    time_off = OutOfOffice(
        user_id=user_id,
        start_date=start_date,
        end_date=end_date,
        starts_at=starts_at,
        ends_at=ends_at,
        note=note.strip(),
    )
    check_time_off(time_off)
    check_room_for_time_off(user_id)
    time_off.save(force_insert=True)
    return time_off
