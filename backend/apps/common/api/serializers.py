"""The bases of every DRF serializer: the same refusals as the Ninja schemas."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.common.text import find_unstorable


class _StrictText:
    """Refuses NUL and lone surrogates in any member, and numbers where text is asked for.

    Before the fields are looked at: DRF would take 12 for "12", the other API refuses it.
    """

    def to_internal_value(self, data: Any) -> Any:
        problem = find_unstorable(data) if isinstance(data, dict) else None
        if problem:
            # A dict: `Serializer.errors` cannot hold anything else.
            name = problem.pointer.removeprefix("/") or "non_field_errors"
            raise serializers.ValidationError({name: [problem.detail]}, code="unstorable_text")
        numbers = self._numbers_for_text(data) if isinstance(data, dict) else {}
        if numbers:
            raise serializers.ValidationError(numbers, code="invalid")
        return super().to_internal_value(data)  # type: ignore[misc]

    def _numbers_for_text(self, data: dict[str, Any]) -> dict[str, list[str]]:
        texts = (
            name
            for name, field in self.fields.items()  # type: ignore[attr-defined]
            if isinstance(field, serializers.CharField)
        )
        return {
            name: ['This is text: put it in quotes, such as "12".']
            for name in texts
            if isinstance(data.get(name), int | float)
        }


class Serializer(_StrictText, serializers.Serializer):
    """Shape only; rules live in services."""


class ModelSerializer(_StrictText, serializers.ModelSerializer):
    """Shape only; rules live in services."""
