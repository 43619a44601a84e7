"""Facts that stop a booking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apps.availability.public import Reason
from apps.common.errors import DomainError
from apps.common.time import format_instant

# What is true now but need not stay so: somebody or something else has the time.
TAKEN = frozenset({"booked", "buffer", "calendar_busy", "held"})


class SlotTaken(DomainError):
    """The time is not free any more."""

    code = "slot_taken"


class OutsideHours(DomainError):
    """Outside the host's open hours."""

    code = "outside_hours"


class TooSoon(DomainError):
    """Nearer than the minimum notice, or past."""

    code = "too_soon"


class TooFar(DomainError):
    """Beyond the scheduling horizon or the date range."""

    code = "too_far"


class LimitReached(DomainError):
    """No more bookings are taken for that period."""

    code = "limit_reached"


class OffGrid(DomainError):
    """No slot starts at that instant."""

    code = "off_grid"


class Full(DomainError):
    """Not enough seats are left."""

    code = "full"


class HoldExpired(DomainError):
    """A visitor's hold has lapsed, and the time is not free any more."""

    code = "hold_expired"

    @classmethod
    def instead_of(cls, refused: DomainError) -> HoldExpired:
        """What the holder is told for `refused`, with the same reasons and alternatives."""
        return cls(
            "The time was held for you, but the hold lapsed and somebody else took it. "
            "Choose one of the alternatives.",
            extra=refused.extra,
        )


class OfferExpired(DomainError):
    """An offer to somebody who waits is over."""

    code = "offer_expired"


_BY_CODE: dict[str, type[DomainError]] = {
    kind.code: kind for kind in (OutsideHours, TooSoon, TooFar, LimitReached, OffGrid, Full)
}


def refusal(reasons: Sequence[Reason], alternatives: Sequence[datetime]) -> DomainError:
    """The error for a start that is not offered: the engine's first reason names it.

    All codes are told in `reasons`; ids of other people's bookings are not. `alternatives` are
    the nearest starts that are free.
    """
    codes = list(dict.fromkeys(reason.code for reason in reasons))
    first = codes[0] if codes else "booked"
    kind = SlotTaken if first in TAKEN else _BY_CODE[first]
    return kind(
        _DETAILS.get(kind.code, ""),
        extra={
            "reasons": codes or ["booked"],
            "alternatives": [format_instant(start) for start in alternatives],
        },
    )


_DETAILS = {
    "slot_taken": "That time was just taken. Choose one of the alternatives.",
    "outside_hours": "That time is outside the open hours. Choose a listed slot.",
    "too_soon": "That time is past or too soon. Choose a later slot.",
    "too_far": "That time is further ahead than bookings are taken. Choose an earlier slot.",
    "limit_reached": "No more bookings are taken for that date. Choose another one.",
    "off_grid": "No slot starts at that time. Choose a listed slot.",
    "full": "Not enough seats are left. Choose another slot.",
}
