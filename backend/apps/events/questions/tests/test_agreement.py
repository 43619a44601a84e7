"""Server and browser answer random forms alike. The browser's rules run in Node, without a network."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from random import Random

from apps.events.questions import check_answers
from apps.events.questions.form_data import question_data, question_from
from apps.events.questions.tests.generator import random_form
from apps.events.questions.tests.vectors import told

FRONTEND = Path(__file__).parents[5] / "frontend"
FORMS = 4000


def test_browser_and_server_agree(tmp_path):
    random = Random(20261121)
    cases = [random_form(random) for _ in range(FORMS)]
    ours = []
    for form, raw in cases:
        questions = [question_from(data) for data in form]
        ours.append(told(check_answers(questions, raw)))
    asked = [
        {"questions": [question_data(question_from(data)) for data in form], "raw": raw}
        for form, raw in cases
    ]
    (tmp_path / "cases.json").write_text(json.dumps(asked))
    run = subprocess.run(
        ["node", "tools/answer-questions.mjs", str(tmp_path / "cases.json")],
        cwd=FRONTEND,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    theirs = json.loads(run.stdout)

    differing = [
        (case, mine, other)
        for case, mine, other in zip(asked, ours, theirs, strict=True)
        if mine != other
    ]
    assert not differing, json.dumps(differing[0], ensure_ascii=True, indent=1)
    # The forms are worth asking: answers of every kind, hidden questions, broken rules.
    assert sum(len(one["answers"]) for one in ours) > FORMS
    assert (
        sum(len(form) - len(one["visible"]) for (form, _), one in zip(cases, ours, strict=True))
        > FORMS / 4
    )
    codes = {problem[1] for one in ours for problem in one["problems"]}
    assert codes >= {
        "required",
        "pattern",
        "too_small",
        "too_early",
        "too_few",
        "not_email",
        "twice",
    }
