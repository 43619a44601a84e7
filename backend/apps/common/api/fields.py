"""Field types of the organizer's serializers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.common.time import format_instant, parse_instant


@extend_schema_field(OpenApiTypes.DATETIME)
class InstantField(serializers.Field):  # type: ignore[type-arg]
    """RFC 3339 with an offset; leaves as UTC with "Z". A time without an offset is refused."""

    default_error_messages = {
        "invalid": "Write an instant with its offset, such as 2026-03-02T14:30:00Z."
    }

    def to_internal_value(self, data: Any) -> datetime:
        try:
            return parse_instant(data)
        except (ValueError, TypeError, OverflowError):
            self.fail("invalid")
            raise AssertionError from None

    def to_representation(self, value: datetime) -> str:
        return format_instant(value.astimezone(UTC))
