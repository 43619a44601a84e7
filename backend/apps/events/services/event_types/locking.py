"""One transaction per change of an event type, serialised with whatever it is checked against."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeVar
from uuid import UUID

from apps.common.transactions import in_transaction
from apps.users.public import bump_availability_version, lock_people

T = TypeVar("T")


def write_under_locks(
    write: Callable[[], T], *, organizer_id: UUID, host_ids: Collection[UUID] = ()
) -> T:
    """Run `write` in one transaction that holds the rows of the organizer and of `host_ids`.

    The organizer's row keeps their event types apart (names, addresses, hosts); a host's keeps
    the schedules and the account that are about to be named. `write` may be repeated after a
    deadlock, so it must read what it changes itself.
    """

    def locked() -> T:
        lock_people({organizer_id, *host_ids})
        bump_availability_version(user_ids=[organizer_id])
        return write()

    return in_transaction(locked)
