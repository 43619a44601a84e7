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
class LinkRenewed(DomainEvent):
    """The invitee's link was replaced by somebody else, so the invitee does not know it yet."""

    notice: BookingNotice
