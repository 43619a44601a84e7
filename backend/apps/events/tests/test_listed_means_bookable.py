"""What is listed can be booked, what is not is refused for the reason that explain gives.

Random configurations through the whole stack: rows in the database, selectors, engine, service,
guard. Each attempt is rolled back, so that every start is judged against the same state.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from apps.common.errors import DomainError
from apps.events.selectors.offers import load_offer
from apps.events.selectors.slots import chosen_duration, explain_start, list_slots
from apps.events.services.bookings import reschedule_booking
from tests.cast import JONAS, NOW, book, make_event_type, make_host

ZONES = ["Europe/Lisbon", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"]
_TIMES = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 20, 45)] + ["24:00"]


@st.composite
def _weekly(draw):
    """One or two windows on some days; they may touch at midnight."""
    weekly = []
    for weekday in range(1, 8):
        cuts = sorted(draw(st.lists(st.sampled_from(_TIMES), unique=True, max_size=4)))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False):
            weekly.append({"weekday": weekday, "start": start, "end": end})
    return weekly


_FIELDS = st.fixed_dictionaries(
    {
        "duration": st.sampled_from([15, 20, 45, 90]),
        "slot_interval_minutes": st.sampled_from([0, 10, 15, 25]),
        "slot_alignment": st.sampled_from(["opening", "clock", "packed"]),
        "buffer_time_before": st.sampled_from([0, 0, 5, 15]),
        "buffer_time_after": st.sampled_from([0, 0, 10, 15]),
        "min_scheduling_notice": st.sampled_from([0, 45, 600]),
        "max_scheduling_horizon": st.sampled_from([0, 24 * 60, 60 * 24 * 60]),
        "max_bookings_per_day": st.sampled_from([None, None, 1, 3]),
        "limits": st.sampled_from(
            [[], [{"per": "week", "max": 4}], [{"per": "total_minutes_per_day", "max": 60}]]
        ),
    }
)


class ListedMeansBookable(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        zone=st.sampled_from(ZONES),
        weekly=_weekly(),
        fields=_FIELDS,
        of_all=st.sampled_from([[], [], [{"per": "day", "max": 2}]]),
        taken=st.lists(st.integers(0, 400), max_size=8),
        asked=st.lists(st.integers(0, 3 * 24 * 12 - 1), min_size=6, max_size=10),
    )
    def test_every_start_is_judged_alike(self, zone, weekly, fields, of_all, taken, asked):
        host = make_host(timezone=zone, weekly=weekly, booking_limits=of_all)
        event_type = make_event_type(host, **fields)
        other = make_event_type(
            host, name="Other", event_type_slug="other", duration=30, buffer_time_after=10
        )
        window = {"start": NOW, "end": NOW + timedelta(days=3), "now": NOW}
        bookings = []
        for number in taken:
            kind = other if number % 3 else event_type
            slots = list_slots(kind, **window)
            if slots:
                bookings.append(book(kind, slots[number % len(slots)].start))
        listed = {slot.start for slot in list_slots(event_type, **window)}
        offer = load_offer(event_type)
        minutes = chosen_duration(event_type, None)
        grid = {NOW + timedelta(minutes=5 * step) for step in asked}
        for start in sorted(grid | set(sorted(listed)[:6])):
            reasons = explain_start(offer, start=start, now=NOW, duration=minutes)
            assert (start in listed) == (not reasons), start
            try:
                with transaction.atomic():
                    book(event_type, start)
                    accepted, told = True, []
                    transaction.set_rollback(True)
            except DomainError as refused:
                accepted, told = False, refused.extra["reasons"]
            assert accepted == (start in listed), (start, told)
            assert told == list(dict.fromkeys(reason.code for reason in reasons))
        self._moves_as_listed(event_type, bookings, window)

    def _moves_as_listed(self, event_type, bookings, window):
        """A move is offered what is listed with its own old time free."""
        for booking in bookings:
            # What starts this very instant can be booked, but not moved any more.
            if booking.event_type_id != event_type.pk or booking.start_time == NOW:
                continue
            listed = [slot.start for slot in list_slots(event_type, **window, moving=booking.pk)]
            for start in listed[:3]:
                if start == booking.start_time:
                    continue
                with transaction.atomic():
                    moved = reschedule_booking(booking=booking, start=start, actor=JONAS, now=NOW)
                    assert moved.start_time == start
                    transaction.set_rollback(True)
