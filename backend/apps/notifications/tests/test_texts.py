"""Message tables: partial ones may only repeat what English has."""

from __future__ import annotations

import json
from string import Formatter

import pytest

from apps.notifications.texts import MESSAGES, texts_for

TABLES = sorted(MESSAGES.glob("*.json"))
ENGLISH = json.loads((MESSAGES / "en.json").read_text())


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_a_table_has_known_keys_with_the_same_places(path):
    for key, text in json.loads(path.read_text()).items():
        assert key in ENGLISH
        assert places(text) <= places(ENGLISH[key])


@pytest.mark.parametrize(("asked", "given"), [
    ("en", "en"), ("en-US", "en-US"), ("en_us", "en-US"), ("en-GB", "en"), ("de-AT", "en"),
    ("", "en"), ("en-US-posix", "en-US"), ("../../etc/passwd", "en"),
])  # fmt: skip
def test_the_nearest_table_is_taken(asked, given):
    assert texts_for(asked).table == texts_for(given).table
    assert texts_for(asked).locale.casefold() == given.casefold()
