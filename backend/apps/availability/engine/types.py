"""What the slot engine takes and gives back.

Units: instants inside intervals are whole seconds since 1970-01-01T00:00:00Z (`int`), because a
computation compares tens of thousands of them; `Busy.between` and `Booking.between` make them from
aware datetimes. Durations, buffers, notice and horizon are minutes. Wall times are minutes since
midnight, 0 to 1440 (24:00). Zones are IANA names. Weekdays are ISO numbers, Monday is 1.
Nothing here is ever changed after it was made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple

Kind = Literal["one_on_one", "group", "collective", "round_robin"]
Alignment = Literal["opening", "clock", "packed"]
Period = Literal["day", "week", "month"]
RollingKind = Literal["calendar", "business", "available"]
ReasonCode = Literal[
    "outside_hours",
    "booked",
    "buffer",
    "calendar_busy",
    "held",
    "too_soon",
    "too_far",
    "limit_reached",
    "full",
    "off_grid",
]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


def floor_seconds(moment: datetime) -> int:
    """Seconds since the epoch of an aware datetime, a started second left out."""
    return (moment - _EPOCH) // _SECOND


def ceil_seconds(moment: datetime) -> int:
    """Seconds since the epoch of an aware datetime, a started second counted whole."""
    return -((_EPOCH - moment) // _SECOND)


def to_datetime(seconds: int) -> datetime:
    """The aware UTC datetime of an instant given in seconds since the epoch."""
    return _EPOCH + timedelta(seconds=seconds)


class Busy(NamedTuple):
    """A span of time that is taken or closed: calendar event, hold, out of office. `[start, end)`.

    A named tuple rather than a dataclass: it sorts and unpacks at C speed.
    """

    start: int
    end: int
    id: str = ""

    @classmethod
    def between(cls, start: datetime, end: datetime, id: str = "") -> Busy:
        """From aware datetimes; fractions of a second widen the span to whole ones."""
        return cls(floor_seconds(start), ceil_seconds(end), id)


class Booking(NamedTuple):
    """A live booking. It occupies `[start - buffer_before, end + buffer_after)`."""

    id: str
    event_type: str
    start: int
    end: int
    buffer_before: int = 0
    buffer_after: int = 0
    attendees: int = 1

    @classmethod
    def between(
        cls,
        *,
        id: str,
        event_type: str,
        start: datetime,
        end: datetime,
        buffer_before: int = 0,
        buffer_after: int = 0,
        attendees: int = 1,
    ) -> Booking:
        """From aware datetimes; buffers in minutes."""
        return cls(
            id,
            event_type,
            floor_seconds(start),
            ceil_seconds(end),
            buffer_before,
            buffer_after,
            attendees,
        )


class WallWindow(NamedTuple):
    """`[start, end)` by the clock of one date, in minutes since midnight; 24:00 is 1440."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class WeeklyWindow:
    """Hours that repeat every week on one ISO weekday."""

    weekday: int
    window: WallWindow


