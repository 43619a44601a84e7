"""Holiday calendars in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.availability.admin.parts import OwnedAdmin, RuledForm
from apps.availability.models import HolidayCalendar
from apps.availability.services.holidays import forget_holidays
from apps.availability.services.holidays.rules import check_holidays


class HolidayCalendarForm(RuledForm):
    """A country, perhaps a region, and the holidays kept open as JSON."""

    class Meta:
        model = HolidayCalendar
        fields = ("user", "country", "region", "open_dates")

    def check_rules(self) -> None:
        calendar = self.instance
        calendar.open_dates = check_holidays(
            country=calendar.country,
            region=calendar.region,
            # An empty field is no JSON at all.
            open_dates=[] if calendar.open_dates is None else calendar.open_dates,
        )


@admin.register(HolidayCalendar)
class HolidayCalendarAdmin(OwnedAdmin):
    """Whose public holidays a user keeps."""

    form = HolidayCalendarForm
    list_display = ("user", "country", "region")
    list_filter = ("country",)

    def delete_model(self, request: HttpRequest, obj: HolidayCalendar) -> None:
        forget_holidays(user_id=obj.user_id)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[HolidayCalendar]) -> None:
        """Each through the service."""
        for calendar in queryset:
            forget_holidays(user_id=calendar.user_id)
