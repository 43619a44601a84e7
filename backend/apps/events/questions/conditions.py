"""When a question is shown: `{"all" | "any": [condition or group, …]}`; nothing is always.

A condition is `{"question": id, "op": …, "value": …}`. Which operator a type knows (`OPERATORS`):

- equals, not_equals: the same answer. A-Z of free texts in any case; numbers by worth; of a
  multiselect all chosen options in any order; true or false for a checkbox
- includes, excludes: of a multiselect an option, or each of a list; of free texts a piece of it
- greater, less: a number, a date, a time; never equal
- answered: something was answered; with the value false, nothing was. An unticked box is nothing

A question without an answer, because it is hidden or left out, equals nothing, includes nothing,
and is neither greater nor less: only not_equals, excludes and answered false hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.events.questions.numbers import amount
from apps.events.questions.question import FREE, ONE_OF, ORDERED, Answer, Question
from apps.events.questions.reading import read_answer
from apps.events.questions.texts import fold, trim

_EQUAL = ("equals", "not_equals", "answered")
_PIECE = ("includes", "excludes")
_ORDER = ("greater", "less")

OPERATORS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(FREE, (*_EQUAL, *_PIECE)),
    **dict.fromkeys(ONE_OF, _EQUAL),
    **dict.fromkeys(ORDERED, (*_EQUAL, *_ORDER)),
    "multiselect": (*_EQUAL, *_PIECE),
    "checkbox": _EQUAL,
}


def holds(
    conditions: Mapping[str, Any],
    questions: Mapping[str, Question],
    answers: Mapping[str, Answer],
) -> bool:
    """Whether a stored condition or group holds. `answers` has the visible questions' only."""
    if "all" in conditions:
        return all(holds(one, questions, answers) for one in conditions["all"])
    if "any" in conditions:
        return any(holds(one, questions, answers) for one in conditions["any"])
    if "op" not in conditions:
        return True
    name = str(conditions["question"])
    return _leaf(questions.get(name), answers.get(name), conditions)


def _leaf(question: Question | None, answer: Answer | None, condition: Mapping[str, Any]) -> bool:
    op, value = str(condition["op"]), condition.get("value")
    if op == "answered":
        is_answered = answer is not None and answer is not False
        return is_answered == (value is not False)
    if question is None or answer is None:
        return op in {"not_equals", "excludes"}
    if op in {"equals", "not_equals"}:
        return _equals(question, answer, value) == (op == "equals")
    if op in {"includes", "excludes"}:
        return _includes(answer, value) == (op == "includes")
    return _is_beyond(question, answer, value, is_greater=op == "greater")


def _equals(question: Question, answer: Answer, value: Any) -> bool:
    if question.type in FREE:
        return isinstance(value, str) and fold(str(answer)) == fold(trim(value))
    return bool(read_answer(question, value).value == answer)


def _includes(answer: Answer, value: Any) -> bool:
    if isinstance(answer, list):
        wanted = value if isinstance(value, list) else [value]
        return all(one in answer for one in wanted)
    return isinstance(value, str) and fold(trim(value)) in fold(str(answer))


def _is_beyond(question: Question, answer: Answer, value: Any, *, is_greater: bool) -> bool:
    bound = read_answer(question, value).value
    if bound is None:
        return False
    # Dates and times are ordered as texts.
    number = question.type == "number"
    mine: Any = amount(str(answer)) if number else answer
    other: Any = amount(str(bound)) if number else bound
    return bool(mine > other if is_greater else mine < other)
