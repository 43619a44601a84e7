"""Many at once, each in a thread with a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from django.db import connections


def run_at_once(
    *attempts: Callable[[], object], done: str, refused: Mapping[type[Exception], str]
) -> list[str]:
    """What became of each attempt: `done`, the word for its refusal, or an error nobody expected."""
    outcomes: list[str] = []
    ready = threading.Barrier(len(attempts))

    def run(attempt: Callable[[], object]) -> None:
        try:
            ready.wait()
            attempt()
            outcomes.append(done)
        except Exception as error:
            words = (word for kind, word in refused.items() if isinstance(error, kind))
            outcomes.append(next(words, repr(error)))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(attempt,)) for attempt in attempts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
