"""What is listed can be booked, what is not is refused for the reason that explain gives.

Random configurations through the whole stack: rows in the database, selectors, engine, service,
guard. Every kind of event type, several hosts with their own hours, days off and other bookings,
sessions with some seats taken, holds, limits, rolling windows. Each attempt is rolled back, so that every
start is judged against the same state.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from apps.availability.models import OutOfOffice
from apps.common.errors import DomainError
from apps.events.models import Booking
from apps.events.selectors.offers import load_offer
from apps.events.selectors.slots import (
    chosen_duration,
    explain_start,
    list_offered_slots,
    list_slots,
    list_slots_for_move,
)
from apps.events.services.bookings import Guest, reschedule_booking
from apps.events.tests.test_holds import hold
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
        "rolling_days": st.sampled_from([None, None, 1, 2]),
        "rolling_days_kind": st.sampled_from(["calendar", "business", "available"]),
    }
)

# Kind, seats, how many hosts.
_KINDS = st.sampled_from(
    [
        ("one_on_one", 1, 1),
        ("group", 3, 1),
        ("collective", 1, 2),
        ("collective", 2, 2),
        ("round_robin", 1, 3),
        ("round_robin", 1, 2),
    ]
)
_HOST = st.fixed_dictionaries(
    {
        "timezone": st.sampled_from(ZONES),
        "weekly": _weekly(),
        "required": st.booleans(),
        "weight": st.integers(1, 5),
        "priority": st.integers(0, 2),
        "day_off": st.none() | st.integers(0, 2),
        "own": st.booleans(),
    }
)


def _make_hosts(event_type, hosts, rows):
    """Serve the event type by these hosts; the last one of a round robin takes turns."""
    event_type.hosts.all().delete()
    for position, (user, row) in enumerate(zip(hosts, rows, strict=True)):
        event_type.hosts.create(
            user=user,
            position=position,
            required=row["required"] and position < len(hosts) - 1,
            weight=row["weight"],
            priority=row["priority"],
        )
        if row["day_off"] is not None:
            day = NOW.date() + timedelta(days=row["day_off"])
            OutOfOffice.objects.create(user=user, start_date=day, end_date=day)


def _guests(seats):
    return tuple(Guest(f"Guest {n}", f"guest{n}@keller.example") for n in range(1, seats))


class ListedMeansBookable(TestCase):
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        kind=_KINDS,
        rows=st.lists(_HOST, min_size=3, max_size=3),
        fields=_FIELDS,
        of_all=st.sampled_from([[], [], [{"per": "day", "max": 2}]]),
        taken=st.lists(st.integers(0, 400), max_size=8),
        held=st.lists(st.integers(0, 400), max_size=5),
        seats=st.integers(1, 3),
        asked=st.lists(st.integers(0, 3 * 24 * 12 - 1), min_size=6, max_size=10),
    )
    def test_every_start_is_judged_alike(
        self, kind, rows, fields, of_all, taken, held, seats, asked
    ):
        name, most, count = kind
        rows, seats = rows[:count], min(seats, most)
        hosts = [
            make_host(
                f"host-{number}",
                f"Host {number}",
                timezone=row["timezone"],
                weekly=row["weekly"],
                booking_limits=of_all,
            )
            for number, row in enumerate(rows)
        ]
        event_type = make_event_type(hosts[0], kind=name, max_attendees=most, **fields)
        _make_hosts(event_type, hosts, rows)
        window = {"start": NOW, "end": NOW + timedelta(days=3), "now": NOW}
        bookings = self._take_some(event_type, hosts, rows, taken, window)
        holds = self._hold_some(event_type, held, window)
        offer = load_offer(event_type)
        listed = {slot.start for slot in list_offered_slots(offer, **window, seats=seats)}
        minutes = chosen_duration(event_type, None)
        grid = {NOW + timedelta(minutes=5 * step) for step in asked}
        for start in sorted(grid | set(sorted(listed)[:6])):
            reasons = explain_start(offer, start=start, now=NOW, duration=minutes, seats=seats)
            assert (start in listed) == (not reasons), start
            try:
                with transaction.atomic():
                    book(event_type, start, guests=_guests(seats))
                    accepted, told = True, []
                    transaction.set_rollback(True)
            except DomainError as refused:
                accepted, told = False, refused.extra["reasons"]
            assert accepted == (start in listed), (start, told)
            assert told == list(dict.fromkeys(reason.code for reason in reasons))
        self._holders_book_as_listed(event_type, holds, window)
        self._moves_as_listed(event_type, bookings, window)

    def _take_some(self, event_type, hosts, rows, taken, window):
        """Bookings of the event type and of what its hosts offer by themselves."""
        others = [
            make_event_type(
                user, name="Own", event_type_slug="own", duration=30, buffer_time_after=10
            )
            for user, row in zip(hosts, rows, strict=True)
            if row["own"] or user == hosts[0]
        ]
        bookings = []
        for number in taken:
            chosen = others[number % len(others)] if number % 3 else event_type
            slots = list_slots(chosen, **window)
            if slots:
                bookings.append(book(chosen, slots[number % len(slots)].start))
        return bookings

    def _hold_some(self, event_type, held, window):
        """Holds of visitors who fill in the form, of some whose time is over, and of other types."""
        own = event_type.organizer.event_types.get(event_type_slug="own")
        holds = []
        for number in held:
            chosen = own if number % 4 == 3 else event_type
            began = NOW - timedelta(minutes=5) if number % 3 == 0 else NOW
            slots = list_slots(chosen, **{**window, "now": began})
            if not slots:
                continue
            with suppress(DomainError):
                holds.append(hold(chosen, slots[number % len(slots)].start, now=began))
        return holds

    def _holders_book_as_listed(self, event_type, holds, window):
        """What only a holder is offered, only the holder books."""
        offer = load_offer(event_type)
        for one in holds:
            if one.event_type_id != event_type.pk or one.expires_at <= NOW:
                continue
            listed = list_offered_slots(offer, **window, own_hold=one.pk)
            is_offered = one.start_time in {slot.start for slot in listed}
            try:
                with transaction.atomic():
                    book(event_type, one.start_time, hold_token=one.token)
                    transaction.set_rollback(True)
                    accepted = True
            except DomainError:
                accepted = False
            assert accepted == is_offered, one.start_time

    def _moves_as_listed(self, event_type, bookings, window):
        """A move is offered what is listed with its own old time free, for its own hosts."""
        for booking in {booking.pk: booking for booking in bookings}.values():
            # What starts this very instant can be booked, but not moved any more.
            if booking.event_type_id != event_type.pk or booking.start_time == NOW:
                continue
            stored = Booking.objects.get(pk=booking.pk)
            for start in [slot.start for slot in list_slots_for_move(stored, **window)][:3]:
                with transaction.atomic():
                    moved = reschedule_booking(booking=stored, start=start, actor=JONAS, now=NOW)
                    assert moved.start_time == start
                    assert {row.host_id for row in moved.occupancies.all()} == {
                        host.pk for host in booking.hosts
                    }
                    transaction.set_rollback(True)
