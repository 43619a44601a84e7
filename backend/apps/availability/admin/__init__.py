"""Pages of the admin; what is saved there is held to the rules of the API."""

from apps.availability.admin.holidays import HolidayCalendarAdmin
from apps.availability.admin.schedules import ScheduleAdmin
from apps.availability.admin.times_off import OutOfOfficeAdmin
from apps.availability.admin.travels import TravelAdmin

__all__ = ["HolidayCalendarAdmin", "OutOfOfficeAdmin", "ScheduleAdmin", "TravelAdmin"]
