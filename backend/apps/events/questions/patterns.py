"""Patterns: RE2 on both sides, so that no pattern takes more than linear time.

What the two implementations read differently is left out of the language: `\\p{…}` (their Unicode
tables differ in age), `\\C` (bytes), `\\Q`, and letters beyond ASCII where case is ignored.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import re2

from apps.events.questions.question import MAX_PATTERN
from apps.events.questions.texts import is_one_line, is_readable

_LEFT_OUT = frozenset("pPCQ")


def find_pattern_problem(pattern: str) -> str:
    """What is wrong with a pattern, with the cure; empty when it can be used."""
    if not pattern:
        return "Leave the pattern out, or write one."
    if len(pattern) > MAX_PATTERN:
        return f"Use at most {MAX_PATTERN} characters."
    if not is_readable(pattern) or not is_one_line(pattern):
        return "Leave control characters out of the pattern."
    if any(escaped in _LEFT_OUT for escaped in _escaped(pattern)):
        return r"\p, \P, \C and \Q are not available here; use a class such as [A-Za-z]."
    if _ignores_case(pattern) and not pattern.isascii():
        return "Write letters beyond A-Z out in a class instead of ignoring their case."
    try:
        _compiled(pattern)
    except re2.error as error:
        why = error.args[0]
        said = why.decode(errors="replace") if isinstance(why, bytes) else str(why)
        return f"This pattern cannot be used: {said}. Backreferences and look-around are not available."
    return ""


def matches(pattern: str, text: str) -> bool:
    """Whether the whole `text` matches; the pattern passed `find_pattern_problem`."""
    return _compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=500)
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options)


def _escaped(pattern: str) -> list[str]:
    found, position = [], 0
    while position < len(pattern) - 1:
        if pattern[position] == "\\":
            found.append(pattern[position + 1])
            position += 1
        position += 1
    return found


def _ignores_case(pattern: str) -> bool:
    _, *flags = pattern.split("(?")
    return any("i" in part.partition(")")[0].partition(":")[0] for part in flags)
