"""The public pages' texts: one JSON file per language, shared by templates and the page's script.

Plural forms are keys with the category of CLDR at their end (`_one`, `_few`, `_other`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

_FOLDER = Path(__file__).parent / "messages"
DEFAULT = "en"


@cache
def languages() -> frozenset[str]:
    """The languages that have a catalogue."""
    return frozenset(path.stem for path in _FOLDER.glob("*.json"))


@cache
def _read(language: str) -> Mapping[str, Mapping[str, str]]:
    catalogue: Mapping[str, Mapping[str, str]] = json.loads(
        (_FOLDER / f"{language}.json").read_text()
    )
    return catalogue


def page_text(language: str, key: str, **params: object) -> str:
    """A text of the server-rendered pages. An unknown key is a programming error (KeyError)."""
    return _read(language)["page"][key].format(**params)


def script_messages(language: str) -> Mapping[str, str]:
    """The table that the page's script reads."""
    return _read(language)["script"]


def _parsed(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return None


def choose_locale(request: HttpRequest, *, fallback: str = DEFAULT) -> Locale:
    """The visitor's locale as far as there is a catalogue: `?lang=`, the browser's wishes in
    order (with their region, which orders dates), `fallback`, English.
    """
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200])
    wishes = [request.GET.get("lang", "")[:20], *(tag for tag, _ in accepted), fallback]
    for wish in wishes:
        locale = _parsed(wish) if wish else None
        if locale is not None and locale.language in languages():
            return locale
    return Locale(DEFAULT)
