"""Give a time off up."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.availability.selectors import get_time_off
from apps.common.etags import require_match
from apps.users.public import bump_availability_version


@transaction.atomic
def delete_time_off(*, user_id: UUID, time_off_id: UUID, if_match: str | None = None) -> None:
    """Delete the user's time off; its hours open again. Raises `NotFound` or `EtagMismatch`."""
    bump_availability_version(user_ids=[user_id])
    time_off = get_time_off(user_id=user_id, time_off_id=time_off_id)
    require_match(time_off.etag, if_match)
    time_off.delete()
