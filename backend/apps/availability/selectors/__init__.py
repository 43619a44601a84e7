"""Reads."""

from apps.availability.selectors.hours import Hours, hours_of
from apps.availability.selectors.schedules import (
    find_default_schedule,
    find_timezone,
    get_engine_schedules,
    get_schedule,
    hours_document,
    list_schedule_names,
    list_schedule_owners,
    list_schedules,
    read_document,
)

__all__ = [
    "Hours",
    "find_default_schedule",
    "find_timezone",
    "get_engine_schedules",
    "get_schedule",
    "hours_document",
    "hours_of",
    "list_schedule_names",
    "list_schedule_owners",
    "list_schedules",
    "read_document",
]
