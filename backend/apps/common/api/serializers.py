"""The bases of every DRF serializer: the same refusals as the Ninja schemas."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.common.text import find_unstorable


class _StorableText:
    """Refuses NUL and lone surrogates in any member, before fields are looked at."""

    def to_internal_value(self, data: Any) -> Any:
        problem = find_unstorable(data) if isinstance(data, dict) else None
        if problem:
            # A dict: `Serializer.errors` cannot hold anything else.
            name = problem.pointer.removeprefix("/") or "non_field_errors"
            raise serializers.ValidationError({name: [problem.detail]}, code="unstorable_text")
        return super().to_internal_value(data)  # type: ignore[misc]


class Serializer(_StorableText, serializers.Serializer):
    """Shape only; rules live in services."""


class ModelSerializer(_StorableText, serializers.ModelSerializer):
    """Shape only; rules live in services."""
