"""Holds, by their key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from apps.common.errors import NotFound
from apps.events.errors import HoldExpired
from apps.events.models import Hold


@dataclass(frozen=True, slots=True)
class OwnHold:
    """A live hold of whoever asks, and whose time it takes."""

    hold: Hold
    host_ids: tuple[UUID, ...]
    """Empty for seats of a session, but of the hold that takes an empty session's time."""
    span: tuple[datetime, datetime] | None
    """What it takes of their time, buffers included."""


def find_hold(token: UUID, now: datetime) -> Hold:
    """The hold with that key. Raises `NotFound`, and `HoldExpired` once it has lapsed."""
    hold = Hold.objects.filter(token=token).first()
    if hold is None:
        raise NotFound("There is no such hold.")
    if hold.expires_at <= now:
        raise HoldExpired("This hold has lapsed.")
    return hold


def find_own_hold(token: UUID | None, *, event_type_id: UUID, now: datetime) -> OwnHold | None:
    """The live hold of that event type with that key; None for any other key (one query)."""
    if token is None:
        return None
    rows = list(
        Hold.objects.filter(token=token, event_type_id=event_type_id, expires_at__gt=now)
        .order_by("occupancies__id")
        .annotate(
            host_id=F("occupancies__host_id"),
            starts_at=F("occupancies__starts_at"),
            ends_at=F("occupancies__ends_at"),
        )
    )
    if not rows:
        return None
    first = rows[0]
    host_ids = tuple(row.host_id for row in rows if row.host_id is not None)
    return OwnHold(first, host_ids, (first.starts_at, first.ends_at) if host_ids else None)
