"""Reads."""

from apps.availability.selectors.holidays import (
    Holiday,
    get_holiday_calendar,
    list_holidays,
    list_open_holidays,
)
from apps.availability.selectors.hours import Hours, hours_of
from apps.availability.selectors.schedules import (
    find_default_schedule,
    find_timezone,
    get_schedule,
    list_schedule_names,
    list_schedule_owners,
    list_schedules,
)
from apps.availability.selectors.times_off import get_time_off, list_times_off
from apps.availability.selectors.travels import (
    find_overlapping_travel,
    get_travel,
    list_travels,
)

__all__ = [
    "Holiday",
    "Hours",
    "find_default_schedule",
    "find_overlapping_travel",
    "find_timezone",
    "get_holiday_calendar",
    "get_schedule",
    "get_time_off",
    "get_travel",
    "hours_of",
    "list_holidays",
    "list_open_holidays",
    "list_schedule_names",
    "list_schedule_owners",
    "list_schedules",
    "list_times_off",
    "list_travels",
]
