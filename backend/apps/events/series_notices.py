"""What messages about a whole series say: a snapshot taken in the transaction of the change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from apps.events.actors import Actor
from apps.events.links import dashboard_url, manage_url
from apps.events.models import Booking, BookingSeries, BookingStatus
from apps.events.notices import notice_of, party_of
from apps.events.recurrences import recurrence_wall_of
from apps.notifications.public import SeriesNotice, SeriesOccurrence


def series_notice(
    series: BookingSeries,
    kind: Literal["created", "requested", "rescheduled", "cancelled"],
    *,
    bookings: Sequence[Booking],
    changed: Sequence[Booking],
    now: datetime,
    previous_starts: Mapping[UUID, datetime] | None = None,
    actor: Actor | None = None,
    withdraws: bool = False,
) -> SeriesNotice:
    """The snapshot of all `bookings` of a series, and which of them were `changed`.

    The related rows are loaded, the hosts' too. `previous_starts` are by booking; with `withdraws`
    those were agreed, and are no more.
    """
    former = previous_starts or {}
    touched = {booking.pk for booking in changed}
    users = {user.pk: user for booking in changed for user in booking.hosts}
    first = changed[0]
    told = notice_of(first, kind, now=now, previous_start=former.get(first.pk), actor=actor)
    return SeriesNotice(
        booking=replace(told, withdraws_invitation=withdraws),
        rule=series.rule,
        timezone=series.timezone,
        wall_start=series.wall_start,
        skipped=tuple(series.skipped),
        occurrences=tuple(
            SeriesOccurrence(
                position=booking.recurrence_sequence or 0,
                wall=recurrence_wall_of(series, booking),
                starts_at=booking.start_time,
                ends_at=booking.end_time,
                is_off=not _is_agreed(booking),
                is_changed=booking.pk in touched,
                manage_url=manage_url(booking),
                dashboard_url=dashboard_url(booking),
                hosts=tuple(user.email.casefold() for user in booking.hosts),
                previous_starts_at=former.get(booking.pk),
            )
            for booking in bookings
        ),
        hosts=tuple(party_of(user) for user in users.values()),
    )


def present_series_notice(
    series: BookingSeries, bookings: Sequence[Booking], *, now: datetime
) -> SeriesNotice:
    """The series as it is at `now`: what somebody is given who asks for it again."""
    is_alive = any(map(_is_agreed, bookings))
    latest = max(bookings, key=lambda booking: booking.ical_sequence)
    return series_notice(
        series, "created" if is_alive else "cancelled", bookings=bookings, changed=[latest], now=now
    )


def _is_agreed(booking: Booking) -> bool:
    """What is only asked for is in nobody's calendar."""
    return booking.is_live and booking.status != BookingStatus.PENDING
