"""What can be booked at a public address: the event type, its organizer, its hosts' hours.

An offer is kept in the process as long as the availability versions of its organizer and of all its
hosts stand. The database raises these numbers in every transaction that changes a profile, an event
type or its hosts, a schedule or time off, so a change is seen by the next request of any process.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connection

from apps.availability.public import Hours, hours_of
from apps.common.errors import NotFound
from apps.common.shelf import Kept, Shelf
from apps.events.models import Booking, BookingCoHost, EventType, EventTypeHost, Kind
from apps.events.questions import Question
from apps.events.selectors.questions import read_questions
from apps.users.public import PublicVersion, find_organizer_version

_KEPT = 2000
_NEVER_OPEN = Hours(None, None)


@dataclass(frozen=True, slots=True)
class OfferHost:
    """Somebody who serves the event type. `weight` and `priority` matter in round robin only."""

    id: UUID
    required: bool
    weight: int
    priority: int
    hours: Hours


@dataclass(frozen=True, slots=True)
class Offer:
    """An event type as the public may book it, with the hours of its hosts. Read only: shared."""

    event_type: EventType
    kind: Kind
    """The event type's, unless the hosts were chosen (`load_offer_served_by`): then all are needed."""
    capacity: int
    """Seats of a session; 1 where no booking is joined by others."""
    hosts: tuple[OfferHost, ...]
    """In the organizer's order. Who has closed their account takes no turns, and is never open."""
    versions: Mapping[UUID, int]
    """Availability versions of the organizer and of all hosts, the closed accounts' too."""
    questions: tuple[Question, ...] = ()
    """What is asked of everybody who books, in order."""

    @property
    def host_ids(self) -> tuple[UUID, ...]:
        """The hosts, by id."""
        return tuple(host.id for host in self.hosts)

    def timezone_of(self, host_id: UUID) -> str:
        """The zone of a host's clock, the organizer's for a host without a schedule."""
        zones = (host.hours.timezone for host in self.hosts if host.id == host_id)
        return str(next(zones, None) or self.event_type.organizer.timezone)

    def stands_under(self, versions: Mapping[UUID, int]) -> bool:
        """Whether nothing has changed since: `versions` by user, of organizer and hosts at least."""
        people = (self.event_type.organizer_id, *self.host_ids)
        return all(versions.get(user) == self.versions[user] for user in people)

    @property
    def state(self) -> PublicVersion:
        """The versions as `find_organizer_version` tells them."""
        organizer = self.event_type.organizer_id
        own = self.versions[organizer]
        return PublicVersion(organizer, own, sum(self.versions.values()) - own)

    @property
    def others(self) -> tuple[UUID, ...]:
        """Everybody but the organizer whose version counts."""
        organizer = self.event_type.organizer_id
        return tuple(user for user in self.versions if user != organizer)


class _Chosen(NamedTuple):
    """A host as the rows have them, before their hours are read."""

    id: UUID
    required: bool
    weight: int
    priority: int
    schedule: UUID | None
    version: int
    is_active: bool


def _with_hours(chosen: Collection[_Chosen]) -> tuple[OfferHost, ...]:
    """The hosts in this order. Closed accounts take no turns, and are never open."""
    hours = hours_of(choices={host.id: host.schedule for host in chosen if host.is_active})
    return tuple(
        OfferHost(
            host.id, host.required, host.weight, host.priority, hours.get(host.id, _NEVER_OPEN)
        )
        for host in chosen
        if host.is_active or host.required
    )


_shelf: Shelf[Offer] = Shelf("offers", size=_KEPT)


def get_offer(*, organizer_slug: str, event_type_slug: str) -> Offer:
    """An active event type by its public address: one query, a constant number after a change.

    Raises `NotFound`, alike for unknown organizers, unknown, inactive and archived event types.
    """
    return ask_offer(organizer_slug=organizer_slug, event_type_slug=event_type_slug).value


def ask_offer(*, organizer_slug: str, event_type_slug: str) -> Kept[Offer]:
    """As `get_offer`, and whether nothing of it had to be read."""
    address = (organizer_slug, event_type_slug)
    kept = _shelf.find(address)
    state = find_organizer_version(organizer_slug, others=kept.others if kept else ())
    if state is None:
        raise NotFound("There is nothing to book at this address.")
    if kept is not None and kept.state == state:
        return _shelf.hit(kept)
    offer = _read_offer(organizer_id=state.organizer_id, event_type_slug=event_type_slug)
    # Inside a transaction that changed something, a number may be rolled back and given again.
    if not connection.in_atomic_block:
        _shelf.keep(address, offer)
    return _shelf.miss(offer)


