"""One transaction, repeated whole when the database asks for it (semantics, 4)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar

from django.db import OperationalError, connection, transaction

T = TypeVar("T")

ATTEMPTS = 4
_REPEATABLE = {"40P01", "40001"}
# SQLite lets one writer in and the others poll for their turn, which starves some of them. Within
# a process they queue here instead; other processes still meet at the file's lock.
_writers = threading.Lock()


def sqlstate_of(error: Exception) -> str:
    """PostgreSQL's five-letter code of a database error; empty on SQLite."""
    return str(getattr(error.__cause__, "sqlstate", "") or "")


def _turn() -> AbstractContextManager[Any]:
    is_sqlite = connection.vendor == "sqlite" and not connection.in_atomic_block
    return _writers if is_sqlite else nullcontext()


def in_transaction(write: Callable[[], T]) -> T:
    """Run `write` in one transaction; repeat it whole after a deadlock or serialisation failure.

    Inside another transaction there is nothing to repeat: the failure goes on to the outer one.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with _turn(), transaction.atomic():
                return write()
        except OperationalError as error:
            nested = connection.in_atomic_block
            if nested or attempt == ATTEMPTS or sqlstate_of(error) not in _REPEATABLE:
                raise
    raise AssertionError("unreachable")
