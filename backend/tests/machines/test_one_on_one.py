"""Bookings of one person, requests and holds, for one host: in any order, against a naive model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from apps.events.models import Booking
from apps.events.selectors.slots import list_slots
from apps.events.services.bookings import cancel_booking, reschedule_booking
from apps.events.services.holds.end import end_hold
from apps.events.services.holds.form import FormHoldRequest, hold_for_form
from apps.events.services.requests.confirm import confirm_request
from apps.events.services.requests.reject import reject_request
from tests.cast import book, make_event_type
from tests.machines.world import (
    ANA,
    RUN,
    STARTS,
    STEP,
    VISITOR,
    World,
    choose,
    live_time,
    picks,
    starts,
)

HOLD = timedelta(minutes=5)
ANSWER = timedelta(minutes=60)


@dataclass
class Kind:
    """An event type as the model knows it; minutes."""

    name: str
    duration: int
    before: int = 0
    after: int = 0
    asks: bool = False
    keeps: bool = True
    """Whether a request takes its time."""


KINDS = [
    Kind("intro", 30),
    Kind("consult", 60, before=15, asks=True),
    Kind("maybe", 30, after=10, asks=True, keeps=False),
]
kinds = st.sampled_from(KINDS)


@dataclass
class Taken:
    """A booking or a hold."""

    kind: Kind
    start: datetime
    status: str = "confirmed"
    takes_time: bool = True
    ends: datetime | None = None
    """Of a hold; of a request, until when it can be answered."""

    @property
    def span(self) -> tuple[datetime, datetime]:
        """With its buffers."""
        first = self.start - timedelta(minutes=self.kind.before)
        return first, self.start + timedelta(minutes=self.kind.duration + self.kind.after)


class OneOnOne(World):
    """Three event types of one host: at once, to confirm with its time, to confirm without."""

    def __init__(self) -> None:
        super().__init__()
        self.types = {
            kind.name: make_event_type(
                self.host,
                name=kind.name,
                event_type_slug=kind.name,
                duration=kind.duration,
                slot_interval_minutes=30,
                buffer_time_before=kind.before,
                buffer_time_after=kind.after,
                requires_confirmation=kind.asks,
                pending_holds_slot=kind.keeps,
                request_expires_minutes=60,
            )
            for kind in KINDS
        }
        self.bookings: dict[UUID, Taken] = {}
        self.holds: dict[UUID, Taken] = {}

    # The model.

    def live_holds(self) -> dict[UUID, Taken]:
        """Those that count."""
        return {token: hold for token, hold in self.holds.items() if hold.ends > self.now}

    def is_free(self, wanted: Taken, *, but: UUID | None = None) -> bool:
        """Whether nobody else has any of its time; `but` is one's own booking or hold."""
        first, last = wanted.span
        others = [
            *((key, one) for key, one in self.bookings.items() if one.takes_time),
            *self.live_holds().items(),
        ]
        return all(key == but or one.span[1] <= first or last <= one.span[0] for key, one in others)

    def is_offered(self, wanted: Taken, *, but: UUID | None = None) -> bool:
        """Whether the public may have it."""
        return wanted.start >= self.now and self.is_free(wanted, but=but)

    def as_asked(self, wanted: Taken) -> Taken:
        """What it is in the beginning: a request where the organizer has to confirm."""
        if wanted.kind.asks:
            wanted.status, wanted.takes_time = "pending", wanted.kind.keeps
            wanted.ends = min(self.now + ANSWER, wanted.start)
        return wanted

    def time_passed(self) -> None:
        for booking in self.bookings.values():
            if booking.status == "pending" and booking.ends <= self.now:
                booking.status, booking.takes_time = "expired", False
            over = booking.start + timedelta(minutes=booking.kind.duration)
            if booking.status == "confirmed" and over <= self.now:
                booking.status = "completed"

    # What people do.

    @rule(kind=kinds, start=starts, pick=picks, uses_hold=st.booleans())
    def books(self, kind: Kind, start: datetime, pick: int, uses_hold: bool) -> None:
        wanted = self.as_asked(Taken(kind, start))
        own = [token for token, hold in self.live_holds().items() if hold.kind is kind]
        token = choose(own, pick) if uses_hold else None
        booking = self.attempt(
            lambda: book(self.types[kind.name], start, now=self.now, hold_token=token),
            expected=self.is_offered(wanted, but=token),
            step=f"book {kind.name} {start:%H:%M}",
        )
        if booking is not None:
            self.bookings[booking.pk] = wanted
            self.holds.pop(token, None)

    @rule(kind=kinds, start=starts, pick=picks, again=st.booleans())
    def holds_a_start(self, kind: Kind, start: datetime, pick: int, again: bool) -> None:
        mine = self.live_holds()
        former = choose(mine, pick) if again else None
        same = former is not None and mine[former].kind is kind
        wanted = Taken(kind, start, ends=self.now + HOLD)
        hold = self.attempt(
            lambda: hold_for_form(
                request=FormHoldRequest("ana", kind.name, start, client="a", hold_token=former),
                now=self.now,
            ),
            expected=self.is_offered(wanted, but=former if same else None),
            step=f"hold {kind.name} {start:%H:%M}",
        )
        if hold is not None:
            self.holds.pop(former, None)
            self.holds[hold.token] = wanted

    @precondition(lambda self: self.holds)
    @rule(pick=picks)
    def gives_a_hold_up(self, pick: int) -> None:
        token = choose(self.holds, pick)
        end_hold(token=token, now=self.now)
        del self.holds[token]

    @precondition(lambda self: self.bookings)
    @rule(pick=picks, start=starts, by_link=st.booleans())
    def moves(self, pick: int, start: datetime, by_link: bool) -> None:
        id = choose(self.bookings, pick)
        booking = self.bookings[id]
        wanted = Taken(booking.kind, start)
        if by_link:
            wanted = self.as_asked(wanted)
        moved = self.attempt(
            lambda: reschedule_booking(
                booking=self.row(id), start=start, actor=VISITOR if by_link else ANA, now=self.now
            ),
            expected=booking.status in {"pending", "confirmed"}
            and self.now < booking.start != start
            and self.is_offered(wanted, but=id),
            step=f"move {booking.kind.name} to {start:%H:%M}",
        )
        if moved is not None:
            self.bookings[id] = wanted

    @precondition(lambda self: self.bookings)
    @rule(pick=picks, by_link=st.booleans())
    def cancels(self, pick: int, by_link: bool) -> None:
        id = choose(self.bookings, pick)
        booking = self.bookings[id]
        cancelled = self.attempt(
            lambda: cancel_booking(
                booking=self.row(id),
                cancelled_by="invitee" if by_link else "organizer",
                reason="",
                actor=VISITOR if by_link else ANA,
                now=self.now,
            ),
            expected=booking.status in {"pending", "confirmed"} and self.now < booking.start,
            step=f"cancel {booking.kind.name}",
        )
        if cancelled is not None:
            booking.status, booking.takes_time = "cancelled", False

    @precondition(lambda self: self.bookings)
    @rule(pick=picks)
    def confirms(self, pick: int) -> None:
        id = choose(self.bookings, pick)
        booking = self.bookings[id]
        confirmed = self.attempt(
            lambda: confirm_request(booking=self.row(id), actor=ANA, now=self.now),
            expected=booking.status == "pending"
            and (booking.takes_time or self.is_free(booking, but=id)),
            step=f"confirm {booking.kind.name}",
        )
        if confirmed is not None:
            booking.status, booking.takes_time = "confirmed", True

    @precondition(lambda self: self.bookings)
    @rule(pick=picks)
    def rejects(self, pick: int) -> None:
        id = choose(self.bookings, pick)
        booking = self.bookings[id]
        rejected = self.attempt(
            lambda: reject_request(booking=self.row(id), reason="", actor=ANA, now=self.now),
            expected=booking.status == "pending",
            step=f"reject {booking.kind.name}",
        )
        if rejected is not None:
            booking.status, booking.takes_time = "rejected", False

    @rule(kind=kinds)
    def looks(self, kind: Kind) -> None:
        """What is listed is what can be booked."""
        slots = list_slots(
            self.types[kind.name], start=STARTS[0], end=STARTS[-1] + STEP, now=self.now
        )
        listed = {slot.start for slot in slots}
        assert listed == {at for at in STARTS if self.is_offered(Taken(kind, at))}

    # What must be true after each step.

    @invariant()
    def bookings_are_as_agreed(self) -> None:
        rows = Booking.objects.exclude(status="rescheduled")
        stored = {
            id: (name, start, status)
            for id, name, start, status in rows.values_list(
                "id", "event_type__event_type_slug", "start_time", "status"
            )
        }
        model = {id: (one.kind.name, one.start, one.status) for id, one in self.bookings.items()}
        assert stored == model

    @invariant()
    def time_is_taken_by_what_lives(self) -> None:
        booked = {(*one.span, False) for one in self.bookings.values() if one.takes_time}
        held = {(*one.span, True) for one in self.live_holds().values()}
        assert live_time(self.now) == booked | held

    def row(self, id: UUID) -> Any:
        """The booking, read anew."""
        return Booking.objects.select_related("event_type", "organizer", "host").get(pk=id)


@pytest.mark.django_db
def test_bookings_requests_and_holds() -> None:
    run_state_machine_as_test(OneOnOne, settings=RUN)
