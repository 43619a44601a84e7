"""What a message about a booking needs to know: a snapshot, so that a late mail tells the truth
of the moment it was written for."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any, Literal

from apps.notifications.wording import safe_name

NoticeKind = Literal["created", "rescheduled", "cancelled"]
Audience = Literal["invitee", "organizer", "host"]

_INSTANTS = ("starts_at", "ends_at", "previous_starts_at", "occurred_at")
_PARTIES = ("organizer", "host", "invitee")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part: IANA zone, BCP 47 locale."""

    name: str
    email: str
    timezone: str
    locale: str

    @property
    def shown_name(self) -> str:
        """The name as messages show it; the address of somebody who gave none."""
        return safe_name(self.name) or safe_name(self.email)


@dataclass(frozen=True, slots=True)
class BookingNotice:
    """A change of one booking. Instants are UTC; `uid` is the iCalendar UID, for ever the same.

    `organizer` owns the event type, `host` serves the booking (often the same person).
    `manage_url` carries the invitee's token and is shown to nobody else; `dashboard_url` is the
    organizer's page. `cancelled_by` is "organizer", "invitee", "system" or empty.
    """

    kind: NoticeKind
    booking_id: str
    uid: str
    sequence: int
    event_type_name: str
    event_type_description: str
    starts_at: datetime
    ends_at: datetime
    previous_starts_at: datetime | None
    location_type: str
    location: str
    meeting_link: str
    organizer: Party
    host: Party
    invitee: Party
    manage_url: str
    dashboard_url: str
    cancelled_by: str
    cancellation_reason: str
    notes: str
    answers: tuple[tuple[str, str], ...]
    occurred_at: datetime

    @property
    def is_served_by_another(self) -> bool:
        """Whether the host is somebody else than the organizer."""
        return self.host.email.casefold() != self.organizer.email.casefold()

    def recipient(self, audience: Audience) -> Party:
        """Who reads the copy for `audience`."""
        parties = {"invitee": self.invitee, "organizer": self.organizer, "host": self.host}
        return parties[audience]

    def counterpart(self, audience: Audience) -> Party:
        """Whom the reader meets: the invitee for our side, the host for the invitee."""
        return self.host if audience == "invitee" else self.invitee

    def to_json(self) -> dict[str, Any]:
        """As JSON members; instants in RFC 3339."""
        data = asdict(self)
        for name in _INSTANTS:
            if data[name] is not None:
                data[name] = data[name].astimezone(UTC).isoformat()
        data["answers"] = [list(pair) for pair in self.answers]
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> BookingNotice:
        """The notice that `to_json` wrote; members of newer versions are ignored."""
        values = {field.name: data[field.name] for field in fields(cls)}
        for name in _INSTANTS:
            if values[name] is not None:
                values[name] = datetime.fromisoformat(values[name])
        for name in _PARTIES:
            values[name] = Party(
                **{field.name: values[name][field.name] for field in fields(Party)}
            )
        values["answers"] = tuple((question, answer) for question, answer in values["answers"])
        return cls(**values)
