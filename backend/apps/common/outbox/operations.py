"""What a person may do to effects: look at the dead, retry them, discard what must not happen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

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


def drop_effects(*, ids: Iterable[int], by: str) -> int:
    """Give up effects, also those that a runner has been handed and has not begun; how many."""
    return OutboxRow.objects.filter(
        id__in=list(ids), state__in=(OutboxState.PENDING, OutboxState.LEASED)
    ).update(
        state=OutboxState.DEAD,
        leased_until=None,
        lease_id=None,
        last_error=f"Dropped by {by}.",
    )


def erase_payloads(*, ids: Iterable[int]) -> None:
    """Forget what effects say, and what was answered to them. One that is tried again fails.

    A row in flight is being carried out with what was read of it.
    """
    rows = OutboxRow.objects.filter(id__in=list(ids))
    rows.update(payload={})
    rows.exclude(last_error__startswith="Dropped by ").update(last_error="")


def replace_payloads(payloads: Mapping[int, Any]) -> None:
    """Let effects that wait say something else."""
    for id, payload in payloads.items():
        OutboxRow.objects.filter(id=id).update(payload=payload)
