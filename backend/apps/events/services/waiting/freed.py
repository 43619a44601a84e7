"""Time or seats were freed: whoever waits for them is served."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from apps.events.selectors.waitlist import is_anybody_waiting


def time_freed(
    *,
    organizer_id: UUID,
    host_ids: Collection[UUID],
    start: datetime,
    end: datetime,
    now: datetime,
    but: Collection[UUID] = (),
) -> None:
    """Offer what was freed of `[start, end)` to who waits; in the transaction that freed it.

    The organizer and the hosts are locked by the caller. `but` are entries and requests that are
    not served this time. One query when nobody waits, none when the time is past.
    """
    if end <= now:
        return
    people = {organizer_id, *host_ids}
    if not is_anybody_waiting(people=people, start=start, end=end, now=now):
        return
    # Serving makes holds, and whoever ends a hold calls this.
    from apps.events.services.waiting.serve import serve_freed

    serve_freed(people=people, start=start, end=end, now=now, but=but)
