"""Effects of requests: the end of the time for an answer."""

from __future__ import annotations

from typing import Any

from apps.common.outbox import Effect, EffectContext
from apps.notifications.public import BookingNotice

EXPIRE = "events.expire_request"


def expiry_of(notice: BookingNotice) -> list[Effect]:
    """A row that comes due when a request may not be answered any more."""
    if notice.answer_by is None:
        return []
    return [
        Effect(
            name=EXPIRE,
            payload={"booking": notice.booking_id},
            # A request that is moved gets another end.
            idempotency_key=f"expire:{notice.booking_id}:{notice.answer_by.isoformat()}",
            run_at=notice.answer_by,
        )
    ]


def expire(payload: dict[str, Any], *, context: EffectContext) -> None:
    """End the request if its time is over; one that was answered or moved stands."""
    from apps.events.services.requests.expire import expire_request

    expire_request(booking_id=payload["booking"], now=context.now)
