"""The shape of what is stored of an invitee (docs/privacy.md)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import Field

from apps.common.api.schema import Schema
from apps.common.api.types import Instant


class StoredBookingOut(Schema):
    """The booking, with what its invitee or attendee told."""

    id: UUID
    attendee_id: UUID | None = Field(description="Of a group session: the seat")
    event_type: str
    organizer: str
    status: str
    start_time: Instant
    end_time: Instant
    name: str
    email: str
    phone: str
    timezone: str
    locale: str
    notes: str
    utm: dict[str, str]
    booked_from: str | None = Field(description="The network address it was booked from")
    booked_at: Instant
    cancelled_at: Instant | None
    cancellation_reason: str
    series: UUID | None
    link_expires_at: Instant | None


class StoredAnswerOut(Schema):
    """One answer."""

    question: str
    answer: Any


class StoredPersonOut(Schema):
    """Somebody for whom a seat was taken too."""

    name: str
    email: str


class StoredFormerTimeOut(Schema):
    """A time from which the booking was moved."""

    start_time: Instant
    end_time: Instant
    moved_at: Instant | None


class StoredWaitOut(Schema):
    """The wait from which the booking came."""

    name: str
    email: str
    phone: str
    timezone: str
    status: str
    desired_start_time: Instant
    desired_end_time: Instant | None
    answers: dict[str, Any]
    booked_from: str | None
    created_at: Instant


class StoredSoonerOut(Schema):
    """The wish for an earlier time."""

    status: str
    timezone: str
    weekdays: list[int]
    minutes_from: int
    minutes_until: int
    earliest_date: str | None
    created_at: Instant


class StoredMailOut(Schema):
    """A mail to them."""

    name: str
    state: str
    written_at: Instant
    sent_at: Instant | None


class StoredHistoryOut(Schema):
    """What happened, who did it, and what changed."""

    at: Instant
    action: str
    by: str
    name: str
    email: str
    ip_address: str | None
    user_agent: str
    old_values: dict[str, Any]
    new_values: dict[str, Any]


class StoredDataOut(Schema):
    """All that is stored of an invitee."""

    generated_at: Instant
    booking: StoredBookingOut
    answers: list[StoredAnswerOut]
    brought: list[StoredPersonOut]
    former_times: list[StoredFormerTimeOut]
    waitlist: list[StoredWaitOut]
    sooner: StoredSoonerOut | None
    mails: list[StoredMailOut]
    history: list[StoredHistoryOut]
