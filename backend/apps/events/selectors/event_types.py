"""Reads of event types for their organizer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.common.errors import NotFound
from apps.common.time import get_zone
from apps.events.models import Booking, EventType
from apps.events.models.booking import IS_BOOKED, LIVE
from apps.events.selectors.hosts import with_hosts


def list_event_types(
    *, organizer_id: UUID, is_active: bool | None = None, search: str = ""
) -> QuerySet[EventType]:
    """The organizer's event types, archived ones left out, with their organizer and hosts."""
    event_types = EventType.objects.filter(organizer_id=organizer_id, archived_at__isnull=True)
    if is_active is not None:
        event_types = event_types.filter(is_active=is_active)
    if search:
        event_types = event_types.filter(
            Q(name__icontains=search)
            | Q(description__icontains=search)
            | Q(event_type_slug__icontains=search)
        )
    return event_types.select_related("organizer").prefetch_related(with_hosts(), "questions")


def get_event_type(*, organizer_id: UUID, event_type_id: UUID) -> EventType:
    """The organizer's event type. Raises `NotFound`, also for those of others and archived ones."""
    event_type = list_event_types(organizer_id=organizer_id).filter(id=event_type_id).first()
    if event_type is None:
        raise NotFound("You have no event type with this id.")
    return event_type


def list_taken_names(*, organizer_id: UUID, but: UUID) -> list[tuple[str, str]]:
    """(name, slug) of the organizer's event types, except the one with the id `but`."""
    others = EventType.objects.filter(organizer_id=organizer_id, archived_at__isnull=True)
    return list(others.exclude(id=but).values_list("name", "event_type_slug"))


def list_own_workflows(*, organizer_id: UUID, workflow_ids: Collection[UUID]) -> set[UUID]:
    """Those of `workflow_ids` that are the organizer's."""
    workflow = EventType._meta.get_field("confirmation_workflow").related_model
    own = workflow._default_manager.filter(user_id=organizer_id, id__in=workflow_ids)
    return set(own.values_list("id", flat=True))


def count_bookings_by_day(
    event_types: Collection[EventType], *, timezone: str, now: datetime, days: int = 7
) -> dict[UUID, list[int]]:
    """Live bookings of each event type on each of `days` local dates of `timezone`, today first.

    One query for any number of event types.
    """
    zone = get_zone(timezone)
    today = now.astimezone(zone).date()
    midnight = datetime.combine(today, time(), zone)
    # A day more than asked: a date may be 25 hours long. What is too late is dropped below.
    starts = Booking.objects.filter(
        IS_BOOKED,
        event_type__in=event_types,
        status__in=LIVE,
        start_time__gte=midnight,
        start_time__lt=midnight + timedelta(days=days + 1),
    ).values_list("event_type_id", "start_time")
    counts = {event_type.id: [0] * days for event_type in event_types}
    for event_type_id, start in starts:
        day = (start.astimezone(zone).date() - today).days
        if 0 <= day < days:
            counts[event_type_id][day] += 1
    return counts
