"""Effects of visitors' holds: their end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from apps.common.outbox import Effect, EffectContext
from apps.events.events import HoldStarted

RELEASE = "events.release_hold"


def end_of(event: HoldStarted) -> list[Effect]:
    """A row that comes due when the hold lapses."""
    return [
        Effect(
            name=RELEASE,
            payload={"hold": str(event.hold_id)},
            idempotency_key=f"hold:{event.hold_id}",
            run_at=event.expires_at,
        )
    ]


def release(payload: dict[str, Any], *, context: EffectContext) -> None:
    """End the hold; one that was booked or given up is gone already."""
    from apps.events.services.holds import release_lapsed_hold

    release_lapsed_hold(hold_id=UUID(payload["hold"]), now=context.now)
