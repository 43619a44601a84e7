"""Call a travel off."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.availability.selectors import get_travel
from apps.common.etags import require_match
from apps.users.public import bump_availability_version


@transaction.atomic
def delete_travel(*, user_id: UUID, travel_id: UUID, if_match: str | None = None) -> None:
    """Delete the user's travel; its dates are read at home again. Raises `NotFound`, `EtagMismatch`."""
    bump_availability_version(user_ids=[user_id])
    travel = get_travel(user_id=user_id, travel_id=travel_id)
    require_match(travel.etag, if_match)
    travel.delete()
