"""Carrying out everything that is due, here and now: for tests and for operators."""

from __future__ import annotations

from apps.common.outbox.claiming import claim_due
from apps.common.outbox.running import run_row
from apps.common.time import utc_now


def drain(*, limit: int = 10_000) -> int:
    """Run due rows in this thread until none is due; return how many attempts were made.

    A row that fails is due again later and does not keep the loop going.
    """
    attempts = 0
    while attempts < limit:
        ids = claim_due(now=utc_now(), limit=1)
        if not ids:
            break
        attempts += sum(run_row(row_id) for row_id in ids)
    return attempts
