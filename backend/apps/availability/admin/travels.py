"""Travels in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.availability.admin.parts import OwnedAdmin, RuledForm
from apps.availability.models import Travel
from apps.availability.services.travels import delete_travel
from apps.availability.services.travels.rules import check_room_for_travel, check_travel


class TravelForm(RuledForm):
    """Two dates and a zone."""

    class Meta:
        model = Travel
        fields = ("user", "start_date", "end_date", "timezone", "note")

    def check_rules(self) -> None:
        check_travel(self.instance)
        if self.instance._state.adding:
            check_room_for_travel(self.instance.user_id)


@admin.register(Travel)
class TravelAdmin(OwnedAdmin):
    """Where a user's hours are read in another zone."""

    form = TravelForm
    list_display = ("__str__", "user", "note", "created_at")
    readonly_fields = ("created_at",)

    def delete_model(self, request: HttpRequest, obj: Travel) -> None:
        delete_travel(user_id=obj.user_id, travel_id=obj.pk)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Travel]) -> None:
        """Each through the service."""
        for travel in queryset:
            delete_travel(user_id=travel.user_id, travel_id=travel.pk)
