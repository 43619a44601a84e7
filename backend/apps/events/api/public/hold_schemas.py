"""Shapes of holds in the public scheduling API."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from apps.common.api.schema import Schema
from apps.common.api.types import Instant


class HoldIn(Schema):
    """Which slot to hold; `duration` in minutes."""

    organizer_slug: str = Field(max_length=60)
    event_type_slug: str = Field(max_length=80)
    start_time: Instant
    duration: int | None = Field(None, ge=1, le=1440)
    attendee_count: int = Field(
        1, ge=1, le=100, description="Seats to hold; at most the event type's `max_attendees`."
    )
    hold_token: UUID | None = Field(None, description="One's earlier hold, which this replaces.")


class HoldOut(Schema):
    """A hold. Book with `hold_token` before it lapses."""

    hold_token: UUID
    expires_at: Instant
