"""Reads of custom questions. Their rules are in `apps.events.questions`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import prefetch_related_objects

from apps.events.models import CustomQuestion, EventType
from apps.events.questions import Question
from apps.events.questions.showing import ENGLISH, Words, show_answer


class ShownAnswer(NamedTuple):
    """An answer with what was asked. `value` is as it is stored, `shown` for people to read."""

    question: str
    text: str
    type: str
    value: Any
    shown: str


def list_questions(event_type: EventType) -> tuple[Question, ...]:
    """What the event type asks today, in order. No query where its questions were prefetched."""
    rows = [row for row in event_type.questions.all() if row.archived_at is None]
    return tuple(rule_of(row) for row in sorted(rows, key=lambda row: (row.order, row.pk)))


def read_questions(event_type: EventType) -> tuple[Question, ...]:
    """As `list_questions`, and keep the rows with the event type: one query, and none later."""
    prefetch_related_objects([event_type], "questions")
    return list_questions(event_type)


def rule_of(row: CustomQuestion) -> Question:
    """A stored question as its rules see it."""
    return Question(
        id=str(row.pk),
        type=row.question_type,
        text=row.question_text,
        help_text=row.help_text,
        is_required=row.is_required,
        options=tuple(row.options),
        conditions=row.conditions,
        rules=row.validation_rules,
        prefill_key=row.prefill_key,
    )


def list_shown_answers(
    event_type: EventType, answers: Mapping[str, Any], *, words: Words = ENGLISH
) -> list[ShownAnswer]:
    """Stored answers in the order of the questions, those of archived questions last.

    No query where nothing was answered, or the event type's questions were prefetched.
    """
    if not answers:
        return []
    rows = sorted(
        event_type.questions.all(),
        key=lambda row: (row.archived_at is not None, row.order, row.pk),
    )
    return [
        ShownAnswer(
            str(row.pk),
            row.question_text,
            row.question_type,
            answers[str(row.pk)],
            show_answer(answers[str(row.pk)], words=words),
        )
        for row in rows
        if str(row.pk) in answers
    ]


def list_foreign_ids(event_type_id: UUID, ids: Collection[UUID]) -> set[UUID]:
    """Those of `ids` that are questions of other event types."""
    rows = CustomQuestion.objects.filter(pk__in=ids).exclude(event_type_id=event_type_id)
    return set(rows.values_list("pk", flat=True))
