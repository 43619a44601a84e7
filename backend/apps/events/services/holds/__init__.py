"""Time and seats kept for somebody for a short while (docs/algorithms/holds.md).

`hold_start`, `release_hold` and `release_expired` run in the caller's transaction, with organizer
and hosts locked; the others are whole calls of their own.
"""

from apps.events.services.holds.end import end_hold, release_lapsed_hold, release_lapsed_holds
from apps.events.services.holds.find import find_hold
from apps.events.services.holds.form import FormHoldRequest, hold_for_form
from apps.events.services.holds.release import (
    release_expired,
    release_hold,
    release_lapsed_seats,
)
from apps.events.services.holds.start import hold_start

__all__ = [
    "FormHoldRequest",
    "end_hold",
    "find_hold",
    "hold_for_form",
    "hold_start",
    "release_expired",
    "release_hold",
    "release_lapsed_hold",
    "release_lapsed_holds",
    "release_lapsed_seats",
]
