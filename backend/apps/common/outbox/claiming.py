"""Which rows may run now, and handing each of them to exactly one runner.

PostgreSQL: `FOR UPDATE SKIP LOCKED`. SQLite: the immediate transaction that the settings choose.
A lease (`leased_until`) brings the rows of a killed process back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.common.outbox.models import OutboxRow, OutboxState

logger = structlog.get_logger(__name__)

IN_FLIGHT = (OutboxState.LEASED, OutboxState.RUNNING)
UNFINISHED = (OutboxState.PENDING, *IN_FLIGHT)
KEEP_DONE = timedelta(days=30)
_BATCH = 500


def lease_end(now: datetime) -> datetime:
    """Until when a row claimed at `now` belongs to its holder."""
    return now + timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)


def claim_due(*, now: datetime, limit: int) -> list[int]:
    """Lease up to `limit` due rows and return their ids; each is given to one caller only.

    A row waits while an earlier one (`sequence`, then id) of its ordering key is unfinished or any
    other one of that key is in flight; dead rows hold nobody up. The transaction is durable:
    calling this inside another one is refused.
    """
    recover_expired(now=now)
    # A read first: on SQLite the transaction below takes the one write lock.
    if limit <= 0 or not due_rows(now).exists():
        return []
    try:
        with transaction.atomic(durable=True):
            rows = due_rows(now).select_for_update(skip_locked=True, of=("self",), no_key=True)
            ids = list(rows.order_by("run_at", "id").values_list("id", flat=True)[:limit])
            OutboxRow.objects.filter(id__in=ids).update(
                state=OutboxState.LEASED, leased_until=lease_end(now)
            )
    except IntegrityError:
        # Another dispatcher claimed an effect of the same ordering key in between.
        return []
    return ids


def recover_expired(*, now: datetime) -> None:
    """Take rows back from holders whose lease ran out; give up those that used all attempts."""
    expired = OutboxRow.objects.filter(
        done_at__isnull=True, state__in=IN_FLIGHT, leased_until__lte=now
    )
    if not expired.exists():
        return
    with transaction.atomic(durable=True):
        locked = list(expired.select_for_update(skip_locked=True, no_key=True).order_by("id"))
        for row in locked:
            row.leased_until = None
            row.lease_id = None
            if row.state == OutboxState.RUNNING:
                row.last_error = "The process that carried it out ended or hung."
            exhausted = row.attempts >= settings.OUTBOX_MAX_ATTEMPTS
            row.state = OutboxState.DEAD if exhausted else OutboxState.PENDING
        OutboxRow.objects.bulk_update(locked, ["leased_until", "lease_id", "last_error", "state"])
    for row in locked:
        logger.warning("outbox_lease_expired", row_id=row.id, effect=row.name, state=row.state)


def release(ids: Iterable[int]) -> None:
    """Give leased rows back that no runner will begin (it is stopping, or the broker is away)."""
    OutboxRow.objects.filter(id__in=list(ids), state=OutboxState.LEASED).update(
        state=OutboxState.PENDING, leased_until=None
    )


def lag_seconds(*, now: datetime) -> float:
    """How long the longest-waiting row that may run, or runs, has been due; 0 when none is.

    Rows in flight count too: their holder may be dead or hang.
    """
    in_flight = Q(done_at__isnull=True, state__in=IN_FLIGHT, run_at__lte=now)
    waiting = (
        rows.order_by("run_at").values_list("run_at", flat=True).first()
        for rows in (due_rows(now), OutboxRow.objects.filter(in_flight))
    )
    oldest = min((run_at for run_at in waiting if run_at is not None), default=None)
    return 0.0 if oldest is None else (now - oldest).total_seconds()


def forget_done(*, now: datetime) -> int:
    """Delete rows done more than 30 days ago: their payload holds personal data."""
    old = OutboxRow.objects.filter(done_at__isnull=False, done_at__lt=now - KEEP_DONE)
    deleted = 0
    while ids := list(old.values_list("id", flat=True)[:_BATCH]):
        deleted += OutboxRow.objects.filter(id__in=ids).delete()[0]
    return deleted


def due_rows(now: datetime) -> QuerySet[OutboxRow]:
    """Rows that may run at `now`: their time has come and nothing of their line is before them."""
    same_key = OutboxRow.objects.filter(
        done_at__isnull=True, ordering_key=OuterRef("ordering_key")
    ).order_by()
    earlier = same_key.filter(
        Q(sequence__lt=OuterRef("sequence"))
        | Q(sequence=OuterRef("sequence"), id__lt=OuterRef("id")),
        state__in=UNFINISHED,
    )
    in_flight = same_key.filter(state__in=IN_FLIGHT).exclude(id=OuterRef("id"))
    return OutboxRow.objects.filter(
        Q(ordering_key="") | (~Exists(earlier) & ~Exists(in_flight)),
        done_at__isnull=True,
        state=OutboxState.PENDING,
        run_at__lte=now,
    )
