"""One transaction for each change of time or state, serialised per person (semantics, 4).

Locking first is what keeps many bookings for one host from deadlocking on the exclusion
constraint: each would insert, then wait for the other's.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, OperationalError, connection, transaction

from apps.users.public import lock_people

T = TypeVar("T")

ATTEMPTS = 4
_REPEATABLE = {"40P01", "40001"}
_OVERLAP = "23P01"
# SQLite lets one writer in and the others poll for their turn, which starves some of them. Within
# a process they queue here instead; other processes still meet at the file's lock.
_writers = threading.Lock()


class TimeTaken(Exception):
    """The database refused an occupancy because it overlaps another one of the host."""


def _sqlstate(error: Exception) -> str:
    return str(getattr(error.__cause__, "sqlstate", "") or "")


def is_overlap(error: IntegrityError) -> bool:
    """Whether the guard of migration 0002 refused."""
    return _sqlstate(error) == _OVERLAP or "occupancy_no_overlap" in str(error)


def _turn() -> AbstractContextManager[Any]:
    is_sqlite = connection.vendor == "sqlite" and not connection.in_atomic_block
    return _writers if is_sqlite else nullcontext()


def in_transaction(write: Callable[[], T]) -> T:
    """Run `write` in one transaction; repeat it whole after a deadlock or serialisation failure.

    Raises `TimeTaken` when the database's own guard refused the time.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with _turn(), transaction.atomic():
                return write()
        except IntegrityError as error:
            if is_overlap(error):
                raise TimeTaken from error
            raise
        except OperationalError as error:
            nested = connection.in_atomic_block
            if nested or attempt == ATTEMPTS or _sqlstate(error) not in _REPEATABLE:
                raise
    raise AssertionError("unreachable")


def lock_hosts(organizer_id: UUID, host_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Lock the rows of organizer and hosts, in the order of their ids.

    Returns everybody's availability version, which tells whether what was read before the lock
    still holds. On SQLite the transaction itself is the lock.
    """
    return lock_people({organizer_id, *host_ids})
