"""Effects for these tests, and what they did."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Any

from apps.common.outbox import EffectContext, EffectFailed

_HERE = "apps.common.outbox.tests.sample_effects"
EFFECTS = {
    "sample.record": f"{_HERE}.record",
    "sample.fail": f"{_HERE}.fail",
    "sample.crash": f"{_HERE}.crash",
    "sample.wait": f"{_HERE}.wait",
}

_lock = threading.Lock()
contexts: list[EffectContext] = []
running: Counter[str] = Counter()
most_at_once: Counter[str] = Counter()
begun = threading.Event()
may_end = threading.Event()


def reset() -> None:
    """Forget what happened."""
    contexts.clear()
    running.clear()
    most_at_once.clear()
    begun.clear()
    may_end.clear()


def carried_out() -> list[str]:
    """The idempotency keys of what was carried out, in order."""
    return [context.idempotency_key for context in contexts]


def record(payload: dict[str, Any], *, context: EffectContext) -> None:
    """Note the call, and how many of one line run at once."""
    line = str(payload.get("line", ""))
    with _lock:
        contexts.append(context)
        running[line] += 1
        most_at_once[line] = max(most_at_once[line], running[line])
    threading.Event().wait(float(payload.get("seconds", 0)))
    with _lock:
        running[line] -= 1


def fail(payload: dict[str, Any], *, context: EffectContext) -> None:
    """Fail as the payload says."""
    contexts.append(context)
    raise EffectFailed(
        "no",
        permanent=bool(payload.get("permanent", False)),
        retry_after=payload.get("retry_after"),
    )


def crash(payload: dict[str, Any], *, context: EffectContext) -> None:
    """Fail in a way nobody thought of."""
    contexts.append(context)
    raise ZeroDivisionError("division by zero")


def wait(payload: dict[str, Any], *, context: EffectContext) -> None:
    """Take until the test allows the end."""
    contexts.append(context)
    begun.set()
    if not may_end.wait(30):
        raise TimeoutError
