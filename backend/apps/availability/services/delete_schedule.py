"""Delete a schedule."""

from __future__ import annotations

from uuid import UUID

from apps.availability.selectors import get_schedule
from apps.common.errors import Conflict
from apps.common.etags import make_etag, require_match
from apps.common.transactions import in_transaction
from apps.users.public import bump_availability_version


def delete_schedule(*, user_id: UUID, schedule_id: UUID, if_match: str | None = None) -> None:
    """Delete a schedule that is not the default; event types that used it follow the default.

    The last schedule is always the default, so a user always keeps one.
    Raises `NotFound`, `EtagMismatch` or `Conflict`.
    """

    def write() -> None:
        bump_availability_version(user_ids=[user_id])
        schedule = get_schedule(user_id=user_id, schedule_id=schedule_id)
        require_match(make_etag(schedule.id, schedule.updated_at), if_match)
        if schedule.is_default:
            raise Conflict(
                f'"{schedule.name}" is your default schedule. Make another one the default, '
                "then delete this one."
            )
        schedule.delete()

    # Event types of others that named it raise the versions of their organizers, whose rows were
    # not locked: that may end in a deadlock with their own changes, and is repeated then.
    in_transaction(write)
