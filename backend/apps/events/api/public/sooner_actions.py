"""What an invitee's page does about earlier times: ask, withdraw, take, decline."""

from __future__ import annotations

from typing import Any

from apps.events.api.public.sooner_schemas import (
    AskSoonerIn,
    DeclineSoonerIn,
    TakeSoonerIn,
    WithdrawSoonerIn,
)
from apps.events.models import Booking
from apps.events.services.waiting.sooner import (
    Wishes,
    ask_sooner,
    decline_sooner,
    take_sooner,
    withdraw_sooner,
)

SHAPES = (AskSoonerIn, WithdrawSoonerIn, TakeSoonerIn, DeclineSoonerIn)


def carry_out(
    payload: AskSoonerIn | WithdrawSoonerIn | TakeSoonerIn | DeclineSoonerIn,
    booking: Booking,
    **common: Any,
) -> Booking:
    """The booking afterwards."""
    if isinstance(payload, AskSoonerIn):
        wishes = Wishes(
            timezone=payload.timezone or booking.invitee_timezone,
            weekdays=tuple(payload.weekdays),
            minutes_from=minutes_of(payload.from_),
            minutes_until=minutes_of(payload.until),
            earliest_date=payload.earliest_date,
        )
        return ask_sooner(booking=booking, wishes=wishes, **common)
    if isinstance(payload, TakeSoonerIn):
        return take_sooner(booking=booking, **common)
    change = decline_sooner if isinstance(payload, DeclineSoonerIn) else withdraw_sooner
    return change(booking=booking, **common)


def minutes_of(clock: str) -> int:
    """Minutes since midnight of a wall time such as "09:30"."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
