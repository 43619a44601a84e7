"""Whether a form may be saved as it is: every problem, with its place and its cure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from apps.events.questions.conditions import OPERATORS
from apps.events.questions.numbers import amount, canonical_number
from apps.events.questions.patterns import find_pattern_problem
from apps.events.questions.question import (
    FREE,
    MAX_CONDITIONS,
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_OPTION,
    MAX_OPTIONS,
    MAX_QUESTIONS,
    MAX_TEXT,
    WITH_OPTIONS,
    Question,
)
from apps.events.questions.reading import is_date, read_answer
from apps.events.questions.rules import RULES
from apps.events.questions.texts import is_one_line, is_readable, trim

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_PLACE = re.compile(r"a[1-9][0-9]?")
# Parameters of the booking page's address that mean something else.
_RESERVED = frozenset(
    {
        "name",
        "email",
        "first_name",
        "last_name",
        "phone",
        "notes",
        "timezone",
        "month",
        "date",
        "duration",
        "start",
        "lang",
        "from",
        "token",
        "key",
        "embed",
        "guests",
        "seats",
        "moved",
        "hold_token",
        "theme",
    }
)


class Fault(NamedTuple):
    """What is wrong: a JSON pointer from the list of questions, a code, the cure in words."""

    pointer: str
    code: str
    detail: str


def find_faults(questions: Sequence[Question]) -> list[Fault]:
    """All that keeps these questions, in this order, from being a form."""
    if len(questions) > MAX_QUESTIONS:
        return [Fault("", "too_many", f"Ask at most {MAX_QUESTIONS} questions.")]
    faults: list[Fault] = []
    earlier: dict[str, Question] = {}
    keys: set[str] = set()
    for place, question in enumerate(questions):
        at = f"/{place}"
        if question.id in earlier:
            faults.append(Fault(f"{at}/id", "not_unique", "This id is used twice."))
        faults += _text_faults(question, at)
        faults += _option_faults(question, at)
        faults += _rule_faults(question, at)
        faults += _condition_faults(question, at, earlier, {one.id for one in questions})
        faults += _key_faults(question, at, keys)
        earlier[question.id] = question
        keys.add(question.prefill_key.lower())
    return faults


def _text_faults(question: Question, at: str) -> Iterator[Fault]:
    if not trim(question.text):
        yield Fault(f"{at}/question_text", "required", "Write what is asked.")
    for name, text in (("question_text", question.text), ("help_text", question.help_text)):
        if len(text) > MAX_TEXT:
            yield Fault(f"{at}/{name}", "too_long", f"Use at most {MAX_TEXT} characters.")
        if not is_readable(text):
            yield Fault(f"{at}/{name}", "unreadable", "Leave control characters out.")


def _option_faults(question: Question, at: str) -> Iterator[Fault]:
    options, here = question.options, f"{at}/options"
    if question.type not in WITH_OPTIONS:
        if options:
            yield Fault(here, "not_for_type", f"A {question.type} question has no options.")
        return
    if not options:
        yield Fault(here, "required", "Give at least one option to choose from.")
    if len(options) > MAX_OPTIONS:
        yield Fault(here, "too_many", f"Give at most {MAX_OPTIONS} options.")
        return
    seen: set[str] = set()
    for place, option in enumerate(options):
        if not option or option != trim(option):
            cure = "Write an option, without blanks around it."
            yield Fault(f"{here}/{place}", "required", cure)
        elif len(option) > MAX_OPTION:
            yield Fault(f"{here}/{place}", "too_long", f"Use at most {MAX_OPTION} characters.")
        elif not is_readable(option) or not is_one_line(option):
            yield Fault(f"{here}/{place}", "unreadable", "Write an option on one line.")
        elif option in seen:
            yield Fault(f"{here}/{place}", "not_unique", "This option is there already.")
        seen.add(option)


def _key_faults(question: Question, at: str, keys: set[str]) -> Iterator[Fault]:
    key, here = question.prefill_key, f"{at}/prefill_key"
    if not key:
        return
    if not _KEY.fullmatch(key):
        cure = "Begin with a letter; then letters, digits, - and _, at most 40 in all."
        yield Fault(here, "invalid", cure)
    elif key.lower() in _RESERVED or _PLACE.fullmatch(key) or key.lower().startswith("utm_"):
        yield Fault(here, "reserved", "Booking links use this name already; choose another one.")
    elif key.lower() in keys:
        yield Fault(here, "not_unique", "Another question uses this name.")


# Rules


def _rule_faults(question: Question, at: str) -> Iterator[Fault]:
    here, known = f"{at}/validation_rules", RULES.get(question.type, ())
    for name, rule in question.rules.items():
        if name not in known:
            listed = f"use {', '.join(known)}" if known else "it has no rules"
            cure = f"A {question.type} question has no such rule; {listed}."
            yield Fault(f"{here}/{_escape(name)}", "not_for_type", cure)
        elif rule is not None:
            cure = _rule_problem(question, name, rule)
            if cure:
                yield Fault(f"{here}/{name}", "invalid", cure)
                return
    for least, most in (("min_length", "max_length"), ("min_choices", "max_choices")):
        yield from _crossed(question.rules, least, most, here)
    yield from _crossed(question.rules, "min_date", "max_date", here)
    low, high = (canonical_number(question.rules.get(name)) for name in ("min", "max"))
    if low is not None and high is not None and amount(low) > amount(high):
        yield Fault(f"{here}/max", "below_minimum", "The largest is below the smallest.")


def _crossed(rules: Mapping[str, Any], least: str, most: str, here: str) -> Iterator[Fault]:
    low, high = rules.get(least), rules.get(most)
    if type(low) is type(high) and isinstance(low, int | str) and low > high:  # type: ignore[operator]
        yield Fault(f"{here}/{most}", "below_minimum", f"It is below {least}.")


def _rule_problem(question: Question, name: str, rule: Any) -> str:
    if name == "pattern":
        return find_pattern_problem(rule) if isinstance(rule, str) else "Write a pattern as text."
    if name in {"min", "max"}:
        is_number = canonical_number(rule) is not None
        return "" if is_number else "Use a number of at most 15 digits and 10 decimals."
    if name in {"min_date", "max_date"}:
        return "" if is_date(rule) else "Use a date such as 2027-03-11."
    most = MAX_LENGTH[question.type] if question.type in FREE else len(question.options)
    least = 1 if name.startswith("max") else 0
    is_whole = isinstance(rule, int) and not isinstance(rule, bool)
    return "" if is_whole and least <= rule <= most else f"Use {least} to {most}."


# Conditions


def _condition_faults(
    question: Question, at: str, earlier: Mapping[str, Question], all_ids: set[str]
) -> Iterator[Fault]:
    if not question.conditions:
        return
    count = _count(question.conditions, 0)
    if count > MAX_CONDITIONS:
        cure = f"Use at most {MAX_CONDITIONS} conditions for a question."
        yield Fault(f"{at}/conditions", "too_many", cure)
        return
    if not {"all", "any"} & set(question.conditions):
        cure = 'Put the conditions into {"all": [...]} or {"any": [...]}.'
        yield Fault(f"{at}/conditions", "invalid", cure)
        return
    yield from _node_faults(question.conditions, f"{at}/conditions", 1, earlier, all_ids)


def _count(node: Any, depth: int) -> int:
    if not isinstance(node, Mapping) or depth > MAX_DEPTH:
        return 1
    members = [
        member for name in ("all", "any") for member in _listed(node.get(name)) if name in node
    ]
    return 1 + sum(_count(member, depth + 1) for member in members) if members else 1


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _node_faults(
    node: Any, here: str, depth: int, earlier: Mapping[str, Question], all_ids: set[str]
) -> Iterator[Fault]:
    if not isinstance(node, Mapping):
        yield Fault(here, "invalid", "Write a condition as an object.")
        return
    groups = [name for name in ("all", "any") if name in node]
    if not groups:
        yield from _leaf_faults(node, here, earlier, all_ids)
        return
    if len(node) > 1:
        yield Fault(here, "invalid", "A group has either all or any, and nothing beside it.")
        return
    members = node[groups[0]]
    inside = f"{here}/{groups[0]}"
    if not isinstance(members, list) or not members:
        yield Fault(inside, "required", "List at least one condition.")
        return
    if depth > MAX_DEPTH:
        yield Fault(inside, "too_deep", f"Nest groups at most {MAX_DEPTH} deep.")
        return
    for place, member in enumerate(members):
        yield from _node_faults(member, f"{inside}/{place}", depth + 1, earlier, all_ids)


def _leaf_faults(
    leaf: Mapping[str, Any], here: str, earlier: Mapping[str, Question], all_ids: set[str]
) -> Iterator[Fault]:
    unknown = sorted(str(name) for name in set(leaf) - {"question", "op", "value"})
    if unknown:
        cure = "A condition has question, op and value."
        yield Fault(f"{here}/{_escape(unknown[0])}", "unknown", cure)
        return
    named = leaf.get("question")
    question = earlier.get(named) if isinstance(named, str) else None
    if question is None:
        cure = (
            "Only an earlier question can be named here; move this one below it."
            if isinstance(named, str) and named in all_ids
            else "Name an earlier question of this event type by its id."
        )
        yield Fault(f"{here}/question", "not_earlier", cure)
        return
    known = OPERATORS[question.type]
    op = leaf.get("op")
    if op not in known:
        cure = f"For a {question.type} question use one of: {', '.join(known)}."
        yield Fault(f"{here}/op", "invalid_choice", cure)
        return
    cure = _value_problem(question, str(op), leaf)
    if cure:
        yield Fault(f"{here}/value", "invalid", cure)


def _value_problem(question: Question, op: str, leaf: Mapping[str, Any]) -> str:
    value = leaf.get("value")
    if op == "answered":
        return "" if value is None or isinstance(value, bool) else "Use true or false."
    if question.type == "checkbox":
        return "" if isinstance(value, bool) else "Use true or false."
    if question.type in FREE:
        is_text = (
            isinstance(value, str)
            and trim(value)
            and is_readable(trim(value))
            and len(value) <= MAX_TEXT
        )
        return "" if is_text else f"Write a text of at most {MAX_TEXT} characters."
    if question.type == "multiselect" and op in {"includes", "excludes"}:
        value = value if isinstance(value, list) else [value]
    if read_answer(question, value).value is None:
        if question.type in WITH_OPTIONS:
            return "Use the options of the question that is named."
        return f"Use a {question.type}, as an answer to the question would be."
    return ""


def _escape(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")[:40]