def _read_offer(*, organizer_id: UUID, event_type_slug: str) -> Offer:
    event_type = (
        EventType.objects.select_related("organizer", "schedule")
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
    return load_offer(event_type)


def load_offer(event_type: EventType) -> Offer:
    """The offer of a loaded event type, whether the public may see it or not.

    A constant number of queries for any number of hosts. Load the event type together with its
    organizer: the organizer's version says how old it is.
    """
    organizer = event_type.organizer
    # Each version is read before what it stands for: an offer can only be newer than its versions.
    chosen = [_Chosen(*row) for row in _rows_of(event_type)]
    if not chosen:
        alone = event_type.kind != Kind.ROUND_ROBIN
        version, is_active = organizer.availability_version, organizer.is_active
        chosen = [_Chosen(organizer.pk, alone, 1, 0, None, version, is_active)]
    chosen = [_as_served(host, event_type) for host in chosen]
    versions = {host.id: host.version for host in chosen}
    versions[organizer.pk] = organizer.availability_version
    kind, seats = Kind(event_type.kind), event_type.max_attendees
    questions = read_questions(event_type)
    return Offer(event_type, kind, seats, _with_hours(chosen), versions, questions)


def load_offer_served_by(event_type: EventType, host_ids: Collection[UUID]) -> Offer:
    """The event type served by exactly these hosts, all of them needed: for moving a booking.

    Reads nothing of its other hosts. There is no session to join either. Who does not serve the
    event type any more is judged by their default schedule. Load the event type with its organizer.
    """
    rows = _rows_of(event_type, host_ids)
    chosen = {row[0]: _as_served(_Chosen(*row), event_type) for row in rows}
    gone = [host_id for host_id in host_ids if host_id not in chosen]
    if gone:
        people = get_user_model().objects.filter(pk__in=gone)
        rows = people.values_list("pk", "availability_version", "is_active")
        left = [_Chosen(id, True, 1, 0, None, version, active) for id, version, active in rows]
        if event_type.organizer_id in gone and not event_type.hosts.exists():
            # Nobody was chosen, so the organizer serves.
            left = [_as_served(host, event_type) for host in left]
        chosen |= {host.id: host for host in left}
    versions = {host.id: host.version for host in chosen.values()}
    versions[event_type.organizer_id] = event_type.organizer.availability_version
    in_order = [chosen[host_id]._replace(required=True) for host_id in host_ids]
    return Offer(event_type, Kind.COLLECTIVE, 1, _with_hours(in_order), versions)


def load_joinable_offer(event_type: EventType, host_ids: Collection[UUID]) -> Offer:
    """As `load_offer_served_by`, with the sessions of these hosts to join: for moving seats."""
    served = load_offer_served_by(event_type, host_ids)
    return replace(served, capacity=event_type.max_attendees)


def _rows_of(
    event_type: EventType, host_ids: Collection[UUID] | None = None
) -> Iterable[tuple[Any, ...]]:
    """What the event type says of its hosts; only of these if they are told."""
    rows = EventTypeHost.objects.filter(event_type=event_type)
    if host_ids is not None:
        rows = rows.filter(user_id__in=host_ids)
    return rows.order_by("position", "id").values_list(
        "user_id",
        "required",
        "weight",
        "priority",
        "schedule_id",
        "user__availability_version",
        "user__is_active",
    )


def _as_served(host: _Chosen, event_type: EventType) -> _Chosen:
    """Only in round robin is anybody not required; the organizer follows the event type's hours."""
    is_organizer = host.id == event_type.organizer_id
    return host._replace(
        required=host.required or event_type.kind != Kind.ROUND_ROBIN,
        schedule=host.schedule or (event_type.schedule_id if is_organizer else None),
    )


def find_host_ids(booking: Booking) -> tuple[UUID, ...]:
    """Everybody who serves a booking, its host first (one query)."""
    co_hosts = BookingCoHost.objects.filter(booking=booking).order_by("id")
    return (booking.host_id, *co_hosts.values_list("user_id", flat=True))
