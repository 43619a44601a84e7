"""What a person may do to effects: look at the dead, retry them, discard what must not happen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from apps.common.outbox.models import OutboxRow, OutboxState
from apps.common.outbox.nudging import nudge


def retry_effects(*, ids: Iterable[int], now: datetime) -> int:
    """Make dead or waiting effects due at once, with all attempts anew; return how many."""
    with transaction.atomic():
        retried = OutboxRow.objects.filter(
            id__in=list(ids), state__in=(OutboxState.DEAD, OutboxState.PENDING)
        ).update(state=OutboxState.PENDING, run_at=now, attempts=0)
        transaction.on_commit(nudge, robust=True)
    return retried


def discard_effects(*, ids: Iterable[int], by: str) -> int:
    """Give up effects that have not begun, so that later ones may go; return how many.

    A row in flight is left alone: it may have happened already.
    """
    return OutboxRow.objects.filter(id__in=list(ids), state=OutboxState.PENDING).update(
        state=OutboxState.DEAD, last_error=f"Discarded by {by}."
    )
