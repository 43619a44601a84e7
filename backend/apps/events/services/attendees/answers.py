"""Answers of one attendee to the event type's questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.events.models import EventType


def answers_for(
    event_type: EventType, given: Mapping[str, Any], *, all_required: bool
) -> dict[str, Any]:
    """The valid answers among `given`, as they are stored.

    With `all_required` the required questions must be answered; organizers may leave them open.
    Raises `ValidationFailed` with pointers /custom_answers/<id>.
    """
    return dict(given)
