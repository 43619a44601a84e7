"""What a question asks of an answer beyond its type: `validation_rules`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from apps.events.questions.numbers import amount, canonical_number
from apps.events.questions.patterns import matches
from apps.events.questions.question import FREE, Answer, Question

RULES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(FREE, ("min_length", "max_length", "pattern")),
    "number": ("min", "max"),
    "date": ("min_date", "max_date"),
    "multiselect": ("min_choices", "max_choices"),
}
"""Which rules a type knows. Lengths count code points."""


def find_broken_rule(question: Question, value: Answer) -> tuple[str, Any]:
    """A code and the bound it names, or ("", None). The rules are those that were saved."""
    return next(_broken(question, value), ("", None))


def _broken(question: Question, value: Answer) -> Iterator[tuple[str, Any]]:
    rules = {name: rule for name, rule in question.rules.items() if rule is not None}
    if question.type == "number":
        number = amount(str(value))
        if "min" in rules and number < amount(canonical_number(rules["min"]) or "0"):
            yield "too_small", rules["min"]
        if "max" in rules and number > amount(canonical_number(rules["max"]) or "0"):
            yield "too_big", rules["max"]
    elif question.type == "date":
        if "min_date" in rules and str(value) < rules["min_date"]:
            yield "too_early", rules["min_date"]
        if "max_date" in rules and str(value) > rules["max_date"]:
            yield "too_late", rules["max_date"]
    elif isinstance(value, list):
        if "min_choices" in rules and len(value) < rules["min_choices"]:
            yield "too_few", rules["min_choices"]
        if "max_choices" in rules and len(value) > rules["max_choices"]:
            yield "too_many", rules["max_choices"]
    elif isinstance(value, str) and question.type in FREE:
        if "min_length" in rules and len(value) < rules["min_length"]:
            yield "too_short", rules["min_length"]
        if "max_length" in rules and len(value) > rules["max_length"]:
            yield "too_long", rules["max_length"]
        if "pattern" in rules and not matches(rules["pattern"], value):
            yield "pattern", None
