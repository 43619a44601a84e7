"""One transaction for each change of time or state, serialised per person (semantics, 4).

Locking first is what keeps many bookings for one host from deadlocking on the exclusion
constraint: each would insert, then wait for the other's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError

from apps.common import transactions
from apps.users.public import lock_people

T = TypeVar("T")

_OVERLAP = "23P01"


class TimeTaken(Exception):
    """The database refused an occupancy because it overlaps another one of the host."""


def is_overlap(error: IntegrityError) -> bool:
    """Whether the guard of migration 0002 refused."""
    return transactions.sqlstate_of(error) == _OVERLAP or "occupancy_no_overlap" in str(error)


def in_transaction(write: Callable[[], T]) -> T:
    """`apps.common.transactions.in_transaction`; raises `TimeTaken` when the guard refused."""
    try:
        return transactions.in_transaction(write)
    except IntegrityError as error:
        if is_overlap(error):
            raise TimeTaken from error
        raise


def lock_hosts(organizer_id: UUID, host_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Lock the rows of organizer and hosts, in the order of their ids.

    Returns everybody's availability version, which tells whether what was read before the lock
    still holds. On SQLite the transaction itself is the lock.
    """
    return lock_people({organizer_id, *host_ids})
