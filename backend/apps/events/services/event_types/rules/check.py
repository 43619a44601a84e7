"""All rules of an event type in one go, so that every problem is told at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from apps.common.errors import FieldError, ValidationFailed
from apps.events.models import CustomQuestion, EventType, EventTypeHost
from apps.events.selectors.event_types import list_taken_names
from apps.events.services.event_types.rules.admission import (
    change_problems,
    domain_of,
    domain_problems,
)
from apps.events.services.event_types.rules.dates import (
    date_range_problems,
    notice_problems,
    rolling_days_problems,
)
from apps.events.services.event_types.rules.durations import (
    buffer_problems,
    duration_problems,
    grid_problems,
)
from apps.events.services.event_types.rules.hosts import host_problems, kind_problems
from apps.events.services.event_types.rules.limits import limit_problems
from apps.events.services.event_types.rules.names import name_problems, slug_problems
from apps.events.services.event_types.rules.places import location_problems, redirect_problems
from apps.events.services.event_types.rules.recurrence import recurrence_problems
from apps.events.services.event_types.rules.references import reference_problems
from apps.events.services.event_types.rules.requests import request_problems, waiting_problems
from apps.events.services.event_types.slugs import make_slug
from apps.events.services.questions.save import question_problems


def check_event_type(
    event_type: EventType,
    *,
    hosts: Sequence[EventTypeHost] | None = None,
    known_hosts: Collection[UUID] = (),
    questions: Sequence[CustomQuestion] | None = None,
) -> None:
    """Give `event_type` a slug if it has none and bring its lists into their stored form.

    `hosts` are the effective ones, None leaves them unchecked; `known_hosts` are the ids of those
    who are hosts already. Raises `ValidationFailed` with every problem. Call it under the row lock
    that `bump_availability_version` takes: names and slugs are compared with the organizer's others.
    """
    others = list_taken_names(organizer_id=event_type.organizer_id, but=event_type.id)
    slugs = {slug for _, slug in others}
    if not event_type.event_type_slug:
        event_type.event_type_slug = make_slug(
            event_type.name, is_private=event_type.is_private, taken=slugs
        )
    problems: list[FieldError] = [
        *name_problems(event_type, {name.casefold() for name, _ in others}),
        *slug_problems(event_type, slugs),
        *kind_problems(event_type),
        *duration_problems(event_type),
        *buffer_problems(event_type),
        *grid_problems(event_type),
        *notice_problems(event_type),
        *date_range_problems(event_type),
        *rolling_days_problems(event_type),
        *limit_problems(event_type),
        *recurrence_problems(event_type),
        *request_problems(event_type),
        *waiting_problems(event_type),
        *change_problems(event_type),
        *domain_problems(event_type),
        *location_problems(event_type),
        *redirect_problems(event_type),
        *reference_problems(event_type),
    ]
    if hosts is not None:
        problems += host_problems(event_type, hosts, known=known_hosts)
    if questions is not None:
        problems += question_problems(event_type, questions)
    if problems:
        raise ValidationFailed(problems[0].detail, errors=problems)
    event_type.durations = list(dict.fromkeys(event_type.durations))
    for name in ("allowed_email_domains", "denied_email_domains"):
        domains = [domain_of(text) for text in getattr(event_type, name)]
        setattr(event_type, name, list(dict.fromkeys(domains)))
    event_type.limits = [{"per": entry["per"], "max": entry["max"]} for entry in event_type.limits]
