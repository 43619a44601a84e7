"""Change a time off."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict
from uuid import UUID

from django.db import transaction

from apps.availability.models import OutOfOffice
from apps.availability.selectors import get_time_off
from apps.availability.services.times_off.rules import check_time_off
from apps.common.etags import require_match
from apps.users.public import bump_availability_version

_DATES = ("start_date", "end_date")
_INSTANTS = ("starts_at", "ends_at")


class TimeOffChanges(TypedDict, total=False):
    """What may be changed. Giving dates takes instants away, and the other way round."""

    start_date: date | None
    end_date: date | None
    starts_at: datetime | None
    ends_at: datetime | None
    note: str


@transaction.atomic
def update_time_off(
    *, user_id: UUID, time_off_id: UUID, changes: TimeOffChanges, if_match: str | None = None
) -> OutOfOffice:
    """Apply `changes` to the user's time off. Raises `NotFound`, `EtagMismatch`, `ValidationFailed`."""
    bump_availability_version(user_ids=[user_id])
    time_off = get_time_off(user_id=user_id, time_off_id=time_off_id)
    require_match(time_off.etag, if_match)
    given = {name for name, value in changes.items() if value is not None}
    for pair, other in ((_DATES, _INSTANTS), (_INSTANTS, _DATES)):
        if given.intersection(pair):
            for name in other:
                setattr(time_off, name, None)
    for name, value in changes.items():
        setattr(time_off, name, value)
    time_off.note = time_off.note.strip()
    check_time_off(time_off)
    time_off.save(force_update=True)
    return time_off
