"""What must hold for a travel."""

from __future__ import annotations

from uuid import UUID

from apps.availability.models import Travel
from apps.availability.selectors import find_overlapping_travel
from apps.availability.services.spans import check_room, find_date_problems, find_note_problems
from apps.common.errors import FieldError, InvalidTimezone, ValidationFailed
from apps.common.time import get_zone


def check_travel(travel: Travel) -> None:
    """Raises `ValidationFailed` with every problem, or `InvalidTimezone` if that is the only one.

    Call it under the lock that `bump_availability_version` takes: a date is spent in one zone, so
    travels of one user must not overlap.
    """
    problems = find_date_problems(travel.start_date, travel.end_date)
    if not problems:
        problems = _find_overlaps(travel)
    problems += find_note_problems(travel.note)
    try:
        get_zone(travel.timezone)
    except InvalidTimezone as unknown_zone:
        if not problems:
            raise
        problems += unknown_zone.errors
    if problems:
        raise ValidationFailed(problems[0].detail, errors=problems)


def check_room_for_travel(user_id: UUID) -> None:
    """Raises `ValidationFailed` when the user has as many as can be kept."""
    check_room(Travel.objects.filter(user_id=user_id).count(), "travels")


def _find_overlaps(travel: Travel) -> list[FieldError]:
    other = find_overlapping_travel(travel)
    if other is None:
        return []
    cure = (
        f"You are in {other.timezone} from {other.start_date} to {other.end_date}: "
        "choose other dates, or change that travel first."
    )
    begins_inside = other.start_date <= travel.start_date
    return [FieldError("/start_date" if begins_inside else "/end_date", "overlap", cure)]
