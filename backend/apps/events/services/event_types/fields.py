"""What an organizer may set on an event type, and how it reaches the row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from apps.events.models import EventType


class DateRange(TypedDict):
    """Local dates, both included; None leaves that side open."""

    start: date | None
    end: date | None


class LimitEntry(TypedDict):
    """At most `max` bookings, or minutes, per period (`rules.LIMIT_PERIODS`)."""

    per: str
    max: int


class EventTypeFields(TypedDict, total=False):
    """Named as in the API; durations, buffers, notice and horizon are minutes."""

    name: str
    event_type_slug: str
    description: str
    color: str
    duration: int
    durations: list[int]
    max_attendees: int
    enable_waitlist: bool
    is_active: bool
    is_private: bool
    min_scheduling_notice: int
    max_scheduling_horizon: int
    buffer_time_before: int
    buffer_time_after: int
    max_bookings_per_day: int | None
    limits: list[LimitEntry]
    slot_interval_minutes: int
    slot_alignment: str
    schedule: UUID | None
    date_range: DateRange | None
    recurrence_type: str
    recurrence_rule: str
    max_occurrences: int | None
    recurrence_end_date: date | None
    location_type: str
    location_details: str
    redirect_url_after_booking: str
    confirmation_workflow: UUID | None
    reminder_workflow: UUID | None
    cancellation_workflow: UUID | None


_COLUMNS = {
    "schedule": "schedule_id",
    "confirmation_workflow": "confirmation_workflow_id",
    "reminder_workflow": "reminder_workflow_id",
    "cancellation_workflow": "cancellation_workflow_id",
}
_TEXTS = frozenset(
    {
        "name",
        "event_type_slug",
        "description",
        "recurrence_rule",
        "location_details",
        "redirect_url_after_booking",
    }
)


def apply_fields(event_type: EventType, fields: EventTypeFields) -> None:
    """Set `fields` on the row in memory, texts without surrounding blanks."""
    for name, value in fields.items():
        if name == "date_range":
            dates: Mapping[str, Any] = value or {}  # type: ignore[assignment]
            event_type.date_range_start = dates.get("start")
            event_type.date_range_end = dates.get("end")
        else:
            text = value.strip() if name in _TEXTS and isinstance(value, str) else value
            setattr(event_type, _COLUMNS.get(name, name), text)


def default_fields() -> EventTypeFields:
    """What a new event type has where nothing was said; name and slug have no default."""
    blank = EventType()
    defaults: Any = {
        name: getattr(blank, _COLUMNS.get(name, name))
        for name in EventTypeFields.__annotations__
        if name not in {"name", "event_type_slug", "date_range"}
    }
    defaults["date_range"] = None
    fields: EventTypeFields = defaults
    return fields
