"""Writes: the only way to change travels."""

from apps.availability.services.travels.create_travel import create_travel
from apps.availability.services.travels.delete_travel import delete_travel
from apps.availability.services.travels.update_travel import TravelChanges, update_travel

__all__ = ["TravelChanges", "create_travel", "delete_travel", "update_travel"]
