"""What somebody who waits asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from apps.events.services.bookings.request import BookingRequest


@dataclass(frozen=True, slots=True)
class WaitlistRequest:
    """A start, or with `desired_end` any start in `[desired_start, desired_end)`, and who wants it.

    `answers`, `email_code` and `honeypot` as in `BookingRequest`.
    """

    organizer_slug: str
    event_type_slug: str
    desired_start: datetime
    invitee_name: str
    invitee_email: str
    invitee_timezone: str
    desired_end: datetime | None = None
    invitee_phone: str = ""
    locale: str = "en"
    notify_when_available: bool = True
    expires_at: datetime | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    email_code: str = ""
    honeypot: str = ""

    def as_booking(self) -> BookingRequest:
        """The booking that they would make, for the rules of who may book."""
        return BookingRequest(
            organizer_slug=self.organizer_slug,
            event_type_slug=self.event_type_slug,
            start=self.desired_start,
            invitee_name=self.invitee_name,
            invitee_email=self.invitee_email,
            invitee_phone=self.invitee_phone,
            invitee_timezone=self.invitee_timezone,
            locale=self.locale,
            answers=self.answers,
            email_code=self.email_code,
            honeypot=self.honeypot,
        )
