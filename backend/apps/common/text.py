"""Which text can be stored: PostgreSQL's text and jsonb take neither NUL nor lone surrogates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
MAX_DEPTH = 20


def is_storable(text: str) -> bool:
    """Whether the text holds neither NUL nor a lone surrogate."""
    return _UNSTORABLE.search(text) is None


@dataclass(frozen=True, slots=True)
class Unstorable:
    """Where something cannot be stored (a JSON pointer), and why."""

    pointer: str
    detail: str


def find_unstorable(value: Any, path: str = "", depth: int = 0) -> Unstorable | None:
    """The first member that cannot be stored, or None."""
    if depth > MAX_DEPTH:
        return Unstorable(path, f"Nest at most {MAX_DEPTH} levels deep.")
    if isinstance(value, str):
        return None if is_storable(value) else Unstorable(path, "Leave out NUL characters.")
    if isinstance(value, dict):
        for key, member in value.items():
            if not is_storable(str(key)):
                return Unstorable(path, "Leave NUL characters out of names.")
            problem = find_unstorable(member, f"{path}/{key}", depth + 1)
            if problem:
                return problem
    elif isinstance(value, list | tuple):
        for index, member in enumerate(value):
            problem = find_unstorable(member, f"{path}/{index}", depth + 1)
            if problem:
                return problem
    return None
