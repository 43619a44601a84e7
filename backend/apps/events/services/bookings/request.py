"""What an invitee asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody for whom the invitee takes a seat too. Zone and locale are the invitee's."""

    name: str
    email: str
    phone: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BookingRequest:
    """A start and who wants it; `duration` in minutes or None (default). One seat per person.

    `answers` are by question id. `hold_token` is the hold that the requester has on the time.
    `occurrences` asks for a series: all of it, or these starts. `honeypot` is a field that people
    do not see. `was_admitted`: they gave code and answers when they joined a waitlist.
    """

    organizer_slug: str
    event_type_slug: str
    start: datetime
    invitee_name: str
    invitee_email: str
    invitee_timezone: str
    invitee_phone: str = ""
    duration: int | None = None
    locale: str = "en"
    notes: str = ""
    utm: Mapping[str, str] = field(default_factory=dict)
    guests: tuple[Guest, ...] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)
    hold_token: UUID | None = None
    email_code: str = ""
    occurrences: Literal["all"] | tuple[datetime, ...] | None = None
    honeypot: str = ""
    was_admitted: bool = False

    @property
    def seats(self) -> int:
        """How many seats are asked for."""
        return 1 + len(self.guests)
