"""Choose whose public holidays to keep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict
from uuid import UUID

from django.db import transaction

from apps.availability.models import HolidayCalendar
from apps.availability.selectors import get_holiday_calendar, list_open_holidays
from apps.availability.services.holidays.rules import check_holidays
from apps.common.etags import require_match
from apps.users.public import bump_availability_version


class HolidayChoice(TypedDict, total=False):
    """What may be chosen; an empty country means no holidays at all."""

    country: str
    region: str
    open_dates: Sequence[Any]


def choose_holidays(
    *, user_id: UUID, choice: HolidayChoice, if_match: str | None = None
) -> HolidayCalendar:
    """Apply `choice` to what the user chose before. Raises `EtagMismatch` or `ValidationFailed`.

    In another country the region is to be chosen anew; open dates that are not given anew stay as
    far as they are holidays there. Bookings that exist stay.
    """
    # First without the lock, which on SQLite is everybody's: the library takes long to load, and
    # years that it has not met take long to compute. Afterwards they are known.
    _apply(choice, get_holiday_calendar(user_id), if_match=if_match)
    return _write(user_id, choice, if_match=if_match)


@transaction.atomic
def _write(user_id: UUID, choice: HolidayChoice, *, if_match: str | None) -> HolidayCalendar:
    bump_availability_version(user_ids=[user_id])
    calendar = get_holiday_calendar(user_id)
    _apply(choice, calendar, if_match=if_match)
    if calendar.country:
        calendar.save()
    else:
        HolidayCalendar.objects.filter(user_id=user_id).delete()
    return calendar


def _apply(choice: HolidayChoice, calendar: HolidayCalendar, *, if_match: str | None) -> None:
    """Change the calendar in memory, if the rules allow."""
    require_match(calendar.etag, if_match)
    before = calendar.country
    calendar.country = choice.get("country", before)
    calendar.region = choice.get("region", calendar.region if calendar.country == before else "")
    calendar.open_dates = check_holidays(
        country=calendar.country,
        region=calendar.region,
        open_dates=choice.get("open_dates", list_open_holidays(calendar)),
    )
