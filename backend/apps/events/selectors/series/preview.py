"""What somebody would book: every occurrence of a series, free or with what is in its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from apps.availability.public import rule_of_occurrences
from apps.events.selectors.offers import Offer
from apps.events.selectors.series.judging import Judged, judge_starts
from apps.events.selectors.series.rules import list_occurrences, series_rule_of
from apps.events.selectors.slots import chosen_duration


@dataclass(frozen=True, slots=True)
class Preview:
    """The occurrences in order; the first has position 1.

    `rule` is the RRULE that yields them from the chosen start by the clock of `timezone`; empty
    where none does.
    """

    rule: str
    timezone: str
    duration: int
    occurrences: list[Judged]


def preview_series(
    offer: Offer,
    *,
    start: datetime,
    now: datetime,
    duration: int | None = None,
    own_hold: UUID | None = None,
) -> Preview:
    """The series that begins at `start`. Those before an occurrence count as booked, if free.

    Raises `ValidationFailed` for an event type that does not repeat and for a duration in minutes
    that it does not have.
    """
    minutes = chosen_duration(offer.event_type, duration)
    rule = series_rule_of(offer)
    occurrences = list_occurrences(offer, start=start, now=now)
    judged = judge_starts(
        offer, [one.start for one in occurrences], now=now, duration=minutes, own_hold=own_hold
    )
    return Preview(rule_of_occurrences(rule, occurrences), rule.timezone, minutes, judged)
