"""What must hold for an event type, whichever way it came in. Source: spec 003, api.md."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.availability.public import find_rule_problem, find_schedule_choice
from apps.common.errors import FieldError, ValidationFailed
from apps.common.names import find_name_problem
from apps.events.models import EventType, LocationType, RecurrenceType, SlotAlignment
from apps.events.models.event_type import MAX_BUFFER, MAX_DURATION, MAX_HORIZON, MAX_NOTICE
from apps.events.selectors.event_types import list_own_workflows, list_taken_names
from apps.events.services.event_types.slugs import find_slug_problem, make_slug

COLORS = ("teal", "blue", "violet", "rose", "coral", "amber", "green", "slate")
LIMIT_PERIODS = (
    "day",
    "week",
    "month",
    "total_minutes_per_day",
    "total_minutes_per_week",
    "total_minutes_per_month",
)
MAX_NAME = 200
MAX_DESCRIPTION = 5000
MAX_DETAILS = 1000
MAX_RECURRENCE_RULE = 500
MAX_REDIRECT_URL = 500
MAX_DURATIONS = 12
MAX_ATTENDEES = 100
MAX_INTERVAL = 60
MAX_OCCURRENCES = 365
MAX_LIMIT = 50_000
FIRST_YEAR, LAST_YEAR = 2000, 2199
_WORKFLOWS = ("confirmation_workflow", "reminder_workflow", "cancellation_workflow")
_NEEDS_DETAILS: dict[str, str] = {
    LocationType.IN_PERSON: "Tell where you meet, such as an address.",
    LocationType.CUSTOM: "Tell where or how you meet.",
}
# What a browser would not follow as it stands, or would follow elsewhere.
_UNSAFE_IN_URL = re.compile(r"[\x00-\x20\x7f\\<>\"`{}|^]")

Problems = Iterator[FieldError]


def check_event_type(event_type: EventType) -> None:
    """Give `event_type` a slug if it has none and bring its lists into their stored form.

    Raises `ValidationFailed` with every problem. Call it under the row lock that
    `bump_availability_version` takes: names and slugs are compared with the organizer's others.
    """
    others = list_taken_names(organizer_id=event_type.organizer_id, but=event_type.id)
    slugs = {slug for _, slug in others}
    if not event_type.event_type_slug:
        event_type.event_type_slug = make_slug(
            event_type.name, is_private=event_type.is_private, taken=slugs
        )
    problems = [
        *_name_problems(event_type, {name.casefold() for name, _ in others}),
        *_slug_problems(event_type, slugs),
        *_duration_problems(event_type),
        *_range_problems(event_type),
        *_choice_problems(event_type),
        *_buffer_problems(event_type),
        *_limit_problems(event_type),
        *_date_range_problems(event_type),
        *_recurrence_problems(event_type),
        *_location_problems(event_type),
        *_redirect_problems(event_type),
        *_reference_problems(event_type),
    ]
    if problems:
        raise ValidationFailed(problems[0].detail, errors=problems)
    event_type.durations = list(dict.fromkeys(event_type.durations))
    event_type.limits = [{"per": entry["per"], "max": entry["max"]} for entry in event_type.limits]


def settle_event_type(event_type: EventType) -> None:
    """Check `event_type` and save it. Raises `ValidationFailed`."""
    check_event_type(event_type)
    try:
        with transaction.atomic():
            event_type.save()
    except IntegrityError as error:
        # The database's idea of upper and lower case may differ from Python's.
        if "event_type_name_per_organizer" in str(error):
            raise _name_taken(event_type.name) from None
        raise


def _name_taken(name: str) -> ValidationFailed:
    problem = _not_unique(name)
    return ValidationFailed(problem.detail, errors=[problem])


def _not_unique(name: str) -> FieldError:
    return FieldError(
        "/name", "not_unique", f'You have an event type named "{name}" already. Choose another.'
    )


def _name_problems(event_type: EventType, taken: set[str]) -> Problems:
    if not event_type.name:
        yield FieldError("/name", "required", "Give the event type a name.")
    elif len(event_type.name) > MAX_NAME:
        yield FieldError("/name", "too_long", f"Use at most {MAX_NAME} characters.")
    elif problem := find_name_problem(event_type.name, most=MAX_NAME):
        yield FieldError("/name", "invalid", problem)
    elif event_type.name.casefold() in taken:
        yield _not_unique(event_type.name)
    if len(event_type.description) > MAX_DESCRIPTION:
        yield FieldError("/description", "too_long", f"Use at most {MAX_DESCRIPTION} characters.")


def _slug_problems(event_type: EventType, taken: set[str]) -> Problems:
    slug = event_type.event_type_slug
    problem = find_slug_problem(slug)
    if problem:
        yield FieldError("/event_type_slug", "invalid_slug", problem)
    elif slug in taken:
        yield FieldError(
            "/event_type_slug",
            "not_unique",
            f'Another of your event types is at "{slug}" already. Choose another address.',
        )


def _is_whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _duration_problems(event_type: EventType) -> Problems:
    cure = f"Use 1 to {MAX_DURATION} minutes."
    if not _is_whole(event_type.duration, 1, MAX_DURATION):
        yield FieldError("/duration", "out_of_range", cure)
    durations = event_type.durations
    if not isinstance(durations, list) or len(durations) > MAX_DURATIONS:
        detail = f"Give a list of at most {MAX_DURATIONS} durations in minutes."
        yield FieldError("/durations", "invalid", detail)
        return
    for index, duration in enumerate(durations):
        if not _is_whole(duration, 1, MAX_DURATION):
            yield FieldError(f"/durations/{index}", "out_of_range", cure)


def _range_problems(event_type: EventType) -> Problems:
    ranges: tuple[tuple[str, int, int, str], ...] = (
        ("max_attendees", 1, MAX_ATTENDEES, "attendees"),
        ("min_scheduling_notice", 0, MAX_NOTICE, "minutes"),
        ("max_scheduling_horizon", 0, MAX_HORIZON, "minutes; 0 sets no end"),
        ("slot_interval_minutes", 0, MAX_INTERVAL, "minutes; 0 follows your profile"),
    )
    for name, least, most, unit in ranges:
        if not _is_whole(getattr(event_type, name), least, most):
            yield FieldError(f"/{name}", "out_of_range", f"Use {least} to {most} {unit}.")
    for name, most in (("max_bookings_per_day", 10_000), ("max_occurrences", MAX_OCCURRENCES)):
        value = getattr(event_type, name)
        if value is not None and not _is_whole(value, 1, most):
            yield FieldError(f"/{name}", "out_of_range", f"Use 1 to {most}, or null for no limit.")


def _choice_problems(event_type: EventType) -> Problems:
    choices = {
        "color": COLORS,
        "slot_alignment": tuple(SlotAlignment.values),
        "recurrence_type": tuple(RecurrenceType.values),
        "location_type": tuple(LocationType.values),
    }
    for name, allowed in choices.items():
        if getattr(event_type, name) not in allowed:
            yield FieldError(f"/{name}", "invalid_choice", f"Use one of: {', '.join(allowed)}.")


def _buffer_problems(event_type: EventType) -> Problems:
    for name in ("buffer_time_before", "buffer_time_after"):
        value = getattr(event_type, name)
        if not _is_whole(value, 0, MAX_BUFFER):
            yield FieldError(f"/{name}", "out_of_range", f"Use 0 to {MAX_BUFFER} minutes.")
        elif value > event_type.duration:
            yield FieldError(
                f"/{name}",
                "longer_than_duration",
                f"A buffer is at most as long as the meeting ({event_type.duration} minutes). "
                "Shorten the buffer or lengthen the meeting.",
            )


def _limit_problems(event_type: EventType) -> Problems:
    if not isinstance(event_type.limits, list) or len(event_type.limits) > len(LIMIT_PERIODS):
        yield FieldError("/limits", "invalid", "Give a list with at most one limit per period.")
        return
    seen: set[str] = set()
    for index, entry in enumerate(event_type.limits):
        at = f"/limits/{index}"
        if not isinstance(entry, Mapping) or not {"per", "max"} <= set(entry):
            yield FieldError(at, "invalid", 'Write a limit as {"per": "week", "max": 5}.')
            continue
        per, most = entry["per"], entry["max"]
        if per not in LIMIT_PERIODS:
            allowed = ", ".join(LIMIT_PERIODS)
            yield FieldError(f"{at}/per", "invalid_choice", f"Use one of: {allowed}.")
        elif per in seen:
            yield FieldError(f"{at}/per", "duplicate", f'There is a limit per "{per}" already.')
        seen.add(str(per))
        least = _least_of_limit(event_type, str(per))
        if not _is_whole(most, least, MAX_LIMIT):
            yield FieldError(f"{at}/max", "out_of_range", f"Use {least} to {MAX_LIMIT}.")


def _least_of_limit(event_type: EventType, per: str) -> int:
    """A limit in minutes below the shortest duration would leave nothing to book."""
    if not per.startswith("total_minutes"):
        return 1
    durations = [event_type.duration, *event_type.durations]
    return min([d for d in durations if _is_whole(d, 1, MAX_DURATION)], default=1)


def _date_range_problems(event_type: EventType) -> Problems:
    start, end = event_type.date_range_start, event_type.date_range_end
    yield from _year_problems("/date_range/start", start)
    yield from _year_problems("/date_range/end", end)
    if start and end and end < start:
        yield FieldError("/date_range/end", "before_start", f"Use {start} or a later date.")


def _year_problems(pointer: str, day: date | None) -> Problems:
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        detail = f"Use a date in the years {FIRST_YEAR} to {LAST_YEAR}."
        yield FieldError(pointer, "out_of_range", detail)


def _recurrence_problems(event_type: EventType) -> Problems:
    rule = event_type.recurrence_rule
    yield from _year_problems("/recurrence_end_date", event_type.recurrence_end_date)
    if len(rule) > MAX_RECURRENCE_RULE:
        detail = f"Use at most {MAX_RECURRENCE_RULE} characters."
        yield FieldError("/recurrence_rule", "too_long", detail)
        return
    # The zone only decides on which date an UNTIL in UTC falls, not whether the rule is good.
    problem = find_rule_problem(rule, "UTC") if rule else None
    if problem:
        yield FieldError("/recurrence_rule", "invalid_rule", problem)
    repeats = bool(rule) or event_type.recurrence_type != RecurrenceType.NONE
    ends = event_type.max_occurrences is not None or event_type.recurrence_end_date is not None
    if repeats and not ends and not re.search(r"\b(COUNT|UNTIL)=", rule, re.IGNORECASE):
        yield FieldError(
            "/max_occurrences",
            "required",
            "Tell when it stops repeating: max_occurrences, recurrence_end_date, or COUNT or "
            "UNTIL in the rule.",
        )


def _location_problems(event_type: EventType) -> Problems:
    if len(event_type.location_details) > MAX_DETAILS:
        detail = f"Use at most {MAX_DETAILS} characters."
        yield FieldError("/location_details", "too_long", detail)
    cure = _NEEDS_DETAILS.get(event_type.location_type)
    if cure and not event_type.location_details:
        yield FieldError("/location_details", "required", cure)


def _redirect_problems(event_type: EventType) -> Problems:
    url = event_type.redirect_url_after_booking
    if not url:
        return
    if len(url) > MAX_REDIRECT_URL:
        detail = f"Use at most {MAX_REDIRECT_URL} characters."
        yield FieldError("/redirect_url_after_booking", "too_long", detail)
    elif not _is_web_address(url):
        yield FieldError(
            "/redirect_url_after_booking",
            "invalid_url",
            "Use a whole web address, such as https://example.com/thanks.",
        )


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    named = bool(parts.hostname) and not parts.username and not parts.password
    return parts.scheme in {"http", "https"} and named and not _UNSAFE_IN_URL.search(url)


def _reference_problems(event_type: EventType) -> Problems:
    organizer_id: UUID = event_type.organizer_id
    schedule_id: UUID | None = event_type.schedule_id
    if schedule_id and not find_schedule_choice(user_id=organizer_id, schedule_id=schedule_id):
        yield FieldError("/schedule", "unknown", "You have no schedule with this id.")
    named = {name: getattr(event_type, f"{name}_id") for name in _WORKFLOWS}
    wanted = {workflow_id for workflow_id in named.values() if workflow_id}
    own = list_own_workflows(organizer_id=organizer_id, workflow_ids=wanted) if wanted else set()
    for name, workflow_id in named.items():
        if workflow_id and workflow_id not in own:
            yield FieldError(f"/{name}", "unknown", "You have no workflow with this id.")
