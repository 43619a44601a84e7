"""Shapes of custom questions for their organizer; rules live in `apps.events.questions`."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.common.api.serializers import Serializer
from apps.events.models import EventType, QuestionType
from apps.events.models.event_type import MAX_RETENTION
from apps.events.questions.question import MAX_OPTION, MAX_OPTIONS, MAX_TEXT

_NUMBER_OR_TEXT = {"oneOf": [{"type": "number"}, {"type": "string"}], "nullable": True}
_WHOLE = {"type": "integer", "nullable": True}
_TEXT = {"type": "string", "nullable": True}


@extend_schema_field(
    {
        "type": "object",
        "description": 'Empty: always shown. Else {"all": […]} or {"any": […]} of conditions '
        '{"question": id, "op": …, "value": …} on earlier questions, or of such groups',
        "additionalProperties": True,
    }
)
class ConditionsField(serializers.JSONField):
    """When a question is shown."""


@extend_schema_field(
    {
        "type": "object",
        "properties": {
            "min_length": _WHOLE,
            "max_length": _WHOLE,
            "pattern": _TEXT,
            "min": _NUMBER_OR_TEXT,
            "max": _NUMBER_OR_TEXT,
            "min_date": _TEXT,
            "max_date": _TEXT,
            "min_choices": _WHOLE,
            "max_choices": _WHOLE,
        },
    }
)
class ValidationRulesField(serializers.JSONField):
    """What an answer must be; which rules a type knows is checked by the service."""


def _refuse_other_than_object(value: Any) -> Any:
    if value is not None and not isinstance(value, dict):
        raise serializers.ValidationError("Use an object.", code="invalid")
    return value


class CustomQuestionSerializer(Serializer):
    """A question as it is sent. A new one may bring its id, so that conditions can name it."""

    id = serializers.UUIDField(required=False, allow_null=True)
    question_text = serializers.CharField(max_length=MAX_TEXT)
    question_type = serializers.ChoiceField(choices=QuestionType.choices)
    help_text = serializers.CharField(  # type: ignore[assignment]
        max_length=MAX_TEXT, required=False, allow_blank=True, default=""
    )
    is_required = serializers.BooleanField(required=False, default=False)
    options = serializers.ListField(
        child=serializers.CharField(max_length=MAX_OPTION),
        max_length=MAX_OPTIONS,
        required=False,
        default=list,
        help_text="The choices of select, radio and multiselect",
    )
    conditions = ConditionsField(
        required=False, allow_null=True, default=dict, validators=[_refuse_other_than_object]
    )
    validation_rules = ValidationRulesField(
        required=False, allow_null=True, default=dict, validators=[_refuse_other_than_object]
    )
    prefill_key = serializers.CharField(
        max_length=40,
        required=False,
        allow_blank=True,
        default="",
        help_text="The parameter of a booking link that brings the answer; a1 to a50 by place",
    )
    retention_days = serializers.IntegerField(
        min_value=1,
        max_value=MAX_RETENTION,
        required=False,
        allow_null=True,
        default=None,
        help_text="Answers are erased so many days after the end; null is with the booking's data",
    )


class AskedQuestionSerializer(Serializer):
    """A question as it is answered."""

    id = serializers.UUIDField()
    question_text = serializers.CharField()
    question_type = serializers.ChoiceField(choices=QuestionType.choices)
    help_text = serializers.CharField()  # type: ignore[assignment]
    is_required = serializers.BooleanField()
    options = serializers.ListField(child=serializers.CharField())
    conditions = ConditionsField()
    validation_rules = ValidationRulesField()
    prefill_key = serializers.CharField()
    retention_days = serializers.IntegerField(allow_null=True)


class ShownAnswerSerializer(Serializer):
    """An answer with what was asked; `value` as it is stored, `shown` for people to read."""

    question = serializers.UUIDField()
    text = serializers.CharField()
    type = serializers.ChoiceField(choices=QuestionType.choices)
    value = serializers.JSONField()
    shown = serializers.CharField()


def list_asked(event_type: EventType) -> list[dict[str, Any]]:
    """The event type's questions as they are answered; archived ones are not asked."""
    rows = [row for row in event_type.questions.all() if row.archived_at is None]
    return [
        {
            "id": str(row.pk),
            "question_text": row.question_text,
            "question_type": row.question_type,
            "help_text": row.help_text,
            "is_required": row.is_required,
            "options": row.options,
            "conditions": row.conditions,
            "validation_rules": row.validation_rules,
            "prefill_key": row.prefill_key,
            "retention_days": row.retention_days,
        }
        for row in sorted(rows, key=lambda row: (row.order, row.pk))
    ]
