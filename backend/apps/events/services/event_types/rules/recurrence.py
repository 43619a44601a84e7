"""How a booking repeats, and when it stops."""

from __future__ import annotations

import re

from apps.availability.public import find_rule_problem
from apps.common.errors import FieldError
from apps.events.models import EventType, RecurrenceType
from apps.events.services.event_types.rules.bounds import (
    MAX_OCCURRENCES,
    MAX_RECURRENCE_RULE,
    Problems,
    choice_problems,
    range_problems,
)
from apps.events.services.event_types.rules.dates import year_problems


def recurrence_problems(event_type: EventType) -> Problems:
    """Whatever repeats must come to an end."""
    rule = event_type.recurrence_rule
    allowed = tuple(RecurrenceType.values)
    yield from choice_problems(event_type.recurrence_type, "/recurrence_type", allowed)
    yield from range_problems(
        event_type.max_occurrences,
        "/max_occurrences",
        least=1,
        most=MAX_OCCURRENCES,
        or_null=True,
    )
    yield from year_problems("/recurrence_end_date", event_type.recurrence_end_date)
    if len(rule) > MAX_RECURRENCE_RULE:
        detail = f"Use at most {MAX_RECURRENCE_RULE} characters."
        yield FieldError("/recurrence_rule", "too_long", detail)
        return
    # The zone only decides on which date an UNTIL in UTC falls, not whether the rule is good.
    problem = find_rule_problem(rule, "UTC") if rule else None
    if problem:
        yield FieldError("/recurrence_rule", "invalid_rule", problem)
    if (rule or event_type.recurrence_type != RecurrenceType.NONE) and event_type.is_group_event():
        yield FieldError(
            "/recurrence_type",
            "not_with_groups",
            "Seats of a group are booked one start at a time; set recurrence_type to none.",
        )
    repeats = bool(rule) or event_type.recurrence_type != RecurrenceType.NONE
    ends = event_type.max_occurrences is not None or event_type.recurrence_end_date is not None
    if repeats and not ends and not re.search(r"\b(COUNT|UNTIL)=", rule, re.IGNORECASE):
        yield FieldError(
            "/max_occurrences",
            "required",
            "Tell when it stops repeating: max_occurrences, recurrence_end_date, or COUNT or "
            "UNTIL in the rule.",
        )
