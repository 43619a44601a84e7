"""Blanks and characters that no answer holds, the same on every machine.

Python and JavaScript each have their own idea of a blank, so both lists are written out here.
"""

from __future__ import annotations

import re

BLANKS = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_BREAK = re.compile("[\n\r\u2028\u2029]")
_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FOLD = str.maketrans(_UPPER, _UPPER.lower())


def trim(text: str) -> str:
    """Without blanks around it, and with every line break as one character."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip(BLANKS)


def is_readable(text: str) -> bool:
    """Whether it is free of control characters and halves of characters."""
    return _UNREADABLE.search(text) is None


def is_one_line(text: str) -> bool:
    """Whether it has no line break inside."""
    return _LINE_BREAK.search(text) is None


def fold(text: str) -> str:
    """For comparing: A-Z in lower case. Other letters stay, as their case depends on tables."""
    return text.translate(_FOLD)
