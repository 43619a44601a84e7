"""Seal audit rows in batches over all bookings, so that none can go unnoticed (semantics, 4)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError

from apps.common.transactions import in_transaction
from apps.events.audit_chain import seal_hash, seal_root
from apps.events.models import AuditSeal, BookingAuditLog

BATCH = 1000
_MOST_BATCHES = 50


def seal_audit_rows(*, now: datetime, batch: int = BATCH) -> int:
    """Seal all rows that are in no seal yet; how many.

    Which rows are left is told by the rows themselves: one whose transaction commits late has a
    smaller id than sealed ones, and goes into a later seal. Two sweepers at once do no harm.
    """
    sealed = 0
    for _ in range(_MOST_BATCHES):
        rows = _seal_batch(batch, now=now)
        sealed += rows
        if rows < batch:
            break
    return sealed


def _seal_batch(batch: int, *, now: datetime) -> int:
    def write() -> int:
        last = AuditSeal.objects.order_by("-id").first()
        unsealed = BookingAuditLog.objects.filter(seal__isnull=True).order_by("id")
        rows = list(unsealed.values_list("id", "hash", "booking_id", "sequence")[:batch])
        if not rows:
            return 0
        # In the order of ids a booking's rows are in the order of its chain.
        heads: dict[str, list[Any]] = {
            str(booking_id): [sequence, hash] for _, hash, booking_id, sequence in rows
        }
        root = seal_root((id, hash) for id, hash, *_ in rows)
        previous = last.hash if last else ""
        seal = AuditSeal.objects.create(
            rows=len(rows),
            first_row=rows[0][0],
            last_row=rows[-1][0],
            root=root,
            heads=heads,
            previous_hash=previous,
            hash=seal_hash(
                root=root, rows=len(rows), heads=heads, sealed_at=now, previous=previous
            ),
            sealed_at=now,
        )
        BookingAuditLog.objects.filter(id__in=[id for id, *_ in rows]).update(seal=seal)
        return len(rows)

    try:
        return in_transaction(write)
    except IntegrityError:
        # Another sweeper has sealed on top of the same seal; it goes on.
        return 0
