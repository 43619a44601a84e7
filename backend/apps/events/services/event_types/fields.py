"""What an organizer may set on an event type, and how it reaches the row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Required, TypedDict
from uuid import UUID

from apps.events.models import EventType, Kind
from apps.events.services.event_types.rules.bounds import MAX_ATTENDEES, is_whole
from apps.events.services.questions.save import QuestionEntry


class DateRange(TypedDict):
    """Local dates, both included; None leaves that side open."""

    start: date | None
    end: date | None


class LimitEntry(TypedDict):
    """At most `max` bookings, or minutes, per period (`bounds.LIMIT_PERIODS`)."""

    per: str
    max: int


class HostEntry(TypedDict, total=False):
    """A host by account id; the rest has the defaults of `EventTypeHost`."""

    user: Required[UUID]
    required: bool
    weight: int
    priority: int
    schedule: UUID | None


class EventTypeFields(TypedDict, total=False):
    """Named as in the API; durations, buffers, notice and horizon are minutes.

    No `hosts` (an empty list or None) is the organizer alone. No `kind` is told from the seats.
    `custom_questions` replace those that are asked; None is none.
    """

    name: str
    event_type_slug: str
    description: str
    color: str
    duration: int
    durations: list[int]
    kind: str | None
    hosts: Sequence[HostEntry] | None
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
    rolling_days: int | None
    rolling_days_kind: str
    recurrence_type: str
    recurrence_rule: str
    max_occurrences: int | None
    recurrence_end_date: date | None
    requires_confirmation: bool
    confirmation_within_minutes: int | None
    pending_holds_slot: bool
    request_expires_minutes: int
    waitlist_offer_minutes: int
    offers_sooner: bool
    shows_attendees: bool
    change_cutoff_minutes: int
    max_reschedules: int | None
    max_upcoming_per_invitee: int | None
    allowed_email_domains: list[str]
    denied_email_domains: list[str]
    requires_email_code: bool
    retention_days: int | None
    location_type: str
    location_details: str
    redirect_url_after_booking: str
    custom_questions: Sequence[QuestionEntry] | None
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


# No columns of their own: what they mean depends on other fields.
_TOLD_APART = frozenset({"kind", "hosts", "date_range", "custom_questions"})


def apply_fields(event_type: EventType, fields: EventTypeFields) -> None:
    """Set `fields` on the row in memory, texts without surrounding blanks. Hosts and questions are left alone.

    A `kind` that is left out stays with teams; else, and when it is None, the seats tell it.
    """
    for name, value in fields.items():
        if name in {"kind", "hosts", "custom_questions"}:
            continue
        if name == "date_range":
            dates: Mapping[str, Any] = value or {}  # type: ignore[assignment]
            event_type.date_range_start = dates.get("start")
            event_type.date_range_end = dates.get("end")
        else:
            text = value.strip() if name in _TEXTS and isinstance(value, str) else value
            setattr(event_type, _COLUMNS.get(name, name), text)
    kind = fields.get("kind")
    if kind is not None:
        event_type.kind = kind
    elif "kind" in fields or not event_type.has_team:
        has_seats = is_whole(event_type.max_attendees, 2, MAX_ATTENDEES)
        event_type.kind = Kind.GROUP if has_seats else Kind.ONE_ON_ONE


def default_fields() -> EventTypeFields:
    """What a new event type has where nothing was said; name and slug have no default."""
    blank = EventType()
    defaults: Any = {
        name: getattr(blank, _COLUMNS.get(name, name))
        for name in EventTypeFields.__annotations__
        if name not in {"name", "event_type_slug", *_TOLD_APART}
    }
    defaults |= dict.fromkeys(_TOLD_APART)
    fields: EventTypeFields = defaults
    return fields
