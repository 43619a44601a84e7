"""Reads of travels."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from apps.availability.models import Travel
from apps.common.errors import NotFound


def get_travel(*, user_id: UUID, travel_id: UUID) -> Travel:
    """The user's travel. Raises `NotFound`, also for those of others."""
    travel = Travel.objects.filter(user_id=user_id, id=travel_id).first()
    if travel is None:
        raise NotFound("You have no travel with this id.")
    return travel


def list_travels(user_id: UUID) -> QuerySet[Travel]:
    """The user's travels; the API pages through them."""
    return Travel.objects.filter(user_id=user_id)


def find_overlapping_travel(travel: Travel) -> Travel | None:
    """The first other travel of the same user that shares a date with `travel`, if there is one."""
    others = Travel.objects.filter(
        user_id=travel.user_id,
        start_date__lte=travel.end_date,
        end_date__gte=travel.start_date,
    )
    return others.exclude(id=travel.id).order_by("start_date").first()
