"""Timed effects of waiting (`config/event_handlers.py: EFFECTS`): all safe to run twice."""

from __future__ import annotations

from typing import Any

from apps.common.outbox import EffectContext
from apps.common.time import parse_instant
from apps.events.models import EventType, SoonerRequest, WaitlistEntry
from apps.events.services.waiting.locked_serving import serve_in_transaction
from apps.events.services.waiting.pass_on import lapse_offer
from apps.events.services.waiting.sooner import lapse_sooner


def end_offer(payload: dict[str, Any], *, context: EffectContext) -> None:
    """The time of an offer is over: unless it was answered, it goes on to the next."""
    if payload["kind"] == "sooner":
        request = SoonerRequest.objects.select_related("booking", "event_type")
        asked = request.filter(pk=payload["id"]).first()
        if asked is not None:
            lapse_sooner(request=asked, now=context.now)
        return
    entry = WaitlistEntry.objects.select_related("event_type").filter(pk=payload["id"]).first()
    if entry is not None:
        lapse_offer(entry=entry, now=context.now)


def serve_waiting(payload: dict[str, Any], *, context: EffectContext) -> None:
    """Serve who waits for an event type whose people were not all locked when time was freed."""
    event_types = EventType.objects.select_related("organizer", "schedule")
    event_type = event_types.filter(pk=payload["event_type"], is_active=True).first()
    if event_type is not None:
        serve_in_transaction(
            event_type=event_type,
            start=parse_instant(payload["start"]),
            end=parse_instant(payload["end"]),
            now=context.now,
        )
