"""Shapes of schedules; their rules live in `services/documents.py`."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.availability.models import Schedule
from apps.availability.services.documents import (
    MAX_OVERRIDES,
    MAX_RULES,
    MAX_WEEKLY_WINDOWS,
    MAX_WINDOWS_PER_DATE,
)
from apps.common.api.serializers import ModelSerializer, Serializer

_WALL_TIME = {
    "type": "string",
    "pattern": r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$",
    "description": 'By the clock of the schedule\'s zone; "24:00" only as an end.',
    "examples": ["09:00"],
}
_DATE = {"type": "string", "format": "date"}


@extend_schema_field(_WALL_TIME)
class WallTimeField(serializers.CharField):
    """ "HH:MM"."""


@extend_schema_field(_DATE)
class DateTextField(serializers.CharField):
    """ "YYYY-MM-DD", stored as it is written."""


@extend_schema_field({"type": "array", "items": _WALL_TIME, "minItems": 2, "maxItems": 2})
class WindowField(serializers.ListField):
    """Start and end."""

    child = WallTimeField(max_length=5)


class WeeklyWindowSerializer(Serializer):
    """Hours that repeat every week."""

    weekday = serializers.IntegerField(
        min_value=1, max_value=7, help_text="ISO weekday: 1 is Monday, 7 is Sunday"
    )
    start = WallTimeField(max_length=5)
    end = WallTimeField(max_length=5)


class OverrideSerializer(Serializer):
    """What one date has instead of weekly hours and rules; no windows close it."""

    date = DateTextField(max_length=10)
    windows = serializers.ListField(child=WindowField(), max_length=MAX_WINDOWS_PER_DATE)


class RuleSerializer(Serializer):
    """Extra or blocked hours on the dates of an RFC 5545 rule."""

    id = serializers.UUIDField(required=False, help_text="Given by us when left out")
    rrule = serializers.CharField(max_length=2000, help_text="Such as FREQ=MONTHLY;BYDAY=1MO")
    dtstart = DateTextField(max_length=10)
    start = WallTimeField(max_length=5)
    end = WallTimeField(max_length=5)
    kind = serializers.ChoiceField(choices=["open", "closed"], default="open")


class ScheduleWriteSerializer(Serializer):
    """A schedule as it is sent. The three lists are replaced whole."""

    name = serializers.CharField(max_length=120)
    timezone = serializers.CharField(
        max_length=64, required=False, help_text="IANA name; your own zone when left out"
    )
    is_default = serializers.BooleanField(required=False)
    weekly = WeeklyWindowSerializer(many=True, default=list, max_length=MAX_WEEKLY_WINDOWS)  # type: ignore[call-arg]
    overrides = OverrideSerializer(many=True, default=list, max_length=MAX_OVERRIDES)  # type: ignore[call-arg]
    rules = RuleSerializer(many=True, default=list, max_length=MAX_RULES)  # type: ignore[call-arg]

    def validate_rules(self, rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Ids as text, as they are stored."""
        return [{**rule, "id": str(rule["id"])} if "id" in rule else dict(rule) for rule in rules]


class ScheduleSerializer(ModelSerializer):
    """A schedule as it is answered."""

    weekly = WeeklyWindowSerializer(many=True)
    overrides = OverrideSerializer(many=True)
    rules = RuleSerializer(many=True)

    class Meta:
        model = Schedule
        fields = [
            "id",
            "name",
            "timezone",
            "is_default",
            "weekly",
            "overrides",
            "rules",
            "created_at",
            "updated_at",
        ]
