"""A series that cannot be had as asked: which of its starts, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apps.common.errors import DomainError
from apps.common.time import format_instant
from apps.events.errors import refusal
from apps.events.selectors.offers import Offer
from apps.events.selectors.series.judging import Judged
from apps.events.selectors.slots import find_alternatives


class SeriesNotOffered(Exception):
    """Some starts are not free; alternatives are looked for after the locks are gone."""

    def __init__(self, offer: Offer, judged: Sequence[Judged]) -> None:
        super().__init__("not offered")
        self.offer = offer
        self.judged = judged


def series_refusal(refused: SeriesNotOffered, *, now: datetime, duration: int) -> DomainError:
    """The error of the first start that is refused, with all of them in `occurrences`.

    The alternatives are the free starts nearest to the first one (a query).
    """
    taken = [one for one in refused.judged if not one.is_offered]
    first = taken[0]
    nearest = find_alternatives(refused.offer, near=first.start, now=now, duration=duration)
    error = refusal(first.reasons, nearest)
    error.extra["occurrences"] = [
        {
            "start": format_instant(one.start),
            "end": format_instant(one.end),
            "reasons": one.codes or ["booked"],
        }
        for one in taken
    ]
    error.detail = (
        f"{len(taken)} of {len(refused.judged)} starts are not free, so nothing was changed. "
        "Leave them out, or choose other times."
    )
    return error
