"""Event types, bookings and their history in the admin."""

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
from apps.events.actors import Actor
from apps.events.models import (
    Attendee,
    AuditSeal,
    Booking,
    BookingAuditLog,
    BookingCoHost,
    BookingSeries,
    CustomQuestion,
    EmailCode,
    EventType,
    EventTypeHost,
    Hold,
    Occupancy,
    SoonerRequest,
    WaitlistEntry,
)
from apps.events.models.audit import ActorType
from apps.events.models.booking import CancelledBy
from apps.events.selectors.hosts import organizer_alone
from apps.events.services.bookings import cancel_booking
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


class _ShownInline(TabularInline):
    """Rows that are shown with their booking, never written by hand."""

    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class BookingCoHostInline(_ShownInline):
    """Who serves the booking besides its host."""

    model = BookingCoHost
    fields = ("user",)


class AttendeeInline(_ShownInline):
    """Who shares the session; their links are theirs alone."""

    model = Attendee
    fields = ("name", "email", "status", "joined_at", "cancelled_at")


@admin.register(EventType)
class EventTypeAdmin(ModelAdmin):
    """Archived ones are shown too; deleting is archiving, for bookings stand."""

    form = EventTypeForm
    inlines = (EventTypeHostInline,)
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


@admin.register(Booking)
class BookingAdmin(ReadOnlyAdmin):
    """Bookings change through their own calls, which keep occupancies, mails and history true."""

    list_display = (
        "invitee_name",
        "invitee_email",
        "event_type",
        "organizer",
        "start_time",
        "status",
    )
    list_filter = ("status", "calendar_sync_status")
    list_select_related = ("event_type", "organizer")
    search_fields = ("invitee_name", "invitee_email", "organizer__email", "ical_uid")
    date_hierarchy = "start_time"
    inlines = (BookingCoHostInline, AttendeeInline)
    # The link is a key to the booking: staff act through their own calls instead.
    exclude = ("access_token", "meeting_password")
    actions = ("cancel",)

    @admin.action(description="Cancel, and tell both sides")
    def cancel(self, request: HttpRequest, queryset: QuerySet[Booking]) -> None:
        """Each through the service; what it refuses is told and stays."""
        user: Any = request.user
        actor = Actor(ActorType.SYSTEM, user.name, user.email)
        now = utc_now()
        for booking in queryset:
            try:
                cancel_booking(
                    booking=booking,
                    cancelled_by=CancelledBy.SYSTEM,
                    reason="",
                    actor=actor,
                    now=now,
                )
            except DomainError as refusal:
                self.message_user(request, f"{booking}: {refusal.detail}", messages.ERROR)


@admin.register(EventTypeHost)
class EventTypeHostAdmin(ReadOnlyAdmin):
    """Who serves what; hosts are changed with their event type."""

    list_display = ("event_type", "user", "required", "weight", "priority")
    list_filter = ("event_type__kind", "required")
    list_select_related = ("event_type", "user")
    search_fields = ("user__email", "user__name", "event_type__name")


@admin.register(BookingCoHost)
class BookingCoHostAdmin(ReadOnlyAdmin):
    """Who serves a booking besides its host."""

    list_display = ("booking", "user")
    list_select_related = ("booking", "user")
    search_fields = ("user__email", "booking__invitee_email")


@admin.register(Attendee)
class AttendeeAdmin(ReadOnlyAdmin):
    """Who shares group sessions; seats are given and taken by their own calls."""

    list_display = ("name", "email", "booking", "status", "joined_at")
    list_filter = ("status",)
    list_select_related = ("booking",)
    search_fields = ("name", "email", "booking__organizer__email")
    date_hierarchy = "joined_at"
    exclude = ("access_token",)


@admin.register(Occupancy)
class OccupancyAdmin(ReadOnlyAdmin):
    """Hosts' taken time, guarded by the database."""

    list_display = ("host", "starts_at", "ends_at", "booking")
    list_select_related = ("host", "booking")
    search_fields = ("host__email",)
    date_hierarchy = "starts_at"


@admin.register(BookingAuditLog)
class BookingAuditLogAdmin(ReadOnlyAdmin):
    """Who did what to a booking."""

    list_display = ("created_at", "action", "booking", "actor_type", "actor_email")
    list_filter = ("action", "actor_type")
    list_select_related = ("booking",)
    search_fields = ("actor_email", "booking__invitee_email")
    date_hierarchy = "created_at"


@admin.register(AuditSeal)
class AuditSealAdmin(ReadOnlyAdmin):
    """Batches of audit rows that are sealed."""

    list_display = ("id", "rows", "first_row", "last_row", "sealed_at", "hash")
    search_fields = ("hash", "root")


@admin.register(Hold)
class HoldAdmin(ReadOnlyAdmin):
    """Time and seats kept for somebody for a short while."""

    list_display = ("event_type", "start_time", "purpose", "seats", "expires_at")
    list_filter = ("purpose",)
    list_select_related = ("event_type",)
    search_fields = ("event_type__name",)
    exclude = ("token", "holder")


@admin.register(WaitlistEntry)
class WaitlistEntryAdmin(ReadOnlyAdmin):
    """Who waits for a time that is taken."""

    list_display = ("invitee_name", "event_type", "desired_start_time", "status", "created_at")
    list_filter = ("status",)
    list_select_related = ("event_type",)
    search_fields = ("invitee_name", "invitee_email", "organizer__email")
    exclude = ("token",)


@admin.register(SoonerRequest)
class SoonerRequestAdmin(ReadOnlyAdmin):
    """Who has booked and would rather come earlier."""

    list_display = ("booking", "event_type", "status", "created_at")
    list_filter = ("status",)
    list_select_related = ("booking", "event_type")
    search_fields = ("booking__invitee_email",)


@admin.register(BookingSeries)
class BookingSeriesAdmin(ReadOnlyAdmin):
    """Bookings that repeat."""

    list_display = ("event_type", "organizer", "rule", "wall_start", "timezone", "created_at")
    list_select_related = ("event_type", "organizer")
    search_fields = ("ical_uid", "organizer__email")


@admin.register(CustomQuestion)
class CustomQuestionAdmin(ReadOnlyAdmin):
    """Questions; they are changed with their event type."""

    list_display = ("question_text", "event_type", "question_type", "is_required", "order")
    list_filter = ("question_type",)
    list_select_related = ("event_type",)
    search_fields = ("question_text", "event_type__name")


@admin.register(EmailCode)
class EmailCodeAdmin(ReadOnlyAdmin):
    """Codes on their way; only their hashes are kept."""

    list_display = ("email", "event_type", "attempts", "expires_at")
    list_select_related = ("event_type",)
    search_fields = ("email",)
    exclude = ("code_hash",)
