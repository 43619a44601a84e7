"""Writes: the only way to change times off."""

from apps.availability.services.times_off.create_time_off import create_time_off
from apps.availability.services.times_off.delete_time_off import delete_time_off
from apps.availability.services.times_off.update_time_off import TimeOffChanges, update_time_off

__all__ = ["TimeOffChanges", "create_time_off", "delete_time_off", "update_time_off"]
