"""Writes: the only way to change a schedule."""

from apps.availability.services.create_schedule import create_schedule
from apps.availability.services.delete_schedule import delete_schedule
from apps.availability.services.ensure_default_schedule import ensure_default_schedule
from apps.availability.services.update_schedule import ScheduleChanges, update_schedule

__all__ = [
    "ScheduleChanges",
    "create_schedule",
    "delete_schedule",
    "ensure_default_schedule",
    "update_schedule",
]
