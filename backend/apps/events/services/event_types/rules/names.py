"""Name, address, description, colour."""

from __future__ import annotations

from apps.common.errors import FieldError
from apps.common.names import find_name_problem
from apps.events.models import EventType
from apps.events.services.event_types.rules.bounds import (
    COLORS,
    MAX_DESCRIPTION,
    MAX_NAME,
    Problems,
    choice_problems,
    length_problems,
)
from apps.events.services.event_types.slugs import find_slug_problem


def not_unique(name: str) -> FieldError:
    """The refusal of a name that another event type of the organizer has."""
    return FieldError(
        "/name", "not_unique", f'You have an event type named "{name}" already. Choose another.'
    )


def name_problems(event_type: EventType, taken: set[str]) -> Problems:
    """`taken` are the names of the organizer's other event types, case folded."""
    if not event_type.name:
        yield FieldError("/name", "required", "Give the event type a name.")
    elif len(event_type.name) > MAX_NAME:
        yield FieldError("/name", "too_long", f"Use at most {MAX_NAME} characters.")
    elif problem := find_name_problem(event_type.name, most=MAX_NAME):
        yield FieldError("/name", "invalid", problem)
    elif event_type.name.casefold() in taken:
        yield not_unique(event_type.name)
    yield from length_problems(event_type.description, "/description", MAX_DESCRIPTION)
    yield from choice_problems(event_type.color, "/color", COLORS)


def slug_problems(event_type: EventType, taken: set[str]) -> Problems:
    """`taken` are the addresses of the organizer's other event types."""
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
