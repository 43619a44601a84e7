"""Time or seats were freed: whoever waits for them is served."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID


def time_freed(
    *,
    organizer_id: UUID,
    host_ids: Collection[UUID],
    start: datetime,
    end: datetime,
    now: datetime,
) -> None:
    """Offer what was freed of `[start, end)` to who waits; in the transaction that freed it.

    The organizer and the hosts are locked by the caller.
    """
