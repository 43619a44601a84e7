"""The rules answer what the shared vectors say; `questions.test.ts` asks the browser's twin."""

from __future__ import annotations

import pytest

from apps.events.questions import check_answers
from apps.events.questions.form_data import question_from
from apps.events.questions.patterns import find_pattern_problem
from apps.events.questions.tests.vectors import forms, read, told

FORMS = list(forms())


@pytest.mark.parametrize(("form", "case"), [one[1:] for one in FORMS], ids=[n for n, *_ in FORMS])
def test_form(form, case):
    questions = [question_from(data) for data in form["questions"]]
    answer = told(check_answers(questions, case["raw"]))
    expected = {name: value for name, value in case.items() if name != "raw"}
    assert {name: answer[name] for name in expected} == expected


@pytest.mark.parametrize("pattern", read("patterns")["usable"])
def test_usable_pattern(pattern):
    assert find_pattern_problem(pattern) == ""


@pytest.mark.parametrize("pattern", read("patterns")["refused"])
def test_refused_pattern(pattern):
    assert find_pattern_problem(pattern) != ""
