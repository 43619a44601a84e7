"""What the public pages show."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model

from apps.common.errors import NotFound
from apps.events.models import EventType


def get_organizer_page(*, organizer_slug: str) -> tuple[Any, list[EventType]]:
    """The organizer and their listed event types, by name.

    Raises `NotFound`. Private, inactive and archived event types are not listed.
    """
    organizer = get_user_model().objects.filter(slug=organizer_slug, is_active=True).first()
    if organizer is None:
        raise NotFound("There is nothing to book at this address.")
    event_types = list(
        EventType.objects.filter(
            organizer=organizer, is_active=True, is_private=False, archived_at__isnull=True
        )
        .select_related("organizer")
        .order_by("name")
    )
    return organizer, event_types
