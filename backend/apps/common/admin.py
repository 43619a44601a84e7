"""The outbox in the admin: what failed, why, and putting it back to work. And stored answers."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.common.admin_parts import ReadOnlyAdmin
from apps.common.models import IdempotencyRecord, OutboxRow
from apps.common.outbox.operations import discard_effects, retry_effects
from apps.common.time import utc_now


@admin.register(OutboxRow)
class OutboxRowAdmin(ReadOnlyAdmin):
    """Effects and their state. The payload stays out: it holds invitees' links and answers."""

    list_display = ("idempotency_key", "name", "state", "attempts", "run_at", "last_error")
    list_filter = ("state", "name")
    search_fields = ("idempotency_key", "ordering_key", "last_error", "request_id")
    ordering = ("-id",)
    exclude = ("payload",)
    actions = ("retry", "discard")

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("common.change_outboxrow")

    @admin.action(description="Try again now", permissions=["retry"])
    def retry(self, request: HttpRequest, queryset: QuerySet[OutboxRow]) -> None:
        """Dead and waiting effects become due at once, with all attempts anew."""
        count = retry_effects(ids=queryset.values_list("id", flat=True), now=utc_now())
        self.message_user(request, f"{count} of {len(queryset)} are due now.", messages.SUCCESS)

    @admin.action(description="Give up", permissions=["retry"])
    def discard(self, request: HttpRequest, queryset: QuerySet[OutboxRow]) -> None:
        """Waiting effects will not happen; what is under way or done is left alone."""
        count = discard_effects(
            ids=queryset.values_list("id", flat=True), by=str(request.user.get_username())
        )
        self.message_user(request, f"{count} of {len(queryset)} are given up.", messages.SUCCESS)


@admin.register(IdempotencyRecord)
class IdempotencyRecordAdmin(ReadOnlyAdmin):
    """Which calls were made under a key. The answer stays out: it holds an invitee's link."""

    list_display = ("scope", "key", "status", "created_at")
    list_filter = ("scope", "status")
    search_fields = ("key",)
    ordering = ("-id",)
    exclude = ("body",)
