"""One-line names."""

from __future__ import annotations

import pytest

from apps.common.names import find_name_problem, mixes_scripts


@pytest.mark.parametrize("name", ["Ana", "a" * 9, "نور", "می\u200cخواهم", "👩\u200d👧", "?", "٣"])
def test_good_names(name):
    assert find_name_problem(name, most=9) == ""


@pytest.mark.parametrize(("name", "problem"), [
    ("A\nB", "one line"), ("A\tB", "one line"), ("A\x85B", "one line"), ("A\x9b", "one line"),
    ("\u2028A", "one line"), ("A\x00", "one line"), ("A\ud800", "one line"),
    ("", "can be seen"), ("   ", "can be seen"), ("\u200b", "can be seen"),
    ("\u00ad\ufeff\u202e", "can be seen"), ("\u200d\u0301", "can be seen"),
    ("A\u202eB", "direction"), ("\u2067نور\u2069", "direction"), ("A\u202a", "direction"),
    ("a" * 10, "at most 9"),
])  # fmt: skip
def test_names_that_are_refused(name, problem):
    assert problem in find_name_problem(name, most=9)


@pytest.mark.parametrize(("name", "mixes"), [
    ("Ana Duarte", False), ("Иван Smith", False), ("Ελένη", False), ("José-Luis Ñandú", False),
    ("نور Ana", False), ("山田Taro", False), ("O'Brien 2", False), ("Anna\u200eMaria", False),
    ("Аna", True), ("Jоnas Keller", True), ("Αna", True), ("Ιван", True), ("Ana-Mаria", True),
])  # fmt: skip
def test_words_that_mix_scripts_that_look_alike(name, mixes):
    assert mixes_scripts(name) is mixes
