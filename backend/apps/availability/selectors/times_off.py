"""Reads of times off."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import DateField, Q, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate

from apps.availability.models import OutOfOffice
from apps.common.errors import NotFound


def get_time_off(*, user_id: UUID, time_off_id: UUID) -> OutOfOffice:
    """The user's time off. Raises `NotFound`, also for those of others."""
    time_off = OutOfOffice.objects.filter(user_id=user_id, id=time_off_id).first()
    if time_off is None:
        raise NotFound("You have no time off with this id.")
    return time_off


def list_times_off(
    *, user_id: UUID, zone: ZoneInfo, ends_after: datetime | None = None
) -> QuerySet[OutOfOffice]:
    """The user's times off, to be ordered by `first_date` and, within a date, `first_instant`.

    `ends_after` leaves out what is over then; dates end in `zone`, the user's own. For the order
    alone instants count as UTC dates: PostgreSQL may not know each zone that we know.
    """
    times_off = OutOfOffice.objects.filter(user_id=user_id)
    if ends_after:
        times_off = times_off.filter(
            Q(ends_at__gt=ends_after) | Q(end_date__gte=ends_after.astimezone(zone).date())
        )
    return times_off.annotate(
        first_date=Coalesce(
            "start_date", TruncDate("starts_at", tzinfo=UTC), output_field=DateField()
        ),
        # Whole days come before what begins later on the same date.
        first_instant=Coalesce("starts_at", Value(datetime(1970, 1, 1, tzinfo=UTC))),
    )
