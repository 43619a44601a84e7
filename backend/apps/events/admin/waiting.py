"""Who waits for a time, and what is kept for them or anybody, in the admin."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.common.admin_parts import ReadOnlyAdmin
from apps.common.errors import DomainError
from apps.common.time import utc_now
from apps.events.models import EmailCode, Hold, SoonerRequest, WaitlistEntry
from apps.events.services.privacy import erase_waitlist_entry


@admin.register(Hold)
class HoldAdmin(ReadOnlyAdmin):
    """Time and seats kept for somebody for a short while. The token is the holder's key."""

    list_display = ("event_type", "start_time", "purpose", "seats", "expires_at")
    list_filter = ("purpose",)
    list_select_related = ("event_type",)
    search_fields = ("event_type__name", "event_type__organizer__email")
    date_hierarchy = "start_time"
    exclude = ("token", "holder")


@admin.register(WaitlistEntry)
class WaitlistEntryAdmin(ReadOnlyAdmin):
    """Who waits for a time that is taken; their links are theirs alone."""

    list_display = (
        "invitee_name",
        "invitee_email",
        "event_type",
        "desired_start_time",
        "status",
        "offers_made",
        "created_at",
    )
    list_filter = ("status", "notify_when_available", ("erased_at", admin.EmptyFieldListFilter))
    list_select_related = ("event_type",)
    search_fields = ("invitee_name", "invitee_email", "organizer__email", "event_type__name")
    date_hierarchy = "desired_start_time"
    exclude = ("token",)
    actions = ("erase",)

    @admin.action(description="Erase personal data for good")
    def erase(self, request: HttpRequest, queryset: QuerySet[WaitlistEntry]) -> None:
        """For people who ask for it. Who still waits is refused."""
        now = utc_now()
        for entry in queryset:
            try:
                erase_waitlist_entry(entry=entry, now=now)
            except DomainError as refusal:
                self.message_user(request, f"{entry}: {refusal.detail}", messages.ERROR)


@admin.register(SoonerRequest)
class SoonerRequestAdmin(ReadOnlyAdmin):
    """Who has booked and would rather come earlier."""

    list_display = ("booking", "event_type", "status", "offers_made", "created_at")
    list_filter = ("status",)
    list_select_related = ("booking", "event_type")
    search_fields = ("booking__invitee_email", "event_type__name")


@admin.register(EmailCode)
class EmailCodeAdmin(ReadOnlyAdmin):
    """Codes on their way; only their hashes are kept."""

    list_display = ("email", "event_type", "attempts", "expires_at")
    list_select_related = ("event_type",)
    search_fields = ("email",)
    exclude = ("code_hash",)
