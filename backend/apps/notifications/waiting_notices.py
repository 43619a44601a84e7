"""What a message to somebody who waits needs to know: a snapshot, as `BookingNotice` is one."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any, Literal

from apps.notifications.notices import Party

WaitingKind = Literal[
    "joined", "offered", "lapsed", "expired", "left", "sooner_offered", "sooner_lapsed"
]

_INSTANTS = ("starts_at", "ends_at", "offer_ends_at", "booked_at")
_PARTIES = ("organizer", "invitee")


@dataclass(frozen=True, slots=True)
class WaitingNotice:
    """News for somebody who waits for a time. Instants are UTC.

    `starts_at` and `ends_at` are the offered time, else the one that is waited for: a start and its
    end, or with `is_span` any start between them. `number` tells mails of one kind apart.
    `page_url` carries the invitee's token. `booked_at` is the time of the booking that would move.
    """

    kind: WaitingKind
    waiting_id: str
    number: int
    event_type_name: str
    starts_at: datetime
    ends_at: datetime
    is_span: bool
    organizer: Party
    invitee: Party
    page_url: str
    position: int | None = None
    offer_ends_at: datetime | None = None
    booked_at: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        """As JSON members; instants in RFC 3339."""
        data = asdict(self)
        for name in _INSTANTS:
            if data[name] is not None:
                data[name] = data[name].astimezone(UTC).isoformat()
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> WaitingNotice:
        """The notice that `to_json` wrote; members of other versions are ignored or have defaults."""
        values = {field.name: data[field.name] for field in fields(cls) if field.name in data}
        for name in _INSTANTS:
            if values.get(name) is not None:
                values[name] = datetime.fromisoformat(values[name])
        for name in _PARTIES:
            values[name] = Party(**values[name])
        return cls(**values)
