"""Change a travel."""

from __future__ import annotations

from datetime import date
from typing import TypedDict
from uuid import UUID

from django.db import transaction

from apps.availability.models import Travel
from apps.availability.selectors import get_travel
from apps.availability.services.travels.rules import check_travel
from apps.common.etags import require_match
from apps.users.public import bump_availability_version


class TravelChanges(TypedDict, total=False):
    """What may be changed."""

    start_date: date
    end_date: date
    timezone: str
    note: str


@transaction.atomic
def update_travel(
    *, user_id: UUID, travel_id: UUID, changes: TravelChanges, if_match: str | None = None
) -> Travel:
    """Apply `changes` to the user's travel.

    Raises `NotFound`, `EtagMismatch`, `ValidationFailed` or `InvalidTimezone`.
    """
    bump_availability_version(user_ids=[user_id])
    travel = get_travel(user_id=user_id, travel_id=travel_id)
    require_match(travel.etag, if_match)
    for name, value in changes.items():
        setattr(travel, name, value)
    travel.note = travel.note.strip()
    check_travel(travel)
    travel.save(force_update=True)
    return travel
