"""The slot engine: which starts can be booked, and why the others cannot. Pure Python."""

from apps.availability.engine.engine import compute_slots
from apps.availability.engine.explain import explain
from apps.availability.engine.packed import PackedBusy
from apps.availability.engine.parse import QueryError, parse_query, parse_schedule
from apps.availability.engine.series import (
    Occurrence,
    SeriesRule,
    expand_series,
    instant_of,
    rule_of_occurrences,
    wall_of,
)
from apps.availability.engine.span import needed_span
from apps.availability.engine.types import (
    Booking,
    Busy,
    DateRange,
    DayOff,
    EventTypeRules,
    Host,
    Limit,
    Override,
    Reason,
    RollingDays,
    Rule,
    Schedule,
    Slot,
    SlotQuery,
    Travel,
    WallWindow,
    WeeklyWindow,
    ceil_seconds,
    floor_seconds,
    to_datetime,
)

__all__ = [
    "Booking",
    "Busy",
    "DateRange",
    "DayOff",
    "EventTypeRules",
    "Host",
    "Limit",
    "Occurrence",
    "Override",
    "PackedBusy",
    "QueryError",
    "Reason",
    "RollingDays",
    "Rule",
    "Schedule",
    "SeriesRule",
    "Slot",
    "SlotQuery",
    "Travel",
    "WallWindow",
    "WeeklyWindow",
    "ceil_seconds",
    "compute_slots",
    "expand_series",
    "explain",
    "floor_seconds",
    "instant_of",
    "needed_span",
    "parse_query",
    "parse_schedule",
    "rule_of_occurrences",
    "to_datetime",
    "wall_of",
]
