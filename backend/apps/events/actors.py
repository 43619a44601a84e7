"""Who acts on a booking."""

from __future__ import annotations

from dataclasses import dataclass

from apps.events.models.audit import ActorType


@dataclass(frozen=True, slots=True)
class Actor:
    """Goes into the audit row; address and user agent are the client's, where there is one."""

    type: ActorType
    name: str = ""
    email: str = ""
    ip_address: str | None = None
    user_agent: str = ""

    @property
    def came_by_link(self) -> bool:
        """Whether the organizer's rules for changes bind them: they came by the token page."""
        return self.type in {ActorType.INVITEE, ActorType.ATTENDEE}


SYSTEM = Actor(ActorType.SYSTEM)
