"""What happened to bookings, and its seals, in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.common.admin_parts import ReadOnlyAdmin
from apps.events.admin.parts import ShownInline
from apps.events.models import AuditSeal, BookingAuditLog
from apps.events.services.audit import verify_booking_audit


class AuditInline(ShownInline):
    """The booking's own history."""

    model = BookingAuditLog
    fields = ("sequence", "created_at", "action", "actor_type", "actor_name", "seal")
    ordering = ("sequence",)


@admin.register(BookingAuditLog)
class BookingAuditLogAdmin(ReadOnlyAdmin):
    """Who did what to a booking. The salt stays out: with it, erased values could be guessed."""

    list_display = (
        "created_at",
        "action",
        "booking",
        "sequence",
        "actor_type",
        "actor_email",
        "seal",
        "erased_at",
    )
    list_filter = (
        "action",
        "actor_type",
        ("seal", admin.EmptyFieldListFilter),
        ("erased_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("booking", "seal")
    search_fields = ("actor_email", "ip_address", "booking__invitee_email")
    date_hierarchy = "created_at"
    exclude = ("salt",)
    actions = ("verify",)

    @admin.action(description="Verify the bookings' chains")
    def verify(self, request: HttpRequest, queryset: QuerySet[BookingAuditLog]) -> None:
        """Each booking of the chosen rows once."""
        bookings = set(queryset.values_list("booking_id", flat=True))
        checks: list[Any] = [verify_booking_audit(booking_id=one) for one in bookings]
        for check in checks:
            for flaw in check.first_flaws:
                self.message_user(request, str(flaw), messages.ERROR)
        whole = sum(check.is_whole for check in checks)
        self.message_user(request, f"{whole} of {len(checks)} chains are whole.")


@admin.register(AuditSeal)
class AuditSealAdmin(ReadOnlyAdmin):
    """Batches of audit rows that are sealed. `manage.py verify_audit` verifies all of them."""

    list_display = ("id", "rows", "first_row", "last_row", "sealed_at", "hash")
    search_fields = ("hash", "root")
    date_hierarchy = "sealed_at"
    exclude = ("heads",)
