"""Whether a time is one to wait for: taken now, and one that could be booked if it were not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from apps.availability.public import Reason, SlotQuery, compute_slots
from apps.common.errors import DomainError, InvalidState, ValidationFailed
from apps.common.time import format_instant
from apps.events.errors import OutsideHours, TooSoon, refusal
from apps.events.selectors.offers import Offer
from apps.events.selectors.slots import judge_start, load_query
from apps.events.services.waiting.terms import last_claim

LONGEST_SPAN = timedelta(days=31)
# What may change while somebody waits; the other reasons stay.
_PASSING = frozenset({"booked", "buffer", "calendar_busy", "held", "limit_reached", "full"})


def refuse_unwaitable(
    offer: Offer, *, start: datetime, end: datetime | None, now: datetime
) -> None:
    """Raise what stands against waiting for `start`, or for any start in `[start, end)`.

    `InvalidState` where there is no waitlist and where the time is free right now,
    `ValidationFailed` for a span that is none, and the refusals of `apps.events.errors`.
    """
    if not offer.event_type.enable_waitlist:
        raise InvalidState("There is no waitlist for this. Choose another time.")
    if end is None:
        _refuse_start(offer, start, now=now)
    else:
        _refuse_span(offer, start, end, now=now)


def last_moment(offer: Offer, *, start: datetime, end: datetime | None) -> datetime:
    """Until when waiting makes sense: then nothing of it can be booked any more."""
    return last_claim(offer.event_type, end or start)


def _free(starts: list[datetime]) -> DomainError:
    return InvalidState(
        "This time is free right now. Book it.",
        extra={"alternatives": [format_instant(start) for start in starts[:5]]},
    )


def _refuse_start(offer: Offer, start: datetime, *, now: datetime) -> None:
    verdict = judge_start(offer, start=start, now=now, duration=offer.event_type.duration)
    if verdict.is_offered:
        raise _free([start])
    lasting = [reason for reason in verdict.reasons if reason.code not in _PASSING]
    if lasting:
        raise refusal(_soonest_first(lasting, start, now), [])


def _soonest_first(reasons: list[Reason], start: datetime, now: datetime) -> list[Reason]:
    """A past time is refused for being past, whatever else stands against it."""
    if start >= now:
        return reasons
    return sorted(reasons, key=lambda reason: reason.code != "too_soon")


def _refuse_span(offer: Offer, start: datetime, end: datetime, *, now: datetime) -> None:
    if end <= start:
        raise ValidationFailed.of(
            "/desired_end_time", "invalid", "Choose an end that is after the start."
        )
    if end - start > LONGEST_SPAN:
        raise ValidationFailed.of(
            "/desired_end_time", "too_long", "Wait for 31 days at most; choose a nearer end."
        )
    if last_moment(offer, start=start, end=end) <= now:
        raise TooSoon("That time is past or too soon. Choose a later one.")
    minutes = offer.event_type.duration
    query = load_query(offer, start=max(start, now), end=end, now=now, duration=minutes)
    free = [slot.start for slot in compute_slots(query)]
    if free:
        raise _free(free)
    if not compute_slots(_as_if_empty(query)):
        raise OutsideHours(
            "Nothing starts in that time, whoever has booked. Choose another day.",
            extra={"reasons": ["outside_hours"], "alternatives": []},
        )


def _as_if_empty(query: SlotQuery) -> SlotQuery:
    """The same question with nothing taken and nothing counted."""
    hosts = tuple(replace(host, bookings=(), busy=(), holds=()) for host in query.hosts)
    rules = replace(query.event_type, limits=())
    return replace(
        query,
        event_type=rules,
        hosts=hosts,
        counted=(),
        organizer_limits=(),
        organizer_bookings=(),
    )
