"""Writing effects into the outbox, in the transaction that makes them necessary."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import structlog
from django.db import transaction

from apps.common.outbox.effects import Effect
from apps.common.outbox.models import OutboxRow
from apps.common.outbox.nudging import nudge


def enqueue(effects: Iterable[Effect], *, now: datetime) -> None:
    """Write one row per effect; an idempotency key that is already there is left alone.

    Must run inside the transaction that changes the state the effects tell of. When that
    transaction commits and something is due at once, the dispatcher is woken.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(
            "enqueue() needs the transaction that makes the effects necessary: "
            "without it a crash in between loses them"
        )
    request_id = str(structlog.contextvars.get_contextvars().get("request_id", ""))
    rows = [
        OutboxRow(
            name=effect.name,
            payload=dict(effect.payload),
            run_at=effect.run_at or now,
            idempotency_key=effect.idempotency_key,
            ordering_key=effect.ordering_key,
            sequence=effect.sequence,
            created_at=now,
            request_id=request_id[:80],
        )
        for effect in effects
    ]
    if not rows:
        return
    OutboxRow.objects.bulk_create(rows, ignore_conflicts=True)
    if any(row.run_at <= now for row in rows):
        transaction.on_commit(nudge, robust=True)
