"""Reads of public holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apps.availability.models import HolidayCalendar
from apps.availability.public_holidays import get_holiday_names, is_holiday


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday of somebody's calendar; `is_open` when they work nevertheless."""

    date: date
    name: str
    is_open: bool


def get_holiday_calendar(user_id: UUID) -> HolidayCalendar:
    """What the user chose; an unsaved one without a country for who keeps no holidays."""
    calendar = HolidayCalendar.objects.filter(user_id=user_id).first()
    return calendar or HolidayCalendar(user_id=user_id, country="", region="", open_dates=[])


def list_holidays(
    calendar: HolidayCalendar, *, first_year: int, last_year: int, locale: str
) -> list[Holiday]:
    """The calendar's holidays of these years, both included, named in the locale if possible."""
    return [
        Holiday(day, name, day.isoformat() in calendar.open_dates)
        for year in range(first_year, last_year + 1)
        for day, name in get_holiday_names(calendar.country, calendar.region, year, locale).items()
    ]


def list_open_holidays(calendar: HolidayCalendar) -> list[str]:
    """The holidays on which its user works.

    Stored dates that are no holidays any more are left out: some are only estimates until shortly
    before, and who sends back what was answered must not be refused.
    """
    return [
        day
        for day in calendar.open_dates
        if is_holiday(calendar.country, calendar.region, date.fromisoformat(day))
    ]
