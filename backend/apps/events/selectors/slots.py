"""One snapshot for the slot engine: an offer, and in one query what takes its hosts' time.

With the offer (`apps.events.selectors.offers`) that makes at most three queries for any number
of bookings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from apps.availability.public import (
    Booking,
    Busy,
    DateRange,
    EventTypeRules,
    Host,
    Limit,
    Reason,
    RollingDays,
    Schedule,
    Slot,
    SlotQuery,
    compute_slots,
    explain,
    needed_span,
)
from apps.common.errors import ValidationFailed
from apps.events.models import Booking as BookingRow
from apps.events.models import EventType
from apps.events.selectors.named_bookings import with_names
from apps.events.selectors.occupied import get_occupied
from apps.events.selectors.offers import (
    Offer,
    OfferHost,
    find_host_ids,
    load_joinable_offer,
    load_offer,
    load_offer_served_by,
)


def chosen_duration(event_type: EventType, duration: int | None) -> int:
    """Minutes; raises `ValidationFailed` for a duration the event type does not offer."""
    allowed = event_type.allowed_durations()
    if duration is None:
        return allowed[0]
    if duration not in allowed:
        listed = ", ".join(str(minutes) for minutes in allowed)
        raise ValidationFailed.of("/duration", "not_offered", f"Choose one of: {listed} minutes.")
    return duration


def refuse_too_many_seats(event_type: EventType, seats: int) -> None:
    """Raises `ValidationFailed` for more seats than a session of the event type ever has."""
    most = event_type.max_attendees
    if seats > most:
        cure = f"Ask for {most} seats at most." if most > 1 else "Ask for one: a slot takes one."
        raise ValidationFailed.of("/attendee_count", "too_many", cure)


def _read_limits(entries: Iterable[Mapping[str, Any]], name: str) -> tuple[Limit, ...]:
    """`[{"per": "week", "max": 3}, {"per": "total_minutes_per_day", "max": 240}]`."""
    limits = []
    for number, entry in enumerate(entries):
        period = str(entry["per"]).removeprefix("total_minutes_per_")
        minutes = period != entry["per"]
        limits.append(Limit(period, entry["max"], minutes, f"{name}/{number}"))  # type: ignore[arg-type]
    return tuple(limits)


def _limits(event_type: EventType) -> tuple[Limit, ...]:
    limits = _read_limits(event_type.limits, "limits")
    if event_type.max_bookings_per_day:
        limits += (Limit("day", event_type.max_bookings_per_day, id="max_bookings_per_day"),)
    return limits


def rules_of(
    offer: Offer, *, duration: int, seats: int = 1, include_full: bool = False
) -> EventTypeRules:
    """What the engine asks of a start of `duration` minutes, for so many `seats`.

    Full sessions are listed, when asked for, only where there is a waitlist to join.
    """
    event_type = offer.event_type
    organizer = event_type.organizer
    step = event_type.slot_interval_minutes or organizer.default_slot_interval or None
    has_range = event_type.date_range_start or event_type.date_range_end
    rolling = event_type.rolling_days
    return EventTypeRules(
        id=str(event_type.id),
        duration=duration,
        timezone=event_type.schedule.timezone if event_type.schedule else organizer.timezone,
        step=step,
        alignment=event_type.slot_alignment,  # type: ignore[arg-type]
        buffer_before=event_type.buffer_time_before,
        buffer_after=event_type.buffer_time_after,
        min_notice=event_type.min_scheduling_notice,
        max_horizon=event_type.max_scheduling_horizon or None,
        date_range=(
            DateRange(event_type.date_range_start, event_type.date_range_end) if has_range else None
        ),
        rolling_days=(
            RollingDays(rolling, event_type.rolling_days_kind) if rolling else None  # type: ignore[arg-type]
        ),
        limits=_limits(event_type),
        kind=offer.kind.value,  # type: ignore[arg-type]
        capacity=offer.capacity,
        attendee_count=seats,
        include_full=include_full and event_type.enable_waitlist,
    )


def load_query(
    offer: Offer,
    *,
    start: datetime,
    end: datetime,
    now: datetime,
    duration: int,
    moving: UUID | None = None,
    own_hold: UUID | None = None,
    seats: int = 1,
    include_full: bool = False,
) -> SlotQuery:
    """The engine's question for the starts in `[start, end)`, `duration` in minutes.

    One query. `moving` is a booking that counts as free because it is being moved, `own_hold` a
    hold (its id) that does because it is the asker's.
    """
    rules = rules_of(offer, duration=duration, seats=seats, include_full=include_full)
    event_type = offer.event_type
    organizer = event_type.organizer
    organizer_limits = _read_limits(organizer.booking_limits, "booking_limits")
    span_start, span_end = needed_span(rules, start, end, organizer_limits, now=now)
    occupied = get_occupied(
        offer.host_ids,
        start=span_start,
        end=span_end,
        now=now,
        moving=moving,
        own_hold=own_hold,
        sessions_of=event_type.pk if offer.capacity > 1 else None,
        seats=offer.capacity,
        event_type=event_type.pk if rules.limits else None,
        organizer=organizer.pk if organizer_limits else None,
    )
    taken = zip(offer.hosts, occupied.by_host, occupied.sessions, strict=True)
    first, last = span_start.date(), span_end.date()
    hosts = [
        _host(host, host.hours.schedules(first, last), busy, sessions)
        for host, busy, sessions in taken
    ]
    return SlotQuery(
        now=now,
        window_start=start,
        window_end=end,
        event_type=rules,
        hosts=tuple(hosts),
        counted=occupied.of_event_type,
        organizer_limits=organizer_limits,
        organizer_bookings=occupied.of_organizer,
    )


def _host(
    host: OfferHost,
    schedules: tuple[Schedule, ...],
    busy: Sequence[Busy],
    sessions: Sequence[Booking],
) -> Host:
    return Host(
        str(host.id),
        schedules,
        tuple(sessions),
        busy,
        required=host.required,
        weight=host.weight,
        priority=host.priority,
    )


def list_slots(
    event_type: EventType,
    *,
    start: datetime,
    end: datetime,
    now: datetime,
    duration: int | None = None,
    moving: UUID | None = None,
) -> list[Slot]:
    """As `list_offered_slots`, for a loaded event type."""
    return list_offered_slots(
        load_offer(event_type), start=start, end=end, now=now, duration=duration, moving=moving
    )


def list_offered_slots(
    offer: Offer,
    *,
    start: datetime,
    end: datetime,
    now: datetime,
    duration: int | None = None,
    moving: UUID | None = None,
    own_hold: UUID | None = None,
    seats: int = 1,
    include_full: bool = False,
) -> list[Slot]:
    """The starts that can be booked in `[start, end)`; `duration` in minutes, one of the choices.

    Sessions need so many `seats` left; full ones are listed too with `include_full`.
    Raises `ValidationFailed` for a duration that is not offered and for too many seats.
    """
    minutes = chosen_duration(offer.event_type, duration)
    refuse_too_many_seats(offer.event_type, seats)
    query = load_query(
        offer,
        start=start,
        end=end,
        now=now,
        duration=minutes,
        moving=moving,
        own_hold=own_hold,
        seats=seats,
        include_full=include_full,
    )
    return compute_slots(query)


def list_slots_for_move(
    booking: BookingRow, *, start: datetime, end: datetime, now: datetime
) -> list[Slot]:
    """The starts in `[start, end)` that a booking can move to, as long as it is; without its own.

    An attendee's seats can move into other sessions too, and while others stay in theirs, its
    time stays taken.
    """
    is_seats = booking.attendee is not None
    load = load_joinable_offer if is_seats else load_offer_served_by
    query = load_query(
        load(booking.event_type, find_host_ids(booking)),
        start=start,
        end=end,
        now=now,
        duration=booking.minutes,
        moving=None if booking.is_shared else booking.pk,
        seats=booking.attendee_count if is_seats else 1,
    )
    return [slot for slot in compute_slots(query) if slot.start != booking.start_time]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the engine says of one start: the free hosts, or the reasons against it."""

    hosts: tuple[UUID, ...]
    """All who are free (of a session: who serve it), in the offer's order."""
    reasons: tuple[Reason, ...]
    session: UUID | None = None
    """The live booking to join, when the start is one."""
    seats_left: int | None = None
    """Group event types only."""

    @property
    def is_offered(self) -> bool:
        """Whether the start can be booked."""
        return bool(self.hosts)


