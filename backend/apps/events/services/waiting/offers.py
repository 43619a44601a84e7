"""Effects that belong to offers: their timed end, and serving in a transaction of its own."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from apps.common.outbox import Effect
from apps.common.time import format_instant
from apps.events.models import Hold
from apps.events.models.waitlist import HANDOVER


def ending_effect(kind: str, waiting_id: UUID, hold: Hold) -> Effect:
    """Looks at the offer again when it ends; `kind` is "waitlist" or "sooner"."""
    return Effect(
        name="events.end_offer",
        payload={"kind": kind, "id": str(waiting_id)},
        idempotency_key=f"end-offer:{hold.pk}",
        run_at=hold.expires_at - HANDOVER,
    )


def serving_effect(event_type_id: UUID, start: datetime, end: datetime) -> Effect:
    """Serves who waits for this event type at once, in a transaction of its own."""
    return Effect(
        name="events.serve_waiting",
        payload={
            "event_type": str(event_type_id),
            "start": format_instant(start),
            "end": format_instant(end),
        },
        idempotency_key=f"serve-waiting:{uuid4()}",
    )
