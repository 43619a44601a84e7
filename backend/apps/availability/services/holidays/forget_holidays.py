"""Keep no public holidays any more."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.availability.models import HolidayCalendar
from apps.availability.selectors import get_holiday_calendar
from apps.common.etags import require_match
from apps.users.public import bump_availability_version


@transaction.atomic
def forget_holidays(*, user_id: UUID, if_match: str | None = None) -> None:
    """Remove the user's choice, if they have made one. Raises `EtagMismatch`."""
    bump_availability_version(user_ids=[user_id])
    require_match(get_holiday_calendar(user_id).etag, if_match)
    HolidayCalendar.objects.filter(user_id=user_id).delete()
