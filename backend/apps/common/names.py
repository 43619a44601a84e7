"""What a one-line name must be: people, event types, schedules."""

from __future__ import annotations

import unicodedata

# Letters, numbers, punctuation and symbols: what leaves something to see.
_SEEN = frozenset("LNPS")
_BREAKS = frozenset({"Cc", "Cs", "Zl", "Zp"})


def is_visible(text: str) -> bool:
    """Whether there is something to see: blanks, zero-width and control characters are nothing."""
    return any(unicodedata.category(char)[0] in _SEEN for char in text)


def has_breaks(text: str) -> bool:
    """Whether it holds line breaks, tabs or other control characters (C0, C1, U+2028, U+2029)."""
    return any(unicodedata.category(char) in _BREAKS for char in text)


def find_name_problem(text: str, *, most: int) -> str:
    """What to change about a name that was given, as a sentence; empty when it is good.

    `most` is the greatest length in characters.
    """
    if has_breaks(text):
        return "Write it on one line, without tabs or control characters."
    if not is_visible(text):
        return "Use at least one character that can be seen."
    if len(text) > most:
        return f"Use at most {most} characters."
    return ""
