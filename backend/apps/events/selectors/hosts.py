"""Reads of who serves an event type."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from apps.common.errors import NotFound
from apps.events.models import EventType, EventTypeHost

_NEEDED = ("event_type", "user__name", "position", "required", "weight", "priority", "schedule")


def organizer_alone(event_type: EventType) -> EventTypeHost:
    """The host, not stored, of an event type that has no rows of hosts: in round robin, in turn."""
    return EventTypeHost(event_type=event_type, user_id=event_type.organizer_id)


def list_hosts(event_type: EventType) -> list[EventTypeHost]:
    """The effective hosts in their order: the stored ones, else the organizer alone."""
    return list(event_type.hosts.all()) or [organizer_alone(event_type)]


def with_hosts() -> Prefetch[str]:
    """What a query of event types needs for `list_hosts` and their names: one query more."""
    rows = EventTypeHost.objects.select_related("user").only(*_NEEDED)
    return Prefetch("hosts", queryset=rows)


def list_hosting(user_id: UUID) -> QuerySet[EventTypeHost]:
    """The user's part in event types of others, archived ones left out, with their organizers."""
    return (
        EventTypeHost.objects.filter(user_id=user_id, event_type__archived_at__isnull=True)
        .exclude(event_type__organizer_id=user_id)
        .select_related("event_type__organizer")
    )


def get_hosting(*, user_id: UUID, event_type_id: UUID) -> EventTypeHost:
    """The user's part in an event type of somebody else. Raises `NotFound`."""
    row = list_hosting(user_id).filter(event_type_id=event_type_id).first()
    if row is None:
        raise NotFound("You serve no event type of somebody else with this id.")
    return row
