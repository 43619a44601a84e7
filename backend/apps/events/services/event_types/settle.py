"""Save an event type with its hosts and questions, if the rules allow."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.common.errors import ValidationFailed
from apps.events.models import CustomQuestion, EventType, EventTypeHost
from apps.events.services.event_types.hosts import save_hosts
from apps.events.services.event_types.rules import check_event_type
from apps.events.services.event_types.rules.names import not_unique
from apps.events.services.questions.save import save_questions


def settle_event_type(
    event_type: EventType,
    *,
    hosts: Sequence[EventTypeHost],
    known_hosts: Collection[UUID],
    questions: Sequence[CustomQuestion] | None = None,
) -> None:
    """Check `event_type` with its effective `hosts` and its `questions`, and save all of it.

    None leaves the questions as they are. Raises `ValidationFailed`. Call it in the transaction of `write_under_locks`.
    """
    check_event_type(event_type, hosts=hosts, known_hosts=known_hosts, questions=questions)
    try:
        with transaction.atomic():
            event_type.save()
    except IntegrityError as error:
        # The database's idea of upper and lower case may differ from Python's.
        if "event_type_name_per_organizer" in str(error):
            problem = not_unique(event_type.name)
            raise ValidationFailed(problem.detail, errors=[problem]) from None
        raise
    save_hosts(event_type, hosts)
    if questions is not None:
        save_questions(event_type, questions)
