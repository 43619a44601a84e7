"""Times off in the admin."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.availability.admin.parts import OwnedAdmin, RuledForm
from apps.availability.models import OutOfOffice
from apps.availability.services.times_off import delete_time_off
from apps.availability.services.times_off.rules import check_room_for_time_off, check_time_off
from apps.common.errors import ValidationFailed

# The API's names of the columns.
_COLUMNS = {"/start": "/starts_at", "/end": "/ends_at"}


class TimeOffForm(RuledForm):
    """Two dates or two instants."""

    class Meta:
        model = OutOfOffice
        fields = ("user", "start_date", "end_date", "starts_at", "ends_at", "note")

    def check_rules(self) -> None:
        try:
            check_time_off(self.instance)
        except ValidationFailed as refusal:
            errors = [
                replace(error, pointer=_COLUMNS.get(error.pointer, error.pointer))
                for error in refusal.errors
            ]
            raise ValidationFailed(refusal.detail, errors=errors) from None
        if self.instance._state.adding:
            check_room_for_time_off(self.instance.user_id)


@admin.register(OutOfOffice)
class OutOfOfficeAdmin(OwnedAdmin):
    """Whole local dates, or a span of instants (shown in UTC)."""

    form = TimeOffForm
    list_display = ("__str__", "user", "note", "created_at")
    readonly_fields = ("created_at",)

    def delete_model(self, request: HttpRequest, obj: OutOfOffice) -> None:
        delete_time_off(user_id=obj.user_id, time_off_id=obj.pk)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[OutOfOffice]) -> None:
        """Each through the service."""
        for time_off in queryset:
            delete_time_off(user_id=time_off.user_id, time_off_id=time_off.pk)
