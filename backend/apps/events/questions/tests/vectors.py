"""The cases that server and browser share."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from apps.events.questions.checking import Checked

FOLDER = Path(__file__).parents[1] / "vectors"


def read(name: str) -> Any:
    """One file of vectors."""
    return json.loads((FOLDER / f"{name}.json").read_text())


def forms() -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Every case with a form: its name, the form, what was sent and what is expected."""
    for file in ("reading", "rules", "conditions"):
        for form in read(file):
            for number, case in enumerate(form["cases"]):
                yield f"{form['name']} #{number}", form, case


def told(checked: Checked) -> dict[str, Any]:
    """What the two sides compare."""
    return {
        "answers": dict(checked.answers),
        "visible": [question.id for question in checked.visible],
        "problems": [[one.question.id, one.code, one.bound] for one in checked.problems],
    }
