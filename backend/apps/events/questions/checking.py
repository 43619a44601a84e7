"""A form and what was answered: which questions are shown, what is kept, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.events.questions.conditions import holds
from apps.events.questions.question import MAX_LENGTH, Answer, Question
from apps.events.questions.reading import Read, read_answer
from apps.events.questions.rules import find_broken_rule


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the answer to a question. `bound` is the rule's value, if it has one."""

    question: Question
    code: str
    bound: Any = None


@dataclass(frozen=True, slots=True)
class Checked:
    """Canonical answers by question id, visible questions in order, problems in order.

    What is hidden is in none of them.
    """

    answers: Mapping[str, Answer]
    visible: tuple[Question, ...]
    problems: tuple[Problem, ...]


def check_answers(questions: Sequence[Question], raw: Mapping[str, Any]) -> Checked:
    """Check `raw` (question id -> what was sent) against the form, question by question in order."""
    known = {question.id: question for question in questions}
    answers: dict[str, Answer] = {}
    visible: list[Question] = []
    problems: list[Problem] = []
    for question in questions:
        if not holds(question.conditions, known, answers):
            continue
        visible.append(question)
        read = read_answer(question, raw.get(question.id))
        if read.value is not None:
            answers[question.id] = read.value
        problem = _find_problem(question, read)
        if problem:
            problems.append(problem)
    return Checked(answers, tuple(visible), tuple(problems))


def find_visible(questions: Sequence[Question], raw: Mapping[str, Any]) -> tuple[Question, ...]:
    """The questions that are shown to whoever answered `raw` so far."""
    return check_answers(questions, raw).visible


def _find_problem(question: Question, read: Read) -> Problem | None:
    if read.problem:
        return Problem(question, read.problem, MAX_LENGTH.get(question.type))
    if question.is_required and (read.value is None or read.value is False):
        return Problem(question, "must_tick" if question.type == "checkbox" else "required")
    if read.value is None:
        return None
    code, bound = find_broken_rule(question, read.value)
    return Problem(question, code, bound) if code else None
