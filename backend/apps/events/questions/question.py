"""One question of a form, as its rules see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Answer = str | bool | list[str]
"""In canonical form (`reading.py`): it goes into JSON and comes back as it was."""

TEXTS = frozenset({"text", "textarea"})
FREE = frozenset({"text", "textarea", "email", "phone", "url"})
"""Typed at will: compared without regard to the case of A-Z."""
ONE_OF = frozenset({"select", "radio"})
WITH_OPTIONS = ONE_OF | {"multiselect"}
ORDERED = frozenset({"number", "date", "time"})

MAX_QUESTIONS = 50
MAX_TEXT = 500
MAX_OPTIONS = 100
MAX_OPTION = 200
MAX_CONDITIONS = 50
MAX_DEPTH = 5
MAX_PATTERN = 200
# The longest answer of a type, in code points; the other types know theirs from their form.
MAX_LENGTH: Mapping[str, int] = {
    "text": 500,
    "textarea": 5000,
    "email": 254,
    "phone": 40,
    "url": 2000,
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `id` is a UUID as text. Nothing in here is ever changed."""

    id: str
    type: str
    text: str = ""
    help_text: str = ""
    is_required: bool = False
    options: tuple[str, ...] = ()
    conditions: Mapping[str, Any] = field(default_factory=dict)
    rules: Mapping[str, Any] = field(default_factory=dict)
    prefill_key: str = ""
