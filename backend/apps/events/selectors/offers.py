"""What can be booked at a public address: the event type, its organizer, its hosts' hours.

An offer is kept in the process as long as the organizer's availability version stands. The
database raises that number in every transaction that changes the profile, an event type or a
schedule, so a change is seen by the next request of any process.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from django.db import connection

from apps.availability.public import (
    Schedule,
    hours_document,
    read_hours_document,
    schedules_of,
)
from apps.common.errors import NotFound
from apps.events.models import EventType
from apps.users.public import find_organizer_version

_KEPT = 2000


@dataclass(frozen=True, slots=True)
class Offer:
    """An event type as the public may book it, with the hours of its hosts. Read only: shared."""

    event_type: EventType
    schedules: dict[UUID, tuple[Schedule, ...]]

    @property
    def host_ids(self) -> tuple[UUID, ...]:
        """The hosts, by id."""
        return tuple(self.schedules)


class _Shelf:
    """The offers used last, each with the organizer's id and version that it was read under."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = Lock()
        self._offers: OrderedDict[tuple[str, str], tuple[tuple[UUID, int], Offer]] = OrderedDict()

    def find(self, address: tuple[str, str], state: tuple[UUID, int]) -> Offer | None:
        with self._lock:
            kept = self._offers.get(address)
            if kept is None or kept[0] != state:
                return None
            self._offers.move_to_end(address)
            return kept[1]

    def keep(self, address: tuple[str, str], state: tuple[UUID, int], offer: Offer) -> None:
        with self._lock:
            self._offers[address] = (state, offer)
            self._offers.move_to_end(address)
            if len(self._offers) > self._size:
                self._offers.popitem(last=False)


_shelf = _Shelf(_KEPT)


def get_offer(*, organizer_slug: str, event_type_slug: str) -> Offer:
    """An active event type by its public address: one query, two when something changed.

    Raises `NotFound`, alike for unknown organizers, unknown, inactive and archived event types.
    """
    state = find_organizer_version(organizer_slug)
    if state is None:
        raise NotFound("There is nothing to book at this address.")
    # The version is read before what it stands for: an offer can only be newer than its key.
    # Inside a transaction that changed something, the number may be rolled back and given again.
    address = (organizer_slug, event_type_slug)
    offer = _shelf.find(address, state)
    if offer is None:
        offer = _read_offer(organizer_id=state[0], event_type_slug=event_type_slug)
        if not connection.in_atomic_block:
            _shelf.keep(address, state, offer)
    return offer


def _read_offer(*, organizer_id: UUID, event_type_slug: str) -> Offer:
    event_type = (
        EventType.objects.select_related("organizer", "schedule")
        .annotate(hours=hours_document(user="organizer_id", schedule="schedule_id"))
        .filter(
            organizer_id=organizer_id,
            event_type_slug=event_type_slug,
            is_active=True,
            archived_at__isnull=True,
        )
        .order_by()
        .first()
    )
    if event_type is None:
        raise NotFound("There is nothing to book at this address.")
    return Offer(event_type, {organizer_id: read_hours_document(event_type.hours)})


def load_offer(event_type: EventType) -> Offer:
    """The offer of a loaded event type, whether the public may see it or not (one query)."""
    chosen = [event_type.schedule_id] if event_type.schedule_id else []
    return Offer(event_type, schedules_of(user_ids=[event_type.organizer_id], schedule_ids=chosen))
