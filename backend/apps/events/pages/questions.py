"""Custom questions on the pages that work without a script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from django.http import QueryDict

from apps.common.errors import FieldError
from apps.events.pages.wording import Wording
from apps.events.questions import Problem, Question, check_answers
from apps.events.questions.reading import is_date, read_answer

POINTER = "/custom_answers/"
_ASKED = "asked"
_PERSON = ("name", "email", "first_name", "last_name")
_MOST_PAIRS, _MOST_CARRIED = 60, 500
_TRUE = frozenset({"1", "true", "yes", "on"})
_INPUTS = {"email": "email", "phone": "tel", "date": "date", "time": "time", "url": "url"}
_MESSAGES = {
    "required": "answer_required",
    "must_tick": "answer_must_tick",
    "line_break": "answer_one_line",
    "unreadable": "answer_unreadable",
    "not_email": "answer_email",
    "not_phone": "answer_phone",
    "not_url": "answer_url",
    "not_number": "answer_number",
    "not_date": "answer_date",
    "not_time": "answer_time",
    "too_short": "answer_too_short",
    "too_long": "answer_too_long",
    "pattern": "answer_pattern",
    "too_small": "answer_too_small",
    "too_big": "answer_too_big",
    "too_early": "answer_too_early",
    "too_late": "answer_too_late",
    "too_few": "answer_too_few",
    "too_many": "answer_too_many",
}


@dataclass(frozen=True, slots=True)
class AskedField:
    """A question as a field of a form."""

    id: str
    question: str
    name: str
    kind: str
    """`line`, `lines`, `list`, `one`, `several` or `tick`."""
    input_type: str
    text: str
    help: str
    is_required: bool
    options: tuple[tuple[str, bool], ...]
    """Each with whether it is chosen."""
    value: str
    is_ticked: bool
    error: str


def field_name(question_id: str) -> str:
    """What a question's field is called in a form."""
    return f"q-{question_id}"


def read_answers(data: QueryDict, questions: Sequence[Question]) -> dict[str, Any]:
    """What a form says, by question id, as the rules take it."""
    answers: dict[str, Any] = {}
    for question in questions:
        name = field_name(question.id)
        if question.type == "checkbox":
            answers[question.id] = name in data
        elif name in data:
            listed = question.type == "multiselect"
            answers[question.id] = data.getlist(name) if listed else data.get(name)
    return answers


def prefilled_answers(data: QueryDict, questions: Sequence[Question]) -> dict[str, Any]:
    """What a link brings: by `prefill_key`, or by place, a1 for the first question.

    What is no answer to its question is left out.
    """
    answers: dict[str, Any] = {}
    for place, question in enumerate(questions, 1):
        name = question.prefill_key
        name = name if name and name in data else f"a{place}"
        if name not in data:
            continue
        raw: Any = data.get(name)
        if question.type == "checkbox":
            raw = str(raw).strip().lower() in _TRUE
        elif question.type == "multiselect":
            raw = data.getlist(name)
        value = read_answer(question, raw).value
        if value is not None and value is not False:
            answers[question.id] = value
    return answers


def carried_prefill(data: QueryDict, questions: Sequence[Question]) -> list[tuple[str, str]]:
    """What a link filled in, as parameters for the pages on the way to the form."""
    by_place = [f"a{place}" for place in range(1, len(questions) + 1)]
    by_key = [question.prefill_key for question in questions if question.prefill_key]
    names = [*_PERSON, *by_place, *by_key]
    pairs = [(name, value) for name in names for value in data.getlist(name)]
    return [(name, value[:_MOST_CARRIED]) for name, value in pairs[:_MOST_PAIRS]]


def find_newly_asked(
    data: QueryDict, questions: Sequence[Question], answers: Mapping[str, Any]
) -> list[Question]:
    """Questions that the answers bring up and that were not in the form which was sent."""
    asked = set(data.getlist(_ASKED))
    visible = check_answers(questions, answers).visible
    return [question for question in visible if question.id not in asked]


def answer_errors(
    questions: Sequence[Question], answers: Mapping[str, Any], *, wording: Wording
) -> list[FieldError]:
    """What is wrong with the answers, in the page's language."""
    return [
        FieldError(f"{POINTER}{problem.question.id}", problem.code, problem_text(problem, wording))
        for problem in check_answers(questions, answers).problems
    ]


def problem_text(problem: Problem, wording: Wording) -> str:
    """What the visitor has to do. A pattern's is the help of its question, where it has one."""
    if problem.code == "pattern" and problem.question.help_text:
        return problem.question.help_text
    bound = str(problem.bound)
    if is_date(bound):
        bound = format_date(date.fromisoformat(bound), "long", locale=wording.locale)
    key = _MESSAGES.get(problem.code, "answer_option")
    return wording.script_text(key, bound=wording.digits(bound))


def fields_of(
    questions: Sequence[Question],
    answers: Mapping[str, Any],
    errors: Mapping[str, str],
    *,
    prefix: str = "",
) -> list[AskedField]:
    """The questions that are shown, filled in; `errors` by question id.

    `prefix` keeps the elements of two forms on one page apart.
    """
    visible = check_answers(questions, answers).visible
    return [
        _field(question, answers.get(question.id), errors.get(question.id, ""), prefix)
        for question in visible
    ]


def _field(question: Question, value: Any, error: str, prefix: str) -> AskedField:
    kinds = {
        "textarea": "lines",
        "select": "list",
        "radio": "one",
        "multiselect": "several",
        "checkbox": "tick",
    }
    chosen = value if isinstance(value, list) else [value]
    return AskedField(
        id=prefix + field_name(question.id),
        question=question.id,
        name=field_name(question.id),
        kind=kinds.get(question.type, "line"),
        input_type=_INPUTS.get(question.type, "text"),
        text=question.text,
        help=question.help_text,
        is_required=question.is_required,
        options=tuple((option, option in chosen) for option in question.options),
        value=value if isinstance(value, str) else "",
        is_ticked=value is True,
        error=error,
    )
