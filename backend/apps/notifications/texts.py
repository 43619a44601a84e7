"""The words of messages, one JSON table per locale in `messages/`.

A table may be partial: `de-AT` falls back to `de`, then `en`, which is complete.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.utils import translation
from django.utils.dateformat import format as format_datetime

MESSAGES = Path(__file__).parent / "messages"
DEFAULT_LOCALE = "en"
_NAMED = 4
_RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}


@dataclass(frozen=True, slots=True)
class Texts:
    """The words and formats of one locale."""

    locale: str
    table: Mapping[str, str]

    def say(self, key: str, **values: str) -> str:
        """The text with its places filled. Values are never read as templates themselves."""
        return self.table[key].format_map(values)

    def date(self, wall: datetime, *, short: bool = False) -> str:
        """The date of a wall time, such as "Tuesday 4 May 2027"."""
        return self._format(wall, "format_date_short" if short else "format_date")

    def time(self, wall: datetime) -> str:
        """The clock reading of a wall time, such as "14:30"."""
        return self._format(wall, "format_time")

    def names(self, names: Sequence[str], *, further: int = 0) -> str:
        """Names in a row, such as "Ana, Ben and Cleo"; of more than four the first three.

        `further` are people who are counted and not named.
        """
        total = len(names) + further
        if total < 2:
            return "".join(names)
        if total > _NAMED:
            shown = self.table["name_separator"].join(names[: _NAMED - 1])
            return self.say("names_and_more", names=shown, count=str(total - _NAMED + 1))
        shown = self.table["name_separator"].join(names[:-1])
        return self.say("names_and_last", names=shown, last=names[-1])

    @property
    def direction(self) -> str:
        """The HTML `dir` of the language."""
        return "rtl" if self.locale.split("-")[0] in _RIGHT_TO_LEFT else "ltr"

    def _format(self, wall: datetime, key: str) -> str:
        with translation.override(self.locale):
            return format_datetime(wall, self.table[key])


def texts_for(locale: str) -> Texts:
    """The texts for a BCP 47 locale; English where nothing better exists."""
    parts = locale.replace("_", "-").split("-")
    names = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
    known = next((name for name in names if _find_table(name) is not None), DEFAULT_LOCALE)
    return _load(known)


@lru_cache(maxsize=64)
def _load(locale: str) -> Texts:
    table: dict[str, str] = {}
    for name in (DEFAULT_LOCALE, locale.split("-")[0], locale):
        path = _find_table(name)
        if path is not None:
            table |= json.loads(path.read_text(encoding="utf-8"))
    return Texts(locale, table)


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Path]:
    return {path.stem.casefold(): path for path in MESSAGES.glob("*.json")}


def _find_table(locale: str) -> Path | None:
    return _tables().get(locale.casefold())
