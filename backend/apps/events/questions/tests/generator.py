"""Random forms and answers, the same ones for the same seed."""

from __future__ import annotations

from random import Random
from typing import Any

from apps.events.questions.conditions import OPERATORS
from apps.events.questions.definitions import find_faults
from apps.events.questions.form_data import question_from
from apps.events.questions.rules import RULES

OPTIONS = ("a", "B", "é", "two words", "😀")
SAMPLES: dict[str, tuple[Any, ...]] = {
    "text": ("x", "X", " x ", "a\u00a0", "yes please", "😀😀", "e\u0301", "\ufeff", "a\nb", "\x1f", "\x85"),
    "textarea": ("x\r\ny", "\u2028", "Yes", "😀" * 6, "a" * 30, "\t", "\v", "\ud83d"),
    "select": OPTIONS,
    "radio": (*OPTIONS, " a", "A"),
    "multiselect": ([], ["a"], ["é", "a"], ["B", "B"], ["x"], ["two words", "😀", "a"], "a"),
    "checkbox": (True, False, "on", 0),
    "email": ("a@b.co", "A@B.co", "a@b", "a..b@c.de", "a@bücher.de", "@", "a@b.c\u200b", "a@b.c d.e"),
    "phone": ("+351 912", "12", "١٢٣", "030/12-3", "x123", "+1(2)3.4"),
    "number": (0, 1, -1.5, "01.50", "٣٫٥", "-0", "1e3", 1e-7, 2.5e-9, 123456789012345, 1e15, "9" * 16, ".5", "-.", 0.1, "0.12345678910000000000000000001", "123456789012345.12345678910"),
    "date": ("2027-03-11", "2028-02-29", "2027-02-29", "0001-01-01", "9999-12-31", "2027-3-1"),
    "time": ("9:05", "09:05", "23:59", "24:00", "1:60", "00:00"),
    "url": ("example.com", "HTTPS://a.b/c?d#e", "http://a", "javascript:x", "a.b:80", "a.b/\u00e9", "x@a.b"),
}  # fmt: skip
STRANGE = (None, "", "  ", 7, True, [], {}, ["a", 1], "x" * 600, "\u0000", 1e22, -0.0)
PIECES = ("a", "b", "[a-c]", "\\d", "\\w", "\\s", ".", "é", "😀", "(?:a|ab)", "(b*)", "^", "$", "\\b", "[^x]", "(?i:K)", "x{2,3}")  # fmt: skip


def random_form(random: Random) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """A form that may be saved, as plain data, and what somebody sends for it."""
    form: list[dict[str, Any]] = []
    for number in range(random.randint(1, 7)):
        question = _question(random, f"q{number}", form)
        if not find_faults([question_from(one) for one in (*form, question)]):
            form.append(question)
    raw = {}
    for question in form:
        if random.random() < 0.85:
            raw[question["id"]] = _value(random, question["question_type"])
    return form, raw


def _value(random: Random, kind: str) -> Any:
    if random.random() < 0.1:
        return random.choice(STRANGE)
    if kind in {"text", "textarea"} and random.random() < 0.5:
        return "".join(random.choice("abxK1 é😀\u212a\n") for _ in range(random.randint(0, 6)))
    return random.choice(SAMPLES[kind])


def _question(random: Random, name: str, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    kind = random.choice(tuple(SAMPLES))
    question: dict[str, Any] = {
        "id": name,
        "question_text": name,
        "question_type": kind,
        "is_required": random.random() < 0.4,
        "options": list(OPTIONS) if kind in {"select", "radio", "multiselect"} else [],
        "validation_rules": {},
        "conditions": {},
    }
    for rule in RULES.get(kind, ()):
        if random.random() < 0.4:
            question["validation_rules"][rule] = _rule(random, rule)
    if earlier and random.random() < 0.6:
        question["conditions"] = _group(random, earlier, depth=1)
    return question


def _rule(random: Random, rule: str) -> Any:
    if rule == "pattern":
        return "".join(
            random.choice(PIECES) + random.choice(("", "", "*", "+", "?")) for _ in range(3)
        )
    if rule in {"min", "max"}:
        return random.choice((0, -1, 1.5, "2.25", 0.1, "123456789012345.1234567891"))
    if rule in {"min_date", "max_date"}:
        return random.choice(("2027-01-01", "2028-02-29", "0001-01-02"))
    return random.randint(0, 4)


def _group(random: Random, earlier: list[dict[str, Any]], *, depth: int) -> dict[str, Any]:
    members = [
        _group(random, earlier, depth=depth + 1)
        if depth < 4 and random.random() < 0.3
        else _leaf(random, random.choice(earlier))
        for _ in range(random.randint(1, 3))
    ]
    return {random.choice(("all", "any")): members}


def _leaf(random: Random, named: dict[str, Any]) -> dict[str, Any]:
    kind = named["question_type"]
    op = random.choice(OPERATORS[kind])
    leaf = {"question": named["id"], "op": op}
    if op != "answered":
        leaf["value"] = random.choice(SAMPLES[kind])
    elif random.random() < 0.5:
        leaf["value"] = random.random() < 0.5
    return leaf
