"""Writes: the only way to change which public holidays a user keeps."""

from apps.availability.services.holidays.choose_holidays import HolidayChoice, choose_holidays
from apps.availability.services.holidays.forget_holidays import forget_holidays

__all__ = ["HolidayChoice", "choose_holidays", "forget_holidays"]
