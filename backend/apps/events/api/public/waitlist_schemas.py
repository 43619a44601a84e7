"""Shapes of the public waitlist calls (api.md). Rules live in services."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Discriminator, Field, Tag

from apps.common.api.ninja_errors import UNION_TAG
from apps.common.api.schema import Schema
from apps.common.api.types import Instant
from apps.events.api.public.schemas import BookingOut, EventTypeRef, OrganizerRef
from apps.events.api.public.sooner_schemas import OfferOut


class JoinWaitlistIn(Schema):
    """Who waits, for a start or for any start within a span of at most 31 days."""

    organizer_slug: str = Field(max_length=60)
    event_type_slug: str = Field(max_length=80)
    desired_start_time: Instant
    desired_end_time: Instant | None = Field(
        None, description="Left out: the start alone. Else any start before it will do."
    )
    invitee_name: str = Field(max_length=200)
    invitee_email: str = Field(max_length=254)
    invitee_phone: str = Field("", max_length=40)
    invitee_timezone: str = Field(max_length=64)
    notify_when_available: bool = Field(
        True, description="Off: no timed offers by mail; `free` tells what may be claimed."
    )
    expires_at: Instant | None = Field(
        None, description="Wait no longer than this; at most until the time can be booked no more."
    )
    custom_answers: dict[str, Any] = Field(default_factory=dict, max_length=200)
    locale: str = Field("en", max_length=20, pattern=r"^[A-Za-z0-9-]+$")
    email_code: str = Field("", max_length=20)
    website: str = Field("", max_length=500, description="Leave this empty.")


class WaitlistJoinedOut(Schema):
    """The key to the place in line."""

    token: UUID
    position: int | None
    status: str
    waitlist_url: str
    expires_at: Instant


class WaitlistOut(Schema):
    """A place in line as whoever waits sees it."""

    token: UUID
    status: str
    position: int | None = Field(description="1, 2, 3… among those who wait for the same")
    event_type: EventTypeRef
    organizer: OrganizerRef
    desired_start_time: Instant
    desired_end_time: Instant | None
    invitee_name: str
    invitee_email: str
    invitee_phone: str
    invitee_timezone: str
    notify_when_available: bool
    expires_at: Instant
    offers_made: int
    offer: OfferOut | None
    free: list[Instant] = Field(description="Free right now, for anybody: to be claimed at once")
    booking: BookingOut | None
    can_claim: bool
    can_leave: bool


class ClaimIn(Schema):
    """Book what is offered, or what is free."""

    action: Literal["claim"]
    start_time: Instant | None = Field(None, description="One of `free`, where there are several.")


class DeclineIn(Schema):
    """Let the offer go to the next in line, and wait on at the end of it."""

    action: Literal["decline"]


class LeaveIn(Schema):
    """Wait no more."""

    action: Literal["leave"]


def _action(payload: Any) -> str | None:
    action = payload.get("action") if isinstance(payload, dict) else getattr(payload, "action", "")
    return f"{UNION_TAG}{action}" if isinstance(action, str) else None


WaitlistIn = Annotated[
    Annotated[ClaimIn, Tag(f"{UNION_TAG}claim")]
    | Annotated[DeclineIn, Tag(f"{UNION_TAG}decline")]
    | Annotated[LeaveIn, Tag(f"{UNION_TAG}leave")],
    Discriminator(
        _action,
        custom_error_type="unknown_action",
        custom_error_message="Choose an action: claim, decline or leave.",
    ),
]
