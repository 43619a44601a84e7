"""Workflows in the admin."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from apps.workflows.models import Workflow


@admin.register(Workflow)
class WorkflowAdmin(ModelAdmin):
    """For now a name that event types may point at."""

    list_display = ("name", "user", "created_at")
    list_select_related = ("user",)
    search_fields = ("name", "user__email", "user__name")
    autocomplete_fields = ("user",)
    readonly_fields = ("created_at",)
