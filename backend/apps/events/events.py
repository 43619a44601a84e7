"""What happened to bookings, in the past tense. `config/event_handlers.py` says what follows."""

from __future__ import annotations

from dataclasses import dataclass

from apps.common.domain_events import DomainEvent
from apps.notifications.public import BookingNotice


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
class SessionRescheduled(SessionEvent):
    """A session moved to another time, for everybody in it."""


@dataclass(frozen=True, slots=True)
class SessionCancelled(SessionEvent):
    """A session was cancelled for everybody in it."""


@dataclass(frozen=True, slots=True)
class LinkRenewed(DomainEvent):
    """The invitee's link was replaced by somebody else, so the invitee does not know it yet."""

    notice: BookingNotice
