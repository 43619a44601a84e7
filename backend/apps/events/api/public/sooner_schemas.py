"""Shapes of asking for an earlier time on a booking's own link."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from apps.common.api.schema import Schema
from apps.common.api.types import Day, Instant

Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")]
"""A wall time such as "09:30"; "24:00" is the end of the day."""


class OfferOut(Schema):
    """A time that is kept until `expires_at`."""

    start: Instant
    end: Instant
    expires_at: Instant


class SoonerOut(Schema):
    """Which earlier starts are asked for, by the clock of `timezone`, and what is offered."""

    weekdays: list[int] = Field(description="ISO weekdays, Monday is 1; none means all")
    from_: str = Field(alias="from")
    until: str
    earliest_date: str | None
    timezone: str
    offer: OfferOut | None


class AskSoonerIn(Schema):
    """Ask to be offered earlier times, or change which; left out means any."""

    action: Literal["ask_sooner"]
    weekdays: list[Annotated[int, Field(ge=1, le=7)]] = Field(default_factory=list, max_length=7)
    from_: Clock = Field("00:00", alias="from")
    until: Clock = "24:00"
    earliest_date: Day | None = None
    timezone: str | None = Field(
        None, max_length=64, description="Whose clock; yours on the booking if left out."
    )


class WithdrawSoonerIn(Schema):
    """Ask no more."""

    action: Literal["withdraw_sooner"]


class TakeSoonerIn(Schema):
    """Move to the time that is offered."""

    action: Literal["take_sooner"]


class DeclineSoonerIn(Schema):
    """Let the offered time go to the next, and go on asking."""

    action: Literal["decline_sooner"]
