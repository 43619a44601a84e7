"""What happened to bookings, in the past tense. `config/event_handlers.py` says what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from apps.common.domain_events import DomainEvent
from apps.notifications.public import BookingNotice, Party, SeriesNotice, WaitingNotice


@dataclass(frozen=True, slots=True)
class HoldStarted(DomainEvent):
    """A visitor's time is held until `expires_at`."""

    hold_id: UUID
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class BookingCreated(DomainEvent):
    """A time was booked and confirmed."""

    notice: BookingNotice


@dataclass(frozen=True, slots=True)
class BookingRescheduled(DomainEvent):
    """A confirmed booking moved to another time."""

    notice: BookingNotice


@dataclass(frozen=True, slots=True)
class BookingCancelled(DomainEvent):
    """A booking was cancelled."""

    notice: BookingNotice


@dataclass(frozen=True, slots=True)
class BookingRequested(DomainEvent):
    """A time was asked for; the organizer may confirm it until `notice.answer_by`."""

    notice: BookingNotice


@dataclass(frozen=True, slots=True)
class BookingConfirmed(DomainEvent):
    """A request was confirmed."""

    notice: BookingNotice


@dataclass(frozen=True, slots=True)
class BookingRejected(DomainEvent):
    """A request was declined."""

    notice: BookingNotice


@dataclass(frozen=True, slots=True)
class RequestExpired(DomainEvent):
    """Nobody answered a request in time."""

    notice: BookingNotice


@dataclass(frozen=True, slots=True)
class RepickAsked(DomainEvent):
    """The time of a request was lost before it was confirmed; its invitee may choose another."""

    notice: BookingNotice


@dataclass(frozen=True, slots=True)
class BookingReassigned(DomainEvent):
    """Another host serves a booking from now on; the copies are for who booked it."""

    notice: BookingNotice
    copies: tuple[BookingNotice, ...]
    former: Party
    next: Party


@dataclass(frozen=True, slots=True)
class EmailCodeAsked(DomainEvent):
    """Somebody asked for a code that proves an address; `salt` tells this one from earlier ones."""

    code_id: int
    salt: str
    locale: str


@dataclass(frozen=True, slots=True)
class SessionEvent(DomainEvent):
    """Something happened to a group session.

    `session` is for our side and names everybody; `copies` are for attendees, each of whom is
    told of nobody else.
    """

    session: BookingNotice
    copies: tuple[BookingNotice, ...]


@dataclass(frozen=True, slots=True)
class AttendeesJoined(SessionEvent):
    """Somebody took one or several seats; the copies are theirs."""


@dataclass(frozen=True, slots=True)
class AttendeesLeft(SessionEvent):
    """Somebody gave seats back; the copies are theirs. The session may be cancelled with it."""


@dataclass(frozen=True, slots=True)
class AttendeesMoved(SessionEvent):
    """Somebody took their seats to another session; the copies are theirs.

    `session` is the one they are in now, `former` the one they left, which may be cancelled with it.
    """

    former: BookingNotice


@dataclass(frozen=True, slots=True)
class SessionRescheduled(SessionEvent):
    """A session moved to another time, for everybody in it."""


@dataclass(frozen=True, slots=True)
class SessionCancelled(SessionEvent):
    """A session was cancelled for everybody in it."""


@dataclass(frozen=True, slots=True)
class LinkRenewed(DomainEvent):
    """The invitee's link was replaced by somebody else, so the invitee does not know it yet."""

    notice: BookingNotice


@dataclass(frozen=True, slots=True)
class WaitingEvent(DomainEvent):
    """Something happened to somebody who waits for a time."""

    notice: WaitingNotice


@dataclass(frozen=True, slots=True)
class WaitlistJoined(WaitingEvent):
    """Somebody is on the waitlist of a time."""


@dataclass(frozen=True, slots=True)
class WaitlistOffered(WaitingEvent):
    """A time is kept for somebody on the waitlist."""


@dataclass(frozen=True, slots=True)
class WaitlistLapsed(WaitingEvent):
    """An offer was not answered in time; they wait on, at the end of the line."""


@dataclass(frozen=True, slots=True)
class WaitlistExpired(WaitingEvent):
    """No time came free while they waited."""


@dataclass(frozen=True, slots=True)
class WaitlistLeft(WaitingEvent):
    """Somebody left the waitlist, or was taken off it."""


@dataclass(frozen=True, slots=True)
class WaitlistClaimed(WaitingEvent):
    """Somebody booked from the waitlist; the booking has events of its own."""


@dataclass(frozen=True, slots=True)
class SoonerOffered(WaitingEvent):
    """An earlier time is kept for somebody who asked for one."""


@dataclass(frozen=True, slots=True)
class SoonerLapsed(WaitingEvent):
    """The offer of an earlier time was not answered in time."""


@dataclass(frozen=True, slots=True)
class SeriesEvent(DomainEvent):
    """Something happened to several occurrences of a series at once."""

    series: SeriesNotice


@dataclass(frozen=True, slots=True)
class SeriesBooked(SeriesEvent):
    """A series was booked and confirmed."""


@dataclass(frozen=True, slots=True)
class SeriesRequested(SeriesEvent):
    """A series was asked for; each occurrence may be confirmed until `answer_by`."""

    notices: tuple[BookingNotice, ...]


@dataclass(frozen=True, slots=True)
class SeriesRescheduled(SeriesEvent):
    """Occurrences of a series moved by the same difference."""


@dataclass(frozen=True, slots=True)
class SeriesCancelled(SeriesEvent):
    """Occurrences of a series were cancelled."""


@dataclass(frozen=True, slots=True)
class SourceUndone(DomainEvent):
    """A booking or seats were undone with all from their source: for our side alone."""

    notice: BookingNotice
