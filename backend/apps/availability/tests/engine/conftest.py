"""Tells at the end of a run how much the engine's proofs tried (see proofs.py)."""

from collections import Counter

import pytest

from apps.availability.tests.engine import proofs

_TRIED = "engine proofs: "


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    before = Counter(proofs.tried)
    result = yield
    item.user_properties += [
        (_TRIED + name, count) for name, count in (proofs.tried - before).items()
    ]
    return result


def pytest_terminal_summary(terminalreporter):
    sums = Counter()
    seconds = 0.0
    for report in terminalreporter.getreports("passed"):
        found = [(name, count) for name, count in report.user_properties if name.startswith(_TRIED)]
        if found and report.when == "call":
            seconds += report.duration
            sums.update(dict(found))
    if sums:
        figures = ", ".join(
            f"{count:,} {name.removeprefix(_TRIED)}" for name, count in sorted(sums.items())
        )
        terminalreporter.write_line(f"Engine proofs passed: {figures}; {seconds:,.0f} s")