def judge_start(
    offer: Offer,
    *,
    start: datetime,
    now: datetime,
    duration: int,
    moving: UUID | None = None,
    own_hold: UUID | None = None,
    seats: int = 1,
) -> Verdict:
    """The engine's word on one start. `duration` in minutes; a refusal takes two queries more."""
    end = start + timedelta(seconds=1)
    # Slots start on whole seconds; the engine must not round a caller's fraction to one.
    if not start.microsecond:
        query = load_query(
            offer,
            start=start,
            end=end,
            now=now,
            duration=duration,
            moving=moving,
            own_hold=own_hold,
            seats=seats,
        )
        for slot in compute_slots(query):
            if slot.start == start:
                hosts = tuple(UUID(host) for host in slot.hosts)
                return Verdict(hosts, (), _session_at(query, slot), slot.seats_left)
    reasons = explain_start(
        offer,
        start=start,
        now=now,
        duration=duration,
        moving=moving,
        own_hold=own_hold,
        seats=seats,
    )
    return Verdict((), reasons)


def _session_at(query: SlotQuery, slot: Slot) -> UUID | None:
    """The session that the slot stands for: the emptiest at its start, as the engine chooses."""
    rules = query.event_type
    room = [
        session
        for host in query.hosts
        for session in host.bookings
        if session.event_type == rules.id and session.start == slot.start_seconds
    ]
    emptiest = min(room, key=lambda session: session.attendees, default=None)
    if emptiest is None or rules.capacity - emptiest.attendees < rules.attendee_count:
        return None
    return UUID(emptiest.id)


def explain_start(
    offer: Offer,
    *,
    start: datetime,
    now: datetime,
    duration: int,
    moving: UUID | None = None,
    own_hold: UUID | None = None,
    seats: int = 1,
) -> tuple[Reason, ...]:
    """Why the start is not offered, the first reason first; empty when it is. Minutes."""
    query = load_query(
        offer,
        start=start,
        end=start + timedelta(seconds=1),
        now=now,
        duration=duration,
        moving=moving,
        own_hold=own_hold,
        seats=seats,
    )
    named = with_names(query, offer, start=start, now=now, moving=moving, own_hold=own_hold)
    return tuple(explain(named, start))


def find_alternatives(
    offer: Offer,
    *,
    near: datetime,
    now: datetime,
    duration: int,
    moving: UUID | None = None,
    own_hold: UUID | None = None,
    seats: int = 1,
) -> list[datetime]:
    """Up to five free starts, the nearest to `near` first, within a week around it (one query)."""
    week = timedelta(days=7)
    start = max(near - week, now)
    end = max(near, start) + week
    query = load_query(
        offer,
        start=start,
        end=end,
        now=now,
        duration=duration,
        moving=moving,
        own_hold=own_hold,
        seats=seats,
    )
    starts = sorted((slot.start for slot in compute_slots(query)), key=lambda at: abs(at - near))
    return starts[:5]
