"""Questions as plain JSON data: the shape of the API, the pages and the shared vectors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.events.questions.question import Question


def question_data(question: Question) -> dict[str, Any]:
    """A question as everybody who books may see it."""
    return {
        "id": question.id,
        "question_text": question.text,
        "question_type": question.type,
        "help_text": question.help_text,
        "is_required": question.is_required,
        "options": list(question.options),
        "conditions": dict(question.conditions),
        "validation_rules": dict(question.rules),
        "prefill_key": question.prefill_key,
    }


def question_from(data: Mapping[str, Any]) -> Question:
    """The question of such data, whose shapes are right; what is left out has its default."""
    return Question(
        id=str(data["id"]),
        type=data.get("question_type", "text"),
        text=data.get("question_text", ""),
        help_text=data.get("help_text", ""),
        is_required=data.get("is_required", False),
        options=tuple(data.get("options") or ()),
        conditions=data.get("conditions") or {},
        rules=data.get("validation_rules") or {},
        prefill_key=data.get("prefill_key", ""),
    )
