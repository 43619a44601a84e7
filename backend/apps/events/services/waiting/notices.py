"""What messages tell somebody who waits: snapshots taken in the transaction of the change."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from apps.events.links import manage_url, waitlist_url
from apps.events.models import SoonerRequest, WaitlistEntry
from apps.events.selectors.waitlist import place_of
from apps.notifications.public import Party, WaitingKind, WaitingNotice


def _party(user: Any) -> Party:
    return Party(user.name, user.email, user.timezone, user.locale)


def notice_of_entry(entry: WaitlistEntry, kind: WaitingKind) -> WaitingNotice:
    """News for somebody on a waitlist; event type and organizer must be loaded."""
    offer = entry.offer
    duration = timedelta(minutes=entry.event_type.duration)
    start, end = entry.desired_start_time, entry.desired_end_time
    if offer is not None:
        start, end = offer.start_time, offer.end_time
    return WaitingNotice(
        kind=kind,
        waiting_id=str(entry.pk),
        number=entry.offers_made,
        event_type_name=entry.event_type.name,
        starts_at=start,
        ends_at=end or start + duration,
        is_span=offer is None and end is not None,
        organizer=_party(entry.organizer),
        invitee=Party(
            entry.invitee_name, entry.invitee_email, entry.invitee_timezone, entry.locale
        ),
        page_url=waitlist_url(entry),
        position=place_of(entry),
        offer_ends_at=entry.offer_ends_at,
    )


def notice_of_request(request: SoonerRequest, kind: WaitingKind) -> WaitingNotice:
    """News for somebody who asked for an earlier time; the booking must be loaded with its people."""
    booking, offer = request.booking, request.offer
    start, end = booking.start_time, booking.end_time
    if offer is not None:
        start, end = offer.start_time, offer.end_time
    return WaitingNotice(
        kind=kind,
        waiting_id=str(request.pk),
        number=request.offers_made,
        event_type_name=booking.event_type.name,
        starts_at=start,
        ends_at=end,
        is_span=False,
        organizer=_party(booking.organizer),
        invitee=Party(
            booking.invitee_name, booking.invitee_email, booking.invitee_timezone, booking.locale
        ),
        page_url=manage_url(booking),
        offer_ends_at=request.offer_ends_at,
        booked_at=booking.start_time,
    )
