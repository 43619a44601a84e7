"""Field types of the availability API."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@extend_schema_field(OpenApiTypes.DATE)
class DayField(serializers.Field):  # type: ignore[type-arg]
    """A local date, YYYY-MM-DD and nothing else (ISO 8601 has week dates, too)."""

    default_error_messages = {"invalid": "Write a date as YYYY-MM-DD, such as 2026-03-02."}

    def to_internal_value(self, data: Any) -> date:
        try:
            if isinstance(data, str) and _DAY.fullmatch(data):
                return date.fromisoformat(data)
        except ValueError:
            pass
        self.fail("invalid")
        raise AssertionError

    def to_representation(self, value: date) -> str:
        return value.isoformat()
