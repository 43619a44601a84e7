"""The questions of an event type: from what was sent to rows."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID, uuid4

from apps.common.errors import FieldError
from apps.events.models import CustomQuestion, EventType
from apps.events.questions.definitions import find_faults
from apps.events.questions.texts import trim
from apps.events.selectors.questions import list_foreign_ids, rule_of

_GROUPS = frozenset({"all", "any"})
_FIELDS = (
    "question_text",
    "question_type",
    "help_text",
    "is_required",
    "order",
    "options",
    "conditions",
    "validation_rules",
    "prefill_key",
    "retention_days",
    "archived_at",
)


class QuestionEntry(TypedDict, total=False):
    """A question as it is sent; without an id it is a new one. `retention_days` are days."""

    id: UUID | None
    question_text: str
    question_type: str
    help_text: str
    is_required: bool
    options: list[str]
    conditions: Mapping[str, Any] | None
    validation_rules: Mapping[str, Any] | None
    prefill_key: str
    retention_days: int | None


def questions_from(event_type: EventType, entries: Sequence[QuestionEntry]) -> list[CustomQuestion]:
    """Rows for `entries` in their order, not saved."""
    return [
        CustomQuestion(
            id=entry.get("id") or uuid4(),
            event_type=event_type,
            question_text=trim(entry.get("question_text", "")),
            question_type=entry.get("question_type", "text"),
            help_text=trim(entry.get("help_text", "")),
            is_required=entry.get("is_required", False),
            order=order,
            options=[trim(option) for option in entry.get("options") or ()],
            conditions=_renamed(entry.get("conditions") or {}, {}),
            validation_rules={
                name: rule
                for name, rule in (entry.get("validation_rules") or {}).items()
                if rule is not None
            },
            prefill_key=entry.get("prefill_key", "").strip(),
            retention_days=entry.get("retention_days"),
        )
        for order, entry in enumerate(entries)
    ]


def question_problems(
    event_type: EventType, questions: Sequence[CustomQuestion]
) -> list[FieldError]:
    """All that keeps these rows from being the event type's form."""
    faults = find_faults([rule_of(question) for question in questions])
    problems = [FieldError(f"/custom_questions{at}", code, cure) for at, code, cure in faults]
    foreign = list_foreign_ids(event_type.pk, [question.pk for question in questions])
    problems += [
        FieldError(
            f"/custom_questions/{place}/id",
            "not_unique",
            "Another event type has a question with this id; leave the id out.",
        )
        for place, question in enumerate(questions)
        if question.pk in foreign
    ]
    return problems


def save_questions(event_type: EventType, questions: Sequence[CustomQuestion]) -> None:
    """Make these the questions of a saved event type, in this order.

    Known ids are changed in place and missing ones archived, as answers are kept under them. Only
    rows that differ are written: each write raises the organizer's version by a trigger.
    """
    rows = {row.pk: row for row in CustomQuestion.objects.filter(event_type=event_type)}
    wanted = {question.pk for question in questions}
    gone = [row for row in rows.values() if row.pk not in wanted and row.archived_at is None]
    _archive(gone, at=event_type.updated_at)
    CustomQuestion.objects.bulk_create(one for one in questions if one.pk not in rows)
    changed = [
        one for one in questions if one.pk in rows and _settings(one) != _settings(rows[one.pk])
    ]
    if changed:
        CustomQuestion.objects.bulk_update(changed, _FIELDS)


def copy_questions(rows: Iterable[CustomQuestion], *, to: EventType) -> list[CustomQuestion]:
    """The questions that are asked today, with ids of their own, for another event type."""
    asked = sorted((row for row in rows if row.archived_at is None), key=lambda row: row.order)
    new_ids = {str(row.pk): uuid4() for row in asked}
    copies = []
    for row in asked:
        copied = copy.copy(row)
        copied._state = copy.copy(row._state)
        copied._state.adding = True
        copied.pk = new_ids[str(row.pk)]
        copied.event_type = to
        copied.conditions = _renamed(row.conditions, new_ids)
        copies.append(copied)
    return copies


def _renamed(node: Any, ids: Mapping[str, UUID]) -> Any:
    """Conditions that name the questions by their new ids (as text); a new object."""
    if isinstance(node, list):
        return [_renamed(member, ids) for member in node]
    if not isinstance(node, Mapping):
        return node
    named = {name: _renamed(member, ids) for name, member in node.items() if name in _GROUPS}
    leaf = {name: value for name, value in node.items() if name not in _GROUPS}
    if isinstance(leaf.get("question"), str):
        told = leaf["question"].lower()
        leaf["question"] = str(ids.get(told, told))
    return {**named, **leaf}


def _archive(gone: Sequence[CustomQuestion], *, at: datetime) -> None:
    if gone:
        ids = [question.pk for question in gone]
        CustomQuestion.objects.filter(pk__in=ids).update(archived_at=at)


def _settings(question: CustomQuestion) -> tuple[object, ...]:
    return tuple(getattr(question, name) for name in _FIELDS)