@dataclass(frozen=True, slots=True)
class Override:
    """What replaces weekly rules and RRULE rules on one local date; no windows close it."""

    date: date
    windows: tuple[WallWindow, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Extra (`open`) or blocked (`closed`) hours on the local dates an RFC 5545 rule yields."""

    rrule: str
    dtstart: date
    window: WallWindow
    kind: Literal["open", "closed"] = "open"
    id: str = ""


@dataclass(frozen=True, slots=True)
class Travel:
    """From local date `first` to `last`, both included, wall times are read in `timezone`."""

    first: date
    last: date
    timezone: str


class DayOff(NamedTuple):
    """Local dates, both included, on which a schedule is closed, whatever its hours say."""

    first: date
    last: date
    kind: Literal["out_of_office", "holiday"] = "out_of_office"
    id: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When somebody is open, by the clock of `timezone`.

    Hosts that share a schedule should share the object: it is expanded once.
    """

    timezone: str
    weekly: tuple[WeeklyWindow, ...] = ()
    overrides: tuple[Override, ...] = ()
    rules: tuple[Rule, ...] = ()
    travel: tuple[Travel, ...] = ()
    out_of_office: tuple[Busy, ...] = ()
    days_off: tuple[DayOff, ...] = ()
    """Read on the clock that the hours of that date are read on (see `travel`)."""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Host:
    """Somebody who serves the event type, with all that takes their time, whatever its type."""

    id: str
    schedules: tuple[Schedule, ...]
    bookings: tuple[Booking, ...] = ()
    busy: Sequence[Busy] = ()
    """Best given as `PackedBusy(starts, ends, ids)` (see `packed.py`), which is ready to compute
    with; a tuple is packed in every computation."""
    holds: Sequence[Busy] = ()
    """Other visitors' holds, their buffers included."""
    required: bool = True
    """Round robin only: required hosts attend every booking, the others take turns."""
    weight: int = 1
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `max` bookings, or minutes when `minutes` is set, in a day, ISO week or month."""

    per: Period
    max: int
    minutes: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class DateRange:
    """Local dates, both included; `None` leaves that side open."""

    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class RollingDays:
    """How far ahead starts can be booked, in local dates; today is the date of `now`.

    `calendar` reaches `days` dates beyond today. `business` reaches to the `days`-th Monday to
    Friday after today; a weekend before it can be booked too. `available` reaches to the `days`-th
    date that has slots, today included if it has any, whatever the window asked for.
    """

    days: int
    kind: RollingKind = "calendar"


@dataclass(frozen=True, slots=True)
class EventTypeRules:
    """What an event type asks of a start. `duration` is the chosen one of several."""

    id: str
    duration: int
    timezone: str
    """The zone whose dates limits and `date_range` speak of: the event type's schedule's."""
    step: int | None = None
    """Grid step; `None` or 0 means the duration."""
    alignment: Alignment = "opening"
    buffer_before: int = 0
    buffer_after: int = 0
    min_notice: int = 0
    max_horizon: int | None = None
    date_range: DateRange | None = None
    rolling_days: RollingDays | None = None
    limits: tuple[Limit, ...] = ()
    kind: Kind = "one_on_one"
    capacity: int = 1
    attendee_count: int = 1
    """Seats asked for."""
    include_full: bool = False
    """List group sessions without a seat left too, with `seats_left` 0 (for the waitlist)."""


@dataclass(frozen=True, slots=True)
class SlotQuery:
    """One question: which starts of `[window_start, window_end)` can be booked at `now`?

    A booking that is being moved must not be in the query. `needed_span` says how far around the
    window bookings and busy time must be known.
    """

    now: datetime
    window_start: datetime
    window_end: datetime
    event_type: EventTypeRules
    hosts: tuple[Host, ...]
    counted: tuple[Booking, ...] = ()
    """Further live bookings of the event type that take no host's time but count for limits."""
    organizer_limits: tuple[Limit, ...] = ()
    """Limits over all event types of the organizer, counted over `organizer_bookings`."""
    organizer_bookings: tuple[Booking, ...] = ()


class Slot(NamedTuple):
    """A start that can be booked, and the hosts who are free for it (in the query's order)."""

    start_seconds: int
    end_seconds: int
    hosts: tuple[str, ...]
    seats_left: int | None = None
    """Group event types only."""

    @property
    def start(self) -> datetime:
        """The start as an aware UTC datetime."""
        return to_datetime(self.start_seconds)

    @property
    def end(self) -> datetime:
        """The end as an aware UTC datetime."""
        return to_datetime(self.end_seconds)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a start is not offered: which rule, what caused it, and what would free it."""

    code: ReasonCode
    cause_kind: str
    """schedule, override, rule, out_of_office, holiday, booking, calendar, hold, notice, horizon,
    date_range, rolling_days, limit, seats, grid or hosts."""
    cause_id: str
    detail: str
    cure: str
    """The smallest change that would free the start; empty where there is none."""
    host: str = ""
    """The host concerned, where one is."""
