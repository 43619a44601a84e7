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
        values = super().to_internal_value(data)  # type: ignore[misc]
        is_part = self.root is not self and getattr(self.root, "partial", False)  # type: ignore[attr-defined]
        return self._completed(values, data) if is_part else values

    def _completed(self, values: dict[str, Any], data: Any) -> dict[str, Any]:
        """A part of a PATCH, whole: the change may leave members out, a member is replaced whole.

        DRF takes everything inside a partial change as partial too.
        """
        left_out = {
            name: field
            for name, field in self.fields.items()  # type: ignore[attr-defined]
            if name not in data and not field.read_only
        }
        missing = {name: ["This field is required."] for name, f in left_out.items() if f.required}
        if missing:
            raise serializers.ValidationError(missing, code="required")
        for name, field in left_out.items():
            if field.default is not serializers.empty:
                default = field.default
                values[name] = default() if callable(default) else default
        return values

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
