"""What the public pages show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection

from apps.common.errors import NotFound
from apps.common.shelf import Kept, Shelf
from apps.events.models import EventType
from apps.users.public import find_organizer_version

_KEPT = 500


@dataclass(frozen=True, slots=True)
class OrganizerPage:
    """An organizer and their listed event types, by name. Read only: shared."""

    organizer: Any
    event_types: tuple[EventType, ...]


_shelf: Shelf[OrganizerPage] = Shelf("organizer_pages", size=_KEPT)


def get_organizer_page(*, organizer_slug: str) -> tuple[Any, list[EventType]]:
    """The organizer and their listed event types, by name: one query, three after a change.

    Raises `NotFound`. Private, inactive and archived event types are not listed.
    """
    page = ask_organizer_page(organizer_slug=organizer_slug).value
    return page.organizer, list(page.event_types)


def ask_organizer_page(*, organizer_slug: str) -> Kept[OrganizerPage]:
    """As `get_organizer_page`, and whether nothing of it had to be read.

    A page is kept as long as the organizer's availability version stands: the database raises it
    whenever the profile or an event type changes.
    """
    state = find_organizer_version(organizer_slug)
    if state is None:
        raise NotFound("There is nothing to book at this address.")
    kept = _shelf.find(organizer_slug)
    if kept is not None and _version_of(kept.organizer) == (state.organizer_id, state.own):
        return _shelf.hit(kept)
    # The organizer, and with them the version, is read first: the rest can only be newer.
    organizer = get_user_model().objects.filter(pk=state.organizer_id, is_active=True).first()
    if organizer is None:
        raise NotFound("There is nothing to book at this address.")
    event_types = EventType.objects.filter(
        organizer=organizer, is_active=True, is_private=False, archived_at__isnull=True
    ).order_by("name")
    page = OrganizerPage(organizer, tuple(event_types))
    for event_type in page.event_types:
        event_type.organizer = organizer
    # Inside a transaction that changed something, a number may be rolled back and given again.
    if not connection.in_atomic_block:
        _shelf.keep(organizer_slug, page)
    return _shelf.miss(page)


def _version_of(organizer: Any) -> tuple[Any, int]:
    return organizer.pk, organizer.availability_version
