"""Schedules in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from apps.availability.models import Schedule
from apps.availability.selectors import find_default_schedule
from apps.availability.services import delete_schedule, update_schedule
from apps.availability.services.rules import check_schedule
from apps.common.admin_parts import show_refusal
from apps.common.errors import DomainError
from apps.users.public import bump_availability_version


class ScheduleForm(forms.ModelForm):
    """The three documents as JSON, held to the rules of the API."""

    class Meta:
        model = Schedule
        fields = ("user", "name", "timezone", "weekly", "overrides", "rules")

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        schedule = self.instance
        if self.errors or not schedule.user_id:
            return
        try:
            hours = check_schedule(schedule, user_id=schedule.user_id)
        except DomainError as refusal:
            show_refusal(self, refusal)
        else:
            schedule.weekly = hours.weekly
            schedule.overrides = hours.overrides
            schedule.rules = hours.rules


@admin.register(Schedule)
class ScheduleAdmin(ModelAdmin):
    """One schedule of a user is the default; it cannot be deleted, only replaced as default."""

    form = ScheduleForm
    list_display = ("name", "user", "timezone", "is_default", "updated_at")
    list_filter = ("is_default",)
    list_select_related = ("user",)
    search_fields = ("name", "user__email", "user__name")
    autocomplete_fields = ("user",)
    readonly_fields = ("is_default", "created_at", "updated_at")
    actions = ("make_default",)

    def get_readonly_fields(self, request: HttpRequest, obj: Schedule | None = None) -> Any:
        fixed = ("user",) if obj else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def has_delete_permission(self, request: HttpRequest, obj: Schedule | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.is_default)

    def save_model(self, request: HttpRequest, obj: Schedule, form: Any, change: bool) -> None:
        """Saved as the form has checked it; a user's first schedule is the default."""
        bump_availability_version(user_ids=[obj.user_id])
        if not change:
            obj.is_default = find_default_schedule(obj.user_id) is None
        obj.save()

    def delete_model(self, request: HttpRequest, obj: Schedule) -> None:
        delete_schedule(user_id=obj.user_id, schedule_id=obj.pk)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Schedule]) -> None:
        """Each through the service; a selection with a default in it was refused before."""
        for schedule in queryset:
            delete_schedule(user_id=schedule.user_id, schedule_id=schedule.pk)

    @admin.action(description="Make the default of its user")
    def make_default(self, request: HttpRequest, queryset: QuerySet[Schedule]) -> None:
        """One per user counts: the last one chosen."""
        for schedule in queryset:
            update_schedule(
                user_id=schedule.user_id, schedule_id=schedule.pk, changes={"is_default": True}
            )
