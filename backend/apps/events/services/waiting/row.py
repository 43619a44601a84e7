"""Somebody who waits, locked for a change."""

from __future__ import annotations

from uuid import UUID

from apps.common.errors import NotFound
from apps.events.models import EventType, Hold, Occupancy, SoonerRequest, WaitlistEntry
from apps.events.selectors.offers import find_host_ids
from apps.events.services.bookings.locking import lock_hosts

_LOCKED = 20
"""Hosts of an event type that are locked for a change that touches no time of theirs yet."""


def lock_entry(seen: WaitlistEntry) -> tuple[WaitlistEntry, set[UUID]]:
    """Lock the organizer and the hosts, then read the entry as it is now; it, and who is locked.

    Raises `NotFound` when it is gone.
    """
    people = {seen.organizer_id, *hosts_of(seen.event_type, seen.offer_id)}
    lock_hosts(seen.organizer_id, people)
    related = ("event_type", "event_type__schedule", "organizer", "offer")
    entry = WaitlistEntry.objects.select_related(*related).filter(pk=seen.pk).first()
    if entry is None:
        raise NotFound("Nobody waits at this address.")
    return entry, people


def lock_request(seen: SoonerRequest) -> tuple[SoonerRequest, set[UUID]]:
    """As `lock_entry`, for a request for an earlier time; the booking's hosts are locked."""
    booking = seen.booking
    people = {booking.organizer_id, *find_host_ids(booking)}
    lock_hosts(booking.organizer_id, people)
    related = ("event_type", "offer", "booking__event_type", "booking__organizer", "booking__host")
    request = SoonerRequest.objects.select_related(*related).filter(pk=seen.pk).first()
    if request is None:
        raise NotFound("Nobody waits at this address.")
    return request, people


def hosts_of(event_type: EventType, offer_id: UUID | None) -> set[UUID]:
    """Whose time an open offer holds, and the event type's hosts as far as they are few."""
    hosts: set[UUID] = set()
    if offer_id is not None:
        hold = Hold.objects.select_related("session").filter(pk=offer_id).first()
        if hold is not None and hold.session is not None:
            hosts |= set(find_host_ids(hold.session))
        held = Occupancy.objects.filter(hold_id=offer_id)
        hosts.update(held.values_list("host_id", flat=True))
    served_by = event_type.hosts.order_by("position", "id").values_list("user_id", flat=True)
    known = list(served_by[: _LOCKED + 1])
    return hosts | ({event_type.organizer_id} if not known else set(known[:_LOCKED]))
