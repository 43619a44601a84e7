"""Any sequence of actions on a full session and its waitlist, against a naive line."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import Sum
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from apps.events.models import Attendee, Booking, Hold, WaitlistEntry
from apps.events.models.waitlist import MOST_OFFERS
from apps.events.selectors.bookings import get_booking_by_token
from apps.events.selectors.slots import list_slots
from apps.events.selectors.waitlist import with_places
from apps.events.services.bookings import cancel_booking
from apps.events.services.waiting.notify import notify_entry
from apps.events.services.waiting.pass_on import decline_offer, lapse_offer, leave_waitlist
from apps.events.tests.waiting import again, claim, wait_for
from tests.cast import JONAS, NOW, join, make_event_type
from tests.machines.world import ANA, RUN, World, choose, picks

SEATS = 2
START = NOW + timedelta(days=9)
OFFER = timedelta(minutes=120)


class Line(World):
    """A session of two seats that people book, leave, and wait for."""

    def __init__(self) -> None:
        super().__init__()
        self.yoga = make_event_type(
            self.host,
            name="Yoga",
            event_type_slug="yoga",
            kind="group",
            max_attendees=SEATS,
            duration=60,
            enable_waitlist=True,
        )
        self.taken: list[str] = []
        self.queue: list[str] = []
        """Everybody who waits, offered or not, in the order of queueing."""
        self.offers: dict[str, datetime] = {}
        self.made: dict[str, int] = {}
        self.people = 0

    # The naive line.

    @property
    def free(self) -> int:
        return SEATS - len(self.taken) - len(self.offers)

    def serve(self, but: str = "") -> None:
        for name in self.queue:
            may_have = name not in self.offers and self.made[name] < MOST_OFFERS
            if self.free and may_have and name != but:
                self.offer(name)

    def offer(self, name: str) -> None:
        self.offers[name] = self.now + OFFER
        self.made[name] += 1

    def send_to_the_end(self, name: str) -> None:
        del self.offers[name]
        self.queue.remove(name)
        self.queue.append(name)
        self.serve(but=name)

    def place(self) -> list[str]:
        offered = [name for name in self.queue if name in self.offers]
        return offered + [name for name in self.queue if name not in self.offers]

    def somebody(self) -> str:
        self.people += 1
        return f"P{self.people}"

    # What people do.

    @initialize(waiting=st.integers(min_value=0, max_value=3))
    def fill(self, waiting: int) -> None:
        """Mostly the session is full, or there would be nothing to wait for."""
        for _ in range(SEATS):
            self.book()
        for _ in range(waiting):
            self.join_line()

    @rule(minutes=st.sampled_from([1, 40, 119, 121]))
    def wait(self, minutes: int) -> None:
        """Time passes; each offer is looked at when it ends."""
        until = self.now + timedelta(minutes=minutes)
        while due := [(end, name) for name, end in self.offers.items() if end <= until]:
            end = min(due)[0]
            name = next(name for name in self.queue if self.offers.get(name) == end)
            self.now = max(self.now, end)
            assert lapse_offer(entry=self.entry(name), now=self.now)
            self.send_to_the_end(name)
        self.now = until

    @rule()
    def join_line(self) -> None:
        name = self.somebody()
        self.attempt(
            lambda: wait_for(self.yoga, START, name, now=self.now),
            expected=self.free == 0,
            step="join",
        )
        if self.free == 0:
            self.queue.append(name)
            self.made[name] = 0

    @rule()
    def book(self) -> None:
        name = self.somebody()
        self.attempt(lambda: join(self.yoga, START, name), expected=self.free > 0, step="book")
        if self.free:
            self.taken.append(name)

    @rule(pick=picks)
    def leave_seat(self, pick: int) -> None:
        name = choose(self.taken, pick)
        if name is None:
            return
        seat = Attendee.objects.exclude(status="cancelled").get(name=name)
        seen = get_booking_by_token(seat.access_token, now=self.now)
        self.cancel(seen, actor=JONAS)
        self.taken.remove(name)
        self.serve()

    @rule()
    def everybody_leaves(self) -> None:
        """One after the other; what was offered to those who wait outlives the session."""
        for _ in list(self.taken):
            self.leave_seat(0)

    @rule()
    def call_off(self) -> None:
        """The organizer cancels the session, for all who are in."""
        if self.taken:
            session = Booking.objects.get(status="confirmed", attendee_count__gt=0)
            self.cancel(session, actor=ANA)
            self.taken.clear()
            self.serve()

    @rule(pick=picks)
    def decline(self, pick: int) -> None:
        name = choose(self.queue, pick)
        if name is None:
            return
        is_offered = name in self.offers
        self.attempt(
            lambda: decline_offer(entry=self.entry(name), now=self.now),
            expected=is_offered,
            step="decline",
        )
        if is_offered:
            self.send_to_the_end(name)

    @rule(pick=picks)
    def leave_line(self, pick: int) -> None:
        name = choose(self.queue, pick)
        if name is None:
            return
        leave_waitlist(entry=self.entry(name), now=self.now)
        self.queue.remove(name)
        if self.offers.pop(name, None):
            self.serve()

    @rule(pick=picks)
    def claim(self, pick: int) -> None:
        name = choose(self.queue, pick)
        if name is None:
            return
        may_have = name in self.offers or self.free > 0
        self.attempt(lambda: claim(self.entry(name), now=self.now), expected=may_have, step="claim")
        if may_have:
            self.offers.pop(name, None)
            self.queue.remove(name)
            self.taken.append(name)

    @rule(pick=picks)
    def notify(self, pick: int) -> None:
        name = choose(self.queue, pick)
        if name is None:
            return
        may_have = name not in self.offers and self.free > 0
        self.attempt(
            lambda: notify_entry(entry=self.entry(name), now=self.now),
            expected=may_have,
            step="notify",
        )
        if may_have:
            self.offer(name)

    # What must hold.

    @invariant()
    def the_line_is_as_the_model_has_it(self) -> None:
        rows = with_places(WaitlistEntry.objects.filter(status__in=["active", "notified"]))
        told = {row.place_in_line: (row.invitee_name, row.status) for row in rows}
        state = {True: "notified", False: "active"}
        assert told == {
            place: (name, state[name in self.offers]) for place, name in enumerate(self.place(), 1)
        }

    @invariant()
    def seats_are_taken_held_or_free(self) -> None:
        sessions = Booking.objects.filter(event_type=self.yoga, status="confirmed")
        sums = sessions.aggregate(taken=Sum("attendee_count"), held=Sum("held_seats"))
        assert (sums["taken"] or 0, sums["held"] or 0) == (len(self.taken), len(self.offers))
        assert Hold.objects.count() == len(self.offers)
        assert sessions.count() <= 1
        slots = list_slots(self.yoga, start=START, end=START + timedelta(seconds=1), now=self.now)
        assert [slot.seats_left for slot in slots] == ([self.free] if self.free else [])

    # Helpers.

    def entry(self, name: str) -> WaitlistEntry:
        return again(WaitlistEntry.objects.get(invitee_name=name))

    def cancel(self, booking: Any, *, actor: Any) -> None:
        by = "organizer" if actor is ANA else "invitee"
        cancel_booking(booking=booking, cancelled_by=by, reason="", actor=actor, now=self.now)


@pytest.mark.django_db
def test_the_waitlist_of_a_session() -> None:
    run_state_machine_as_test(Line, settings=RUN)
