"""Weekly series beside single bookings and holds, across a clock change, against a naive model."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test

from apps.events.models import Booking
from apps.events.services.holds.form import FormHoldRequest, hold_for_form
from apps.events.services.series.scope import cancel_in_scope, reschedule_in_scope
from apps.events.tests.series_cast import book_series, make_weekly
from tests.cast import book, make_event_type
from tests.machines.world import ANA, RUN, STEP, VISITOR, World, choose, live_time, picks

LISBON = ZoneInfo("Europe/Lisbon")
FIRST = datetime(2026, 3, 16, 10, 0)
"""By the clock of the host; it is put forward on 29 March."""
WEEKS, PLACES = 4, 5
HOLD = timedelta(minutes=5)

weeks = st.integers(0, WEEKS)
places = st.integers(0, PLACES - 1)
scopes = st.sampled_from(["this", "following", "all"])


def instant(wall: datetime) -> datetime:
    """When the clock of the host shows it."""
    return wall.replace(tzinfo=LISBON).astimezone(UTC)


def reading(at: datetime) -> datetime:
    """What the clock of the host shows."""
    return at.astimezone(LISBON).replace(tzinfo=None)


def place_in(week: int, place: int) -> datetime:
    """One of a few walls, so that people get in each other's way."""
    return FIRST + timedelta(weeks=week) + STEP * place


@dataclass
class Taken:
    """A booking, alone or as an occurrence of a series."""

    start: datetime
    series: UUID | None = None
    position: int | None = None
    status: str = "confirmed"


