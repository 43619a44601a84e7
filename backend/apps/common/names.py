"""What a one-line name must be: people, event types, schedules.

Names stand in mails, pages and calendars of others, beside text that is ours. Refused is what
could pass for something else there: line breaks, controls that turn the direction of writing for
what follows (the pages isolate each name, so a name in any script needs none), and, in the names
of strangers, words that mix letters of scripts that look alike.
"""

from __future__ import annotations

import unicodedata

# Letters, numbers, punctuation and symbols: what leaves something to see.
_SEEN = frozenset("LNPS")
_BREAKS = frozenset({"Cc", "Cs", "Zl", "Zp"})

# Embeddings, overrides and isolates (Unicode, UAX 9); the plain marks (LRM, RLM, ALM) turn nothing.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK"})
"""Scripts whose letters are taken for each other's."""


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
    if _TURNS & set(text) and is_visible(text):
        return "Take out the invisible characters that turn the direction of writing."
    if not is_visible(text):
        return "Use at least one character that can be seen."
    if len(text) > most:
        return f"Use at most {most} characters."
    return ""


def mixes_scripts(text: str) -> bool:
    """Whether one word holds letters of several scripts that look alike, such as "Аna" with a
    Cyrillic А. Words of their own may be in different scripts: "Иван Smith".
    """
    scripts: set[str] = set()
    for char in text:
        if unicodedata.category(char)[0] not in "LM":
            scripts.clear()
        else:
            scripts |= _ALIKE & {unicodedata.name(char, "").partition(" ")[0]}
        if len(scripts) > 1:
            return True
    return False
