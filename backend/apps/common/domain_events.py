"""Domain events: past-tense facts, turned into outbox rows in the transaction that made them true.

`config/event_handlers.py` is the only table that says what follows each event.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class DomainEvent:
    """Something that happened at `occurred_at` (UTC)."""

    occurred_at: datetime


def publish(event: DomainEvent) -> None:
    """Write the effects of `event` into the outbox, inside the caller's transaction."""
    from apps.common.outbox import enqueue

    handlers = import_string(settings.EVENT_HANDLERS)[type(event)]
    enqueue([effect for handler in handlers for effect in handler(event)], now=event.occurred_at)
