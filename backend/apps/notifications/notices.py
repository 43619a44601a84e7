"""What a message about a booking needs to know: a snapshot, so that a late mail tells the truth
of the moment it was written for."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any, Literal

from apps.notifications.wording import safe_name

# "joined" and "left" tell our side of a group session, which itself goes on. "repick" asks the
# invitee of a request for another time; "assigned" and "unassigned" are for one host alone.
NoticeKind = Literal[
    "created",
    "rescheduled",
    "cancelled",
    "joined",
    "left",
    "requested",
    "confirmed",
    "rejected",
    "expired",
    "repick",
    "reassigned",
    "assigned",
    "unassigned",
]
Audience = Literal["invitee", "organizer", "host"]

_INSTANTS = ("starts_at", "ends_at", "previous_starts_at", "occurred_at", "answer_by")
_PARTIES = ("organizer", "host", "invitee", "reader")
_KEPT_CO_HOSTS = 20
_PARTY_LISTS = ("co_hosts", "attendees")


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

    `organizer` owns the event type, `host` serves the booking (often the same person), `co_hosts`
    serve it too. `manage_url` carries the invitee's token and is shown to nobody else;
    `dashboard_url` is the organizer's page. `cancelled_by` is "organizer" (or a host), "invitee",
    "system" or empty; `actor_name` and `actor_email` are whoever did it, where that is known.

    A group session gives one notice for our side, which names the `attendees`, and one for each
    attendee, in which they are the `invitee` and nobody else is known. `attendee_id` tells those
    apart; on the session's own it is whoever joined or left.
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
    co_hosts: tuple[Party, ...] = ()
    further_hosts: int = 0
    """Hosts beside these, whom messages count and do not name (`abridged`)."""
    attendees: tuple[Party, ...] = ()
    capacity: int = 1
    attendee_id: str = ""
    actor_name: str = ""
    actor_email: str = ""
    answer_by: datetime | None = None
    """Until when a request can be confirmed."""
    withdraws_invitation: bool = False
    """Whether the request takes the place of a time that was agreed, and is in calendars."""
    book_url: str = ""
    """Where the invitee can book another time."""
    series_id: str = ""
    """The series of which it is an occurrence, if it is one."""
    recurrence_wall: str = ""
    """Where the rule has it: a wall time (naive ISO) of `recurrence_timezone`."""
    recurrence_timezone: str = ""
    reader: Party | None = None
    """The host whose copy this is; None: `host`."""

    @property
    def hosts(self) -> tuple[Party, ...]:
        """Everybody who serves the booking."""
        return (self.host, *self.co_hosts)

    @property
    def other_hosts(self) -> tuple[Party, ...]:
        """The hosts who are somebody else than the organizer, each address once."""
        others: dict[str, Party] = {}
        for host in self.hosts:
            others.setdefault(host.email.casefold(), host)
        others.pop(self.organizer.email.casefold(), None)
        return tuple(others.values())

    @property
    def is_served_by_organizer(self) -> bool:
        """Whether the organizer is one of the hosts."""
        own = self.organizer.email.casefold()
        return any(host.email.casefold() == own for host in self.hosts)

    @property
    def is_session(self) -> bool:
        """Whether this is our side's notice of a group session."""
        return bool(self.attendees) or self.kind in {"joined", "left"}

    @property
    def is_off(self) -> bool:
        """Whether calendars strike it out: it does not take place, or not with the reader."""
        return self.kind in {"cancelled", "rejected", "expired", "unassigned"}

    def abridged(self) -> BookingNotice:
        """With a few of many co-hosts: a copy goes to each of them, so all in all would be squared."""
        if len(self.co_hosts) <= _KEPT_CO_HOSTS:
            return self
        own = self.organizer.email.casefold()
        # The organizer first: whether they serve is asked of what is kept.
        ordered = sorted(self.co_hosts, key=lambda host: host.email.casefold() != own)
        left_out = len(ordered) - _KEPT_CO_HOSTS
        kept = tuple(ordered[:_KEPT_CO_HOSTS])
        return replace(self, co_hosts=kept, further_hosts=self.further_hosts + left_out)

    def for_host(self, host: Party) -> BookingNotice:
        """The copy that one of the hosts reads."""
        return self if host == self.host else replace(self, reader=host)

    def recipient(self, audience: Audience) -> Party:
        """Who reads the copy for `audience`."""
        if audience == "host":
            return self.reader or self.host
        return self.invitee if audience == "invitee" else self.organizer

    def counterpart(self, audience: Audience) -> Party:
        """Whom a reply reaches: the invitee for our side, the host for the invitee."""
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
        """The notice that `to_json` wrote; members of other versions are ignored or have defaults."""
        values = {field.name: data[field.name] for field in fields(cls) if field.name in data}
        for name in _INSTANTS:
            if values.get(name) is not None:
                values[name] = datetime.fromisoformat(values[name])
        for name in _PARTIES:
            if values.get(name) is not None:
                values[name] = _read_party(values[name])
        for name in _PARTY_LISTS:
            values[name] = tuple(_read_party(party) for party in values.get(name, ()))
        values["answers"] = tuple((question, answer) for question, answer in values["answers"])
        return cls(**values)


def _read_party(data: dict[str, Any]) -> Party:
    return Party(**{field.name: data[field.name] for field in fields(Party)})
