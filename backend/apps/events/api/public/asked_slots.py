"""The slots that a query asks for: what the slots' address and the page's data both answer."""

from __future__ import annotations

from typing import Any

from apps.common.api.server_timing import ServerTiming
from apps.common.shelf import Kept
from apps.common.time import utc_now
from apps.events.api.public.schemas import SlotsQuery
from apps.events.presenting import slots_data
from apps.events.selectors.offers import Offer, ask_offer
from apps.events.selectors.slots import chosen_duration, list_offered_slots
from apps.events.services.holds.find import find_own_hold
from apps.events.slot_windows import window_of


def answer_slots(
    query: SlotsQuery, *, organizer_slug: str, event_type_slug: str, timing: ServerTiming
) -> tuple[Kept[Offer], dict[str, Any]]:
    """The offer at that address and the document of its slots; 31 days from today by default.

    Raises `NotFound`, and `InvalidRequest` or `ValidationFailed` for what the query may not ask.
    """
    now = utc_now()
    start, end = window_of(query.start_date, query.end_date, timezone=query.timezone, now=now)
    asked = ask_offer(organizer_slug=organizer_slug, event_type_slug=event_type_slug)
    timing.lap("offer")
    duration = chosen_duration(asked.value.event_type, query.duration)
    own = find_own_hold(query.hold_token, event_type_id=asked.value.event_type.pk, now=now)
    slots = list_offered_slots(
        asked.value,
        start=start,
        end=end,
        now=now,
        duration=duration,
        own_hold=own.hold.pk if own else None,
        seats=query.attendee_count,
        include_full=query.include_full,
    )
    document = slots_data(slots, timezone=query.timezone, duration=duration, now=now)
    timing.lap("slots")
    return asked, document
