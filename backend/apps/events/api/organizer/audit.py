"""What happened to a booking, and whether its history is whole: parse, one call, render."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.api.pagination import CursorPagination
from apps.common.api.serializers import ModelSerializer, Serializer
from apps.common.api.signed_in import signed_in_user
from apps.events.api.organizer.bookings import BookingView
from apps.events.models import BookingAuditLog
from apps.events.selectors.bookings import list_audit_rows
from apps.events.services.audit import verify_booking_audit

_ORGANIZERS_ONLY = frozenset({"ip_address", "created_from", "host", "hosts"})


class BookingAuditSerializer(ModelSerializer):
    """One row of a booking's history."""

    is_sealed = serializers.SerializerMethodField(help_text="Its loss would be noticed")

    class Meta:
        model = BookingAuditLog
        fields = (
            "id",
            "sequence",
            "action",
            "description",
            "actor_type",
            "actor_name",
            "actor_email",
            "ip_address",
            "user_agent",
            "metadata",
            "old_values",
            "new_values",
            "hash",
            "is_sealed",
            "erased_at",
            "created_at",
        )
        read_only_fields = fields

    def get_is_sealed(self, row: BookingAuditLog) -> bool:
        """Whether a seal covers it already."""
        return row.seal_id is not None


class BookingAuditStateSerializer(Serializer):
    """Whether a booking's history is as it was written."""

    is_whole = serializers.BooleanField()
    rows = serializers.IntegerField()
    first_broken = serializers.IntegerField(
        allow_null=True, help_text="The first row that was changed or is missing, by its sequence"
    )
    sealed_rows = serializers.IntegerField()


class AuditPagination(CursorPagination):
    """Oldest first."""

    ordering = ("id",)  # type: ignore[assignment]


class BookingAuditView(BookingView):
    """GET bookings/<uuid>/audit/."""

    serializer_class = BookingAuditSerializer  # type: ignore[assignment]
    pagination_class = AuditPagination

    @extend_schema(operation_id="list_booking_audit", responses=BookingAuditSerializer(many=True))
    def get(self, request: Request, booking_id: UUID) -> Response:
        """What happened to the booking, oldest first.

        Addresses and browsers are told to the organizer only.
        """
        booking = self.booking(booking_id)
        page = self.paginate_queryset(list_audit_rows(booking)) or []
        if booking.organizer_id != signed_in_user(request).pk:
            for row in page:
                _hide_from_hosts(row)
        return self.get_paginated_response(BookingAuditSerializer(page, many=True).data)


class BookingAuditStateView(BookingView):
    """GET bookings/<uuid>/audit/verify/."""

    serializer_class = BookingAuditStateSerializer  # type: ignore[assignment]

    @extend_schema(operation_id="verify_booking_audit", responses=BookingAuditStateSerializer)
    def get(self, request: Request, booking_id: UUID) -> Response:
        """Verify the booking's history: its chain of hashes and the seals that know it."""
        done = verify_booking_audit(booking_id=self.booking(booking_id).pk)
        places = [flaw.sequence for flaw in done.first_flaws if flaw.sequence is not None]
        answer = {
            "is_whole": done.is_whole,
            "rows": done.rows,
            "first_broken": min(places, default=None),
            "sealed_rows": done.sealed_rows,
        }
        return Response(answer)


def _hide_from_hosts(row: BookingAuditLog) -> None:
    """What only the organizer may know: from where people acted, and hosts by their ids."""
    row.ip_address, row.user_agent = None, ""
    row.metadata = {key: value for key, value in row.metadata.items() if key != "host_choice"}
    row.old_values = _without_hidden(row.old_values)
    row.new_values = _without_hidden(row.new_values)


def _without_hidden(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in _ORGANIZERS_ONLY}
