"""Save an event type with its hosts, if the rules allow."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.common.errors import ValidationFailed
from apps.events.models import EventType, EventTypeHost
from apps.events.services.event_types.hosts import save_hosts
from apps.events.services.event_types.rules import check_event_type
from apps.events.services.event_types.rules.names import not_unique


def settle_event_type(
    event_type: EventType, *, hosts: Sequence[EventTypeHost], known_hosts: Collection[UUID]
) -> None:
    """Check `event_type` with its effective `hosts` and save both. Raises `ValidationFailed`.

    Call it in the transaction of `write_under_locks`.
    """
    check_event_type(event_type, hosts=hosts, known_hosts=known_hosts)
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
