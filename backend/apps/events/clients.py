"""The client at the other end of a request, as audit rows name it."""

from __future__ import annotations

from django.http import HttpRequest

from apps.common.rate_limits import client_ip
from apps.events.actors import Actor
from apps.events.models.audit import ActorType


def invitee(request: HttpRequest, *, name: str, email: str) -> Actor:
    """The invitee at the other end of `request`."""
    return Actor(
        ActorType.INVITEE, name, email, client_ip(request), request.headers.get("User-Agent", "")
    )
