"""Judge without a lock, lock whoever serves, write; and again when something changed between."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar
from uuid import UUID

from apps.events.selectors.offers import Offer, get_offer
from apps.events.selectors.slots import Verdict
from apps.events.services.bookings.locking import in_transaction, lock_hosts
from apps.events.services.bookings.new_booking import HostsTaken
from apps.events.services.bookings.serving import people_to_lock
from apps.users.public import find_organizer_version

T = TypeVar("T")

_READ_AGAIN = 2
"""So often a changed offer is read again without the locks; then under them, so that it ends."""


class Asked(Protocol):
    """A start at a public address."""

    @property
    def organizer_slug(self) -> str: ...
    @property
    def event_type_slug(self) -> str: ...
    @property
    def start(self) -> datetime: ...


class _NotLocked(Exception):
    """The hosts to book are not among those whose rows are locked; the offer as it is now."""

    def __init__(self, offer: Offer) -> None:
        super().__init__("not locked")
        self.offer = offer


class _OfferChanged(Exception):
    """The offer was changed between check and lock."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one transaction starts from: the offer, whose rows it locks, who turned out taken."""

    asked: Asked
    offer: Offer
    locked: frozenset[UUID]
    taken: frozenset[UUID] = frozenset()
    changes: int = 0
    """How often somebody changed the offer between check and lock."""

    def lock(self) -> Offer:
        """Lock the people; the offer as it stands under the lock.

        Gives up the transaction when the offer must be read again: the hours of many hosts take a
        while, and nobody should wait for them.
        """
        offer = self.offer
        versions = lock_hosts(offer.event_type.organizer_id, self.locked)
        if self.locked.issuperset(offer.host_ids):
            stands = offer.stands_under(versions)
        else:
            slug = self.asked.organizer_slug
            stands = find_organizer_version(slug, others=offer.others) == offer.state
        if stands:
            return offer
        if self.changes < _READ_AGAIN:
            raise _OfferChanged
        return find_offer(self.asked)

    def require_locked(self, offer: Offer, host_ids: Collection[UUID]) -> None:
        """Give up the transaction when somebody who is to serve is not locked."""
        if not self.locked.issuperset(host_ids):
            raise _NotLocked(offer)


def find_offer(asked: Asked) -> Offer:
    """The offer at that address. Raises `NotFound`."""
    return get_offer(organizer_slug=asked.organizer_slug, event_type_slug=asked.event_type_slug)


def write_offered(
    asked: Asked,
    offer: Offer,
    *,
    judge: Callable[[Offer], Verdict],
    write: Callable[[Attempt], T],
    also: Collection[UUID] = (),
) -> T:
    """Carry out `write` in one transaction, as often as it takes to get the locks right.

    `judge` says who is free without a lock; `write` calls `Attempt.lock` first. `also` are people
    to lock in any case. In a round robin the next free host's turn comes when one turned out taken.
    Whatever else `judge` and `write` raise ends it.
    """
    # It ends: each time a host less is left, or somebody else has booked, or changed the offer.
    attempt = _begin(asked, offer, judge=judge, also=also)
    while True:
        try:
            return in_transaction(partial(write, attempt))
        except HostsTaken as taken:
            attempt = replace(attempt, taken=attempt.taken.union(taken.host_ids))
        except _NotLocked as missed:
            attempt = _begin(asked, missed.offer, judge=judge, also=also, after=attempt)
        except _OfferChanged:
            again = replace(attempt, changes=attempt.changes + 1)
            attempt = _begin(asked, find_offer(asked), judge=judge, also=also, after=again)


def _begin(
    asked: Asked,
    offer: Offer,
    *,
    judge: Callable[[Offer], Verdict],
    also: Collection[UUID],
    after: Attempt | None = None,
) -> Attempt:
    """Judge without a lock, and say whom to lock; `after` is the attempt that failed before."""
    free = judge(offer).hosts
    taken, changes = (after.taken, after.changes) if after else (frozenset[UUID](), 0)
    locked = people_to_lock(offer, free, start=asked.start, but=taken)
    return Attempt(asked, offer, frozenset({*locked, *also}), taken, changes)
