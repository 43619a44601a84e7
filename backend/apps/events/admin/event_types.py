"""Event types, their hosts and their questions in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from apps.common.admin_parts import ReadOnlyAdmin, show_refusal
from apps.common.errors import DomainError
from apps.common.time import utc_now
from apps.events.admin.parts import ShownInline
from apps.events.models import CustomQuestion, EventType, EventTypeHost
from apps.events.selectors.hosts import organizer_alone
from apps.events.services.event_types import archive_event_type, set_event_type_active
from apps.events.services.event_types.rules import check_event_type
from apps.events.services.event_types.rules.hosts import host_problems
from apps.users.public import bump_availability_version


class EventTypeForm(forms.ModelForm):
    """Held to the rules of the API; an empty address is made from the name."""

    class Meta:
        model = EventType
        exclude = ("archived_at",)  # noqa: DJ006 (every other field can be edited)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "event_type_slug" in self.fields:
            self.fields["event_type_slug"].required = False

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors or not self.instance.organizer_id:
            return
        try:
            check_event_type(self.instance)
        except DomainError as refusal:
            show_refusal(self, refusal)


class EventTypeHostFormSet(forms.BaseInlineFormSet):
    """Held to the rules of the API, together with the kind that the event type is given."""

    def clean(self) -> None:
        super().clean()
        event_type: Any = self.instance
        if any(self.errors) or not event_type.organizer_id:
            return
        kept = [
            form
            for form in self.forms
            if form.cleaned_data.get("user") and not form.cleaned_data.get("DELETE")
        ]
        kept.sort(key=lambda form: form.instance.position)
        hosts = [form.instance for form in kept] or [organizer_alone(event_type)]
        known = {event_type.organizer_id, *(row.user_id for row in self.get_queryset())}
        for problem in host_problems(event_type, hosts, known=known):
            _, *steps = problem.pointer.strip("/").split("/")
            if kept and len(steps) == 2:
                kept[int(steps[0])].add_error(steps[1], problem.detail)
            else:
                raise forms.ValidationError(problem.detail)


class EventTypeHostInline(TabularInline):
    """Who serves the event type; none is the organizer alone."""

    model = EventTypeHost
    formset = EventTypeHostFormSet
    fields = ("position", "user", "required", "weight", "priority", "schedule")
    autocomplete_fields = ("user", "schedule")
    extra = 0


class QuestionInline(ShownInline):
    """What is asked of who books, in its order; changed by the organizer's own call."""

    model = CustomQuestion
    fields = (
        "order",
        "question_text",
        "question_type",
        "is_required",
        "retention_days",
        "archived_at",
    )


@admin.register(EventType)
class EventTypeAdmin(ModelAdmin):
    """Archived ones are shown too; deleting is archiving, for bookings stand."""

    form = EventTypeForm
    inlines = (EventTypeHostInline, QuestionInline)
    list_display = ("name", "organizer", "kind", "duration", "is_active", "archived_at")
    list_filter = (
        "kind",
        "is_active",
        "is_private",
        "location_type",
        ("archived_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("organizer",)
    search_fields = ("name", "event_type_slug", "organizer__email", "organizer__name")
    autocomplete_fields = (
        "organizer",
        "schedule",
        "confirmation_workflow",
        "reminder_workflow",
        "cancellation_workflow",
    )
    readonly_fields = ("archived_at", "created_at", "updated_at")
    actions = ("switch_on", "switch_off", "archive")

    def get_readonly_fields(self, request: HttpRequest, obj: EventType | None = None) -> Any:
        fixed = ("organizer",) if obj else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: EventType | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.is_archived)

    def save_model(self, request: HttpRequest, obj: EventType, form: Any, change: bool) -> None:
        """Saved as the form has checked it."""
        bump_availability_version(user_ids=[obj.organizer_id])
        obj.save()

    @admin.action(description="Switch on")
    def switch_on(self, request: HttpRequest, queryset: QuerySet[EventType]) -> None:
        """Bookable from now on."""
        self._switch(request, queryset, is_active=True)

    @admin.action(description="Switch off")
    def switch_off(self, request: HttpRequest, queryset: QuerySet[EventType]) -> None:
        """Not bookable from now on; bookings stand."""
        self._switch(request, queryset, is_active=False)

    @admin.action(description="Archive")
    def archive(self, request: HttpRequest, queryset: QuerySet[EventType]) -> None:
        """Gone for organizers and invitees; bookings stand."""
        now = utc_now()
        for event_type in queryset.filter(archived_at__isnull=True):
            archive_event_type(
                organizer_id=event_type.organizer_id, event_type_id=event_type.pk, now=now
            )

    def _switch(
        self, request: HttpRequest, queryset: QuerySet[EventType], *, is_active: bool
    ) -> None:
        for event_type in queryset.filter(archived_at__isnull=True):
            try:
                set_event_type_active(
                    organizer_id=event_type.organizer_id,
                    event_type_id=event_type.pk,
                    is_active=is_active,
                )
            except DomainError as refusal:
                self.message_user(request, f"{event_type}: {refusal.detail}", messages.ERROR)


@admin.register(EventTypeHost)
class EventTypeHostAdmin(ReadOnlyAdmin):
    """Who serves what; hosts are changed with their event type."""

    list_display = ("event_type", "user", "required", "weight", "priority")
    list_filter = ("event_type__kind", "required")
    list_select_related = ("event_type", "user")
    search_fields = ("user__email", "user__name", "event_type__name")


@admin.register(CustomQuestion)
class CustomQuestionAdmin(ReadOnlyAdmin):
    """Questions, the removed ones too: answers are kept under their ids."""

    list_display = (
        "question_text",
        "event_type",
        "question_type",
        "is_required",
        "order",
        "retention_days",
        "archived_at",
    )
    list_filter = ("question_type", "is_required", ("archived_at", admin.EmptyFieldListFilter))
    list_select_related = ("event_type",)
    search_fields = ("question_text", "prefill_key", "event_type__name")
