"""The client at the other end of a request, as audit rows name it."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest

from apps.common.rate_limits import client_ip
from apps.events.actors import Actor
from apps.events.models import Booking
from apps.events.models.audit import ActorType


def holder_of(request: HttpRequest, booking: Booking) -> Actor:
    """Whoever came by the link that shows `booking`: its invitee, or an attendee of a session."""
    kind = ActorType.ATTENDEE if booking.attendee else ActorType.INVITEE
    return replace(
        invitee(request, name=booking.invitee_name, email=booking.invitee_email), type=kind
    )


def invitee(request: HttpRequest, *, name: str, email: str) -> Actor:
    """The invitee at the other end of `request`."""
    return Actor(
        ActorType.INVITEE, name, email, client_ip(request), request.headers.get("User-Agent", "")
    )
