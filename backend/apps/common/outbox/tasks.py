"""The Celery side of the outbox: messages carry ids only, the database decides what runs."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from apps.common.housekeeping import run_chores
from apps.common.outbox.claiming import claim_due, release
from apps.common.outbox.running import run_row
from apps.common.time import utc_now

# Rows leased at once; a full batch is followed by the next one straight away.
BATCH = 100


@shared_task(name="outbox.dispatch_due", ignore_result=True)
def dispatch_due(**kwargs: Any) -> None:
    """Lease what is due and send one `run_effect` for each row."""
    ids = claim_due(now=utc_now(), limit=BATCH)
    for position, row_id in enumerate(ids):
        try:
            run_effect.apply_async(kwargs={"row_id": row_id}, retry=False)
        except Exception:
            release(ids[position:])
            raise
    if len(ids) == BATCH:
        dispatch_due.apply_async(retry=False)


@shared_task(name="outbox.run_effect", ignore_result=True)
def run_effect(*, row_id: int, **kwargs: Any) -> None:
    """Carry out one row, unless somebody else has."""
    run_row(row_id)


@shared_task(name="common.housekeeping", ignore_result=True)
def housekeep(**kwargs: Any) -> None:
    """One round of `config/housekeeping.py`."""
    run_chores(now=utc_now())
