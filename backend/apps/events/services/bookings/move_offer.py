"""What a booking is judged by when its time changes: its event type, served by its own hosts."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from apps.events.models import Booking, EventType
from apps.events.selectors.offers import Offer, load_offer_served_by


def read_offer_of(booking: Booking) -> Offer:
    """The event type as it is now, served by the booking's hosts alone."""
    return _read(booking.event_type_id, [host.pk for host in booking.hosts])


def offer_as_locked(offer: Offer, current: Booking) -> Offer:
    """The offer as it stands under the lock: read anew only if somebody has changed something."""
    hosts = current.hosts
    host_ids = tuple(host.pk for host in hosts)
    versions = {user.pk: user.availability_version for user in (current.organizer, *hosts)}
    if offer.host_ids == host_ids and offer.stands_under(versions):
        return offer
    return _read(current.event_type_id, host_ids)


def _read(event_type_id: UUID, host_ids: Sequence[UUID]) -> Offer:
    event_types = EventType.objects.select_related("organizer", "schedule")
    return load_offer_served_by(event_types.get(pk=event_type_id), host_ids)
