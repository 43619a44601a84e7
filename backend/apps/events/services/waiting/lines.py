"""The free starts of an event type for those who wait, as offers to them are made one by one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from apps.availability.public import compute_slots
from apps.common.errors import DomainError
from apps.events.models import EventType, Hold, HoldPurpose, Kind
from apps.events.selectors.offers import Offer, load_offer
from apps.events.selectors.slots import load_query
from apps.events.services.bookings.judging import NotOffered
from apps.events.services.bookings.new_booking import HostsTaken
from apps.events.services.holds import hold_start

_DAY = timedelta(days=1)


def offer_under_locks(event_type: EventType, locked: Collection[UUID]) -> Offer | None:
    """The offer, as far as it can be served by people who are locked; None when it cannot.

    In a round robin who is not locked takes no turn; everybody else must be.
    """
    if event_type.organizer_id not in locked:
        return None
    offer = load_offer(event_type)
    if all(host_id in locked for host_id in offer.host_ids):
        return offer
    if offer.kind != Kind.ROUND_ROBIN:
        return None
    able = tuple(host for host in offer.hosts if host.id in locked)
    missing = any(host.required for host in offer.hosts if host.id not in locked)
    takes_turn = any(not host.required for host in able)
    return replace(offer, hosts=able) if takes_turn and not missing else None


def has_limits(event_type: EventType) -> bool:
    """Whether a day, week or month takes only so many bookings."""
    own = event_type.max_bookings_per_day or event_type.limits
    return bool(own or event_type.organizer.booking_limits)


def region_of(event_type: EventType, start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """The starts that time freed in `[start, end)` can open: one that reaches into it, buffers
    included; where days have a limit, any start of the day.
    """
    before = timedelta(minutes=event_type.duration + event_type.buffer_time_after)
    after = timedelta(minutes=event_type.buffer_time_before)
    if has_limits(event_type):
        before, after = max(before, _DAY), max(after, _DAY)
    return start - before, end + after


@dataclass(slots=True)
class FreeStarts:
    """What is free of one offer in `[start, end)` at `now`; asked of the engine after each hold."""

    offer: Offer
    start: datetime
    end: datetime
    now: datetime
    duration: int = 0
    """Minutes; 0: the event type's."""
    moving: UUID | None = None
    """A booking that would move there, so that its own time and its part of limits are free."""
    _known: list[datetime] | None = None
    _refused: set[datetime] = field(default_factory=set)

    @property
    def _minutes(self) -> int:
        return self.duration or self.offer.event_type.duration

    def anew(self) -> FreeStarts:
        """The same, knowing nothing yet."""
        return FreeStarts(self.offer, self.start, self.end, self.now, self.duration, self.moving)

    def between(self, start: datetime, end: datetime) -> list[datetime]:
        """The free starts `start <= s < end`, the earliest first."""
        return [free for free in self._all() if start <= free < end]

    def keep(self, start: datetime, *, purpose: HoldPurpose, ends_at: datetime) -> Hold | None:
        """Hold `start`; None when it turns out to be taken after all."""
        try:
            # A savepoint: what the database refuses must not end the transaction that freed it.
            with transaction.atomic():
                hold = hold_start(
                    offer=self.offer,
                    start=start,
                    duration=self._minutes,
                    seats=1,
                    purpose=purpose,
                    expires_at=ends_at,
                    now=self.now,
                    moving=self.moving,
                )
        except (DomainError, NotOffered, HostsTaken):
            self._refused.add(start)
            hold = None
        self._known = None
        return hold

    def _all(self) -> list[datetime]:
        if self._known is None:
            begin = max(self.start, self.now)
            self._known = []
            if begin < self.end:
                query = load_query(
                    self.offer,
                    start=begin,
                    end=self.end,
                    now=self.now,
                    duration=self._minutes,
                    moving=self.moving,
                )
                starts = (slot.start for slot in compute_slots(query))
                self._known = [start for start in starts if start not in self._refused]
        return self._known