class Series(World):
    """Lessons of four weeks and single calls with one host; all take half an hour."""

    def __init__(self) -> None:
        super().__init__()
        self.lesson = make_weekly(self.host, max_occurrences=WEEKS, slot_interval_minutes=30)
        self.call = make_event_type(
            self.host,
            name="Call",
            event_type_slug="call",
            slot_interval_minutes=30,
        )
        self.bookings: dict[UUID, Taken] = {}
        self.holds: dict[datetime, datetime] = {}
        """Start to end of what is held for somebody."""
        self.uids: dict[UUID, str] = {}
        self.tokens: dict[UUID, UUID] = {}

    # The model.

    def is_free(self, start: datetime, *, but: tuple[UUID, ...] = ()) -> bool:
        """Whether the public may have it; `but` are bookings that move away together."""
        taken = {
            one.start
            for id, one in self.bookings.items()
            if id not in but and one.status in {"confirmed", "completed"}
        }
        held = {at for at, end in self.holds.items() if end > self.now}
        return start >= self.now and start not in taken | held

    def in_scope(self, id: UUID, scope: str) -> list[UUID]:
        """Whom a change of one is meant for, as far as they can be changed."""
        this = self.bookings[id]
        meant = [id] if scope == "this" else self.siblings(this)
        if scope == "following":
            meant = [one for one in meant if self.bookings[one].start >= this.start]
        return [one for one in meant if self.can_change(self.bookings[one])]

    def siblings(self, this: Taken) -> list[UUID]:
        return [id for id, one in self.bookings.items() if one.series == this.series]

    def can_change(self, booking: Taken) -> bool:
        return booking.status == "confirmed" and self.now < booking.start

    def time_passed(self) -> None:
        for booking in self.bookings.values():
            if booking.status == "confirmed" and booking.start + STEP <= self.now:
                booking.status = "completed"

    # What people do.

    @initialize(place=places)
    def there_is_a_series(self, place: int) -> None:
        self.book_series(place, set())

    @rule(days=st.sampled_from([1, 1, 8]))
    def days_pass(self, days: int) -> None:
        self.now += timedelta(days=days - 1)
        self.wait(24 * 60)

    @precondition(lambda self: len({one.series for one in self.bookings.values()}) < 3)
    @rule(place=places, subset=st.sets(st.integers(0, WEEKS - 1)))
    def books_a_series(self, place: int, subset: set[int]) -> None:
        """No more than a few, or nothing could move."""
        self.book_series(place, subset)

    def book_series(self, place: int, subset: set[int]) -> None:
        walls = [place_in(week, place) for week in range(WEEKS)]
        starts = [instant(wall) for wall in walls]
        chosen = sorted(subset) if subset else list(range(WEEKS))
        wanted = tuple(starts[week] for week in chosen) if subset else "all"
        series = self.attempt(
            lambda: book_series(self.lesson, starts[0], now=self.now, occurrences=wanted),
            expected=all(self.is_free(starts[week]) for week in chosen),
            step=f"series of {chosen}",
        )
        if series is None:
            return
        assert [one.start_time for one in series] == [starts[week] for week in chosen]
        for booking, week in zip(series, chosen, strict=True):
            self.bookings[booking.pk] = Taken(starts[week], booking.recurrence_id, week + 1)
            self.remember(booking)
        assert len({booking.ical_uid for booking in series}) == 1

    @rule(week=weeks, place=places)
    def books_a_call(self, week: int, place: int) -> None:
        start = instant(place_in(week, place))
        booking = self.attempt(
            lambda: book(self.call, start, now=self.now),
            expected=self.is_free(start),
            step=f"call {start}",
        )
        if booking is not None:
            self.bookings[booking.pk] = Taken(start)
            self.remember(booking)

    @rule(week=weeks, place=places)
    def holds_a_call(self, week: int, place: int) -> None:
        start = instant(place_in(week, place))
        hold = self.attempt(
            lambda: hold_for_form(
                request=FormHoldRequest("ana", "call", start, client="a"), now=self.now
            ),
            expected=self.is_free(start),
            step=f"hold {start}",
        )
        if hold is not None:
            self.holds[start] = self.now + HOLD

    @precondition(lambda self: self.bookings)
    @rule(pick=picks, week=weeks, place=places, scope=scopes, by_link=st.booleans())
    def moves(self, pick: int, week: int, place: int, scope: str, by_link: bool) -> None:
        id = choose(self.bookings, pick)
        this = self.bookings[id]
        start = instant(place_in(week, place))
        moving = self.in_scope(id, scope) if this.series or scope == "this" else []
        shift = reading(start) - reading(this.start)
        there = {one: instant(reading(self.bookings[one].start) + shift) for one in moving}
        apart = Counter(there.values())
        moved = self.attempt(
            lambda: reschedule_in_scope(
                booking=self.row(id),
                start=start,
                scope=scope,
                actor=VISITOR if by_link else ANA,
                now=self.now,
            ),
            expected=id in moving
            and start != this.start
            and all(
                self.is_free(at, but=tuple(moving)) and apart[at] == 1 for at in there.values()
            ),
            step=f"move {scope} from {this.start} to {start}",
        )
        if moved is not None:
            for one, at in there.items():
                self.bookings[one].start = at

    @precondition(lambda self: self.bookings)
    @rule(pick=picks, scope=scopes, by_link=st.booleans())
    def cancels(self, pick: int, scope: str, by_link: bool) -> None:
        id = choose(self.bookings, pick)
        this = self.bookings[id]
        gone = self.in_scope(id, scope) if this.series or scope == "this" else []
        done = self.attempt(
            lambda: cancel_in_scope(
                booking=self.row(id),
                scope=scope,
                cancelled_by="invitee" if by_link else "organizer",
                reason="",
                actor=VISITOR if by_link else ANA,
                now=self.now,
            ),
            expected=bool(gone),
            step=f"cancel {scope} of {this.start}",
        )
        if done is not None:
            for one in gone:
                self.bookings[one].status = "cancelled"

    # What must be true after each step.

    @invariant()
    def bookings_are_as_agreed(self) -> None:
        rows = Booking.objects.exclude(status="rescheduled").values_list(
            "id", "start_time", "status", "recurrence_id", "recurrence_sequence"
        )
        assert {id: rest for id, *rest in rows} == {
            id: [one.start, one.status, one.series, one.position]
            for id, one in self.bookings.items()
        }

    @invariant()
    def time_is_taken_by_what_lives(self) -> None:
        booked = {
            (one.start, one.start + STEP, False)
            for one in self.bookings.values()
            if one.status != "cancelled"
        }
        held = {(start, start + STEP, True) for start, end in self.holds.items() if end > self.now}
        assert live_time(self.now) == booked | held

    @invariant()
    def links_and_uids_stay(self) -> None:
        rows = Booking.objects.exclude(status="rescheduled")
        assert dict(rows.values_list("id", "ical_uid")) == self.uids
        assert dict(rows.values_list("id", "access_token")) == self.tokens

    def remember(self, booking: Booking) -> None:
        self.uids[booking.pk] = booking.ical_uid
        self.tokens[booking.pk] = booking.access_token

    def row(self, id: UUID) -> Any:
        """The booking, read anew."""
        related = ("event_type", "organizer", "host", "recurrence")
        return Booking.objects.select_related(*related).get(pk=id)


@pytest.mark.django_db
def test_series_beside_single_bookings() -> None:
    run_state_machine_as_test(Series, settings=RUN)
