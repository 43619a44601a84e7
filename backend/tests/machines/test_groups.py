"""Sessions of a group, their attendees and held seats: in any order, against a naive model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from apps.events.actors import Actor
from apps.events.models import Attendee, Booking, Hold
from apps.events.models.audit import ActorType
from apps.events.selectors.bookings import get_booking_by_token
from apps.events.selectors.slots import list_slots
from apps.events.services.attendees import (
    Newcomer,
    add_attendee,
    bring_attendee,
    change_capacity,
    mark_attendee_no_show,
    mark_attendee_showed,
    move_attendee,
    remove_attendee,
    remove_brought,
)
from apps.events.services.bookings import Guest, cancel_booking, reschedule_booking
from apps.events.services.holds.end import end_hold
from apps.events.services.holds.form import FormHoldRequest, hold_for_form
from tests.cast import join, make_event_type
from tests.machines.world import (
    ANA,
    RUN,
    STARTS,
    STEP,
    World,
    choose,
    live_time,
    picks,
    starts,
)

HOLD = timedelta(minutes=5)
SEATS = 4
BY_LINK = Actor(ActorType.ATTENDEE, "Vic Visitor", "vic@example.net", "203.0.113.9")


@dataclass
class Person:
    """Somebody who has or had a seat; `brought_by` is the one whose link brought them."""

    name: str
    brought_by: str | None = None
    came: bool = True


@dataclass
class Place:
    """A start at which there is a session, or at least seats that are held."""

    seats: int = SEATS
    people: list[Person] = field(default_factory=list)
    is_over: bool = False


@dataclass
class Held:
    """Seats that somebody holds while they fill in the form."""

    start: datetime
    seats: int
    ends: datetime


class Groups(World):
    """One group event type of four seats."""

    def __init__(self) -> None:
        super().__init__()
        self.yoga = make_event_type(
            self.host,
            name="Yoga",
            event_type_slug="yoga",
            kind="group",
            max_attendees=SEATS,
            slot_interval_minutes=30,
        )
        self.places: dict[datetime, Place] = {}
        self.holds: dict[UUID, Held] = {}
        self.called_off = 0
        self.count = 0

    # The model.

    def held(self, start: datetime, *, but: UUID | None = None) -> int:
        """Seats that others hold there now."""
        return sum(
            hold.seats
            for token, hold in self.holds.items()
            if token != but and hold.start == start and hold.ends > self.now
        )

    def left(self, start: datetime, *, but: UUID | None = None) -> int:
        """Seats left there, none held counted, but one's own."""
        place = self.place(start)
        return place.seats - len(place.people) - self.held(start, but=but)

    def place(self, start: datetime) -> Place:
        """The start as it is; an empty one that nobody holds is as new."""
        place = self.places.get(start)
        if place is None or (not place.people and not self.held(start)):
            return Place()
        return place

    def keep(self, start: datetime, place: Place) -> None:
        self.places[start] = place

    def new_name(self) -> str:
        self.count += 1
        return f"P{self.count}"

    def everybody(self) -> list[tuple[datetime, Person]]:
        """All who are in, with their start."""
        return [(start, who) for start, place in self.places.items() for who in place.people]

    def party(self, start: datetime, who: Person) -> list[Person]:
        """Who goes with somebody's link."""
        people = self.places[start].people
        return [who, *(one for one in people if one.brought_by == who.name)]

    def take_out(self, start: datetime, leaving: Iterable[Person]) -> None:
        """They have no seat there any more; the last one out ends the session."""
        place = self.places[start]
        gone = {one.name for one in leaving}
        place.people = [one for one in place.people if one.name not in gone]
        for one in place.people:
            if one.brought_by in gone:
                one.brought_by = None
        if not place.people:
            self.called_off += 1

    def time_passed(self) -> None:
        for start, place in self.places.items():
            if start + STEP <= self.now:
                place.is_over = True

    def is_ahead(self, start: datetime) -> bool:
        return self.now < start

    # What people do.

    @rule(start=starts, guests=st.integers(0, 2), pick=picks, uses_hold=st.booleans())
    def joins(self, start: datetime, guests: int, pick: int, uses_hold: bool) -> None:
        live = [token for token, hold in self.holds.items() if hold.ends > self.now]
        token = choose(live, pick) if uses_hold else None
        holder = Person(self.new_name())
        brought = [Person(self.new_name(), holder.name) for _ in range(guests)]
        wanted = 1 + guests
        place = self.place(start)
        joined = self.attempt(
            lambda: join(
                self.yoga,
                start,
                holder.name,
                now=self.now,
                hold_token=token,
                guests=tuple(Guest(one.name, f"{one.name}@example.net") for one in brought),
            ),
            expected=start >= self.now and self.left(start, but=token) >= wanted,
            step=f"join {start:%H:%M} with {guests}",
        )
        if joined is not None:
            self.holds.pop(token, None)
            place.people += [holder, *brought]
            self.keep(start, place)

    @rule(start=starts, seats=st.integers(1, 3))
    def holds_seats(self, start: datetime, seats: int) -> None:
        place = self.place(start)
        hold = self.attempt(
            lambda: hold_for_form(
                request=FormHoldRequest("ana", "yoga", start, client="a", seats=seats),
                now=self.now,
            ),
            expected=start >= self.now and self.left(start) >= seats,
            step=f"hold {seats} at {start:%H:%M}",
        )
        if hold is not None:
            self.holds[hold.token] = Held(start, seats, self.now + HOLD)
            self.keep(start, place)

    @precondition(lambda self: self.holds)
    @rule(pick=picks)
    def gives_seats_up(self, pick: int) -> None:
        token = choose(self.holds, pick)
        end_hold(token=token, now=self.now)
        del self.holds[token]

    @precondition(lambda self: self.everybody())
    @rule(pick=picks)
    def leaves(self, pick: int) -> None:
        start, who = choose(self.everybody(), pick)
        left = self.attempt(
            lambda: cancel_booking(
                booking=self.seen(who),
                cancelled_by="invitee",
                reason="",
                actor=BY_LINK,
                now=self.now,
            ),
            expected=self.is_ahead(start),
            step=f"{who.name} leaves",
        )
        if left is not None:
            self.take_out(start, self.party(start, who))

    @precondition(lambda self: self.everybody())
    @rule(pick=picks, by_link=st.booleans())
    def is_added(self, pick: int, by_link: bool) -> None:
        start, who = choose(self.everybody(), pick)
        name = self.new_name()
        newcomer = Newcomer(name, f"{name}@example.net")
        place = self.places[start]
        if by_link:
            expected = self.is_ahead(start) and who.brought_by is None
            added = self.attempt(
                lambda: bring_attendee(
                    booking=self.seen(who), newcomer=newcomer, actor=BY_LINK, now=self.now
                ),
                expected=expected and self.left(start) >= 1,
                step=f"{who.name} brings {name}",
            )
        else:
            added = self.attempt(
                lambda: add_attendee(
                    booking=self.row(start),
                    newcomer=newcomer,
                    notify=True,
                    actor=ANA,
                    now=self.now,
                ),
                expected=self.now < start + STEP
                and not place.is_over
                and place.seats - len(place.people) - self.held(start) >= 1
                and any(one.came for one in place.people),
                step=f"add {name} at {start:%H:%M}",
            )
        if added is not None:
            place.people.append(Person(name, who.name if by_link else None))

    @precondition(lambda self: self.everybody())
    @rule(pick=picks, by_link=st.booleans())
    def is_removed(self, pick: int, by_link: bool) -> None:
        start, who = choose(self.everybody(), pick)
        place = self.places[start]
        booker = next((one for one in place.people if one.name == who.brought_by), None)
        if by_link and booker is not None:
            removed = self.attempt(
                lambda: remove_brought(
                    booking=self.seen(booker),
                    attendee_id=self.attendee(who).pk,
                    actor=BY_LINK,
                    now=self.now,
                ),
                expected=self.is_ahead(start),
                step=f"{booker.name} takes {who.name} off",
            )
        else:
            removed = self.attempt(
                lambda: remove_attendee(
                    booking=self.row(start),
                    attendee_id=self.attendee(who).pk,
                    reason="",
                    actor=ANA,
                    now=self.now,
                ),
                expected=self.is_ahead(start),
                step=f"remove {who.name}",
            )
        if removed is not None:
            self.take_out(start, [who])

    @precondition(lambda self: self.everybody())
    @rule(pick=picks, seats=st.integers(1, 7))
    def gets_seats(self, pick: int, seats: int) -> None:
        start, _ = choose(self.everybody(), pick)
        place = self.places[start]
        changed = self.attempt(
            lambda: change_capacity(
                booking=self.row(start), capacity=seats, actor=ANA, now=self.now
            ),
            expected=seats >= max(2, len(place.people) + self.held(start))
            and self.now < start + STEP
            and not place.is_over
            and any(one.came for one in place.people),
            step=f"{seats} seats at {start:%H:%M}",
        )
        if changed is not None:
            place.seats = seats

    @precondition(lambda self: self.everybody())
    @rule(pick=picks, start=starts, by_link=st.booleans())
    def moves_seats(self, pick: int, start: datetime, by_link: bool) -> None:
        former, who = choose(self.everybody(), pick)
        party = self.party(former, who) if by_link else [who]
        target = self.place(start)

        def move() -> Any:
            if by_link:
                return reschedule_booking(
                    booking=self.seen(who), start=start, actor=BY_LINK, now=self.now
                )
            return move_attendee(
                booking=self.row(former),
                attendee_id=self.attendee(who).pk,
                start=start,
                actor=ANA,
                now=self.now,
            )

        moved = self.attempt(
            move,
            expected=self.is_ahead(former)
            and start != former
            and start >= self.now
            and self.left(start) >= len(party),
            step=f"{who.name} moves to {start:%H:%M}",
        )
        if moved is None:
            return
        place = self.places[former]
        is_whole = len(party) == len(place.people) and not self.held(former)
        if is_whole and not target.people and not self.held(start):
            # The session itself moves, with the seats it was given.
            self.keep(start, Place(place.seats, place.people))
            del self.places[former]
            return
        self.take_out(former, party)
        together = {one.name for one in party}
        for one in party:
            if one.brought_by not in together:
                one.brought_by = None
        target.people += party
        self.keep(start, target)

    @precondition(lambda self: self.everybody())
    @rule(pick=picks, start=starts)
    def moves_everybody(self, pick: int, start: datetime) -> None:
        former, _ = choose(self.everybody(), pick)
        place, target = self.places[former], self.place(start)
        moved = self.attempt(
            lambda: reschedule_booking(
                booking=self.row(former), start=start, actor=ANA, now=self.now
            ),
            expected=self.is_ahead(former)
            and start != former
            and start >= self.now
            and not target.people
            and not self.held(start),
            step=f"move {former:%H:%M} to {start:%H:%M}",
        )
        if moved is not None:
            self.keep(start, Place(place.seats, place.people))
            # Seats that are held stay where they are, as many as there were.
            self.keep(former, Place(place.seats))

    @precondition(lambda self: self.everybody())
    @rule(pick=picks)
    def is_called_off(self, pick: int) -> None:
        start, _ = choose(self.everybody(), pick)
        done = self.attempt(
            lambda: cancel_booking(
                booking=self.row(start),
                cancelled_by="organizer",
                reason="",
                actor=ANA,
                now=self.now,
            ),
            expected=self.is_ahead(start),
            step=f"call {start:%H:%M} off",
        )
        if done is not None:
            self.called_off += 1
            self.keep(start, Place(self.places[start].seats))

    @precondition(lambda self: self.everybody())
    @rule(pick=picks, came=st.booleans())
    def is_marked(self, pick: int, came: bool) -> None:
        start, who = choose(self.everybody(), pick)
        mark = mark_attendee_showed if came else mark_attendee_no_show
        done = self.attempt(
            lambda: mark(
                booking=self.row(start),
                attendee_id=self.attendee(who).pk,
                actor=ANA,
                now=self.now,
            ),
            expected=not self.is_ahead(start) and who.came != came,
            step=f"{who.name} came: {came}",
        )
        if done is not None:
            was_no_show = not any(one.came for one in self.places[start].people)
            who.came = came
            # Once marked as a no-show and taken back, it has taken place, be it over or not.
            self.places[start].is_over |= was_no_show

    @rule()
    def looks(self) -> None:
        """What is listed is what can be booked, with the seats that are left."""
        slots = list_slots(self.yoga, start=STARTS[0], end=STARTS[-1] + STEP, now=self.now)
        assert {slot.start: slot.seats_left for slot in slots} == {
            start: self.left(start)
            for start in STARTS
            if start >= self.now and self.left(start) > 0
        }

    # What must be true after each step.

    @invariant()
    def everybody_is_where_they_belong(self) -> None:
        live = Attendee.objects.exclude(booking__status="cancelled").exclude(status="cancelled")
        rows = live.values_list("name", "booking__start_time", "brought_by__name", "status")
        assert {name: (start, by, status) for name, start, by, status in rows} == {
            who.name: (start, who.brought_by, "confirmed" if who.came else "no_show")
            for start, who in self.everybody()
        }

    @invariant()
    def seats_add_up(self) -> None:
        for session in Booking.objects.exclude(status__in=["rescheduled", "cancelled"]):
            people = session.attendees.exclude(status="cancelled").count()
            held = sum(Hold.objects.filter(session=session).values_list("seats", flat=True))
            assert (session.attendee_count, session.held_seats) == (people, held)
            assert people + held <= session.capacity
            if people:
                place = self.places[session.start_time]
                nobody_came = not any(one.came for one in place.people)
                state = "completed" if place.is_over else "confirmed"
                assert session.capacity == place.seats
                assert session.status == ("no_show" if nobody_came else state)
        ended = Booking.objects.filter(status="cancelled")
        assert ended.count() == self.called_off
        assert (
            not ended.exclude(attendee_count=0, held_seats=0)
            .filter(cancelled_by="invitee")
            .exists()
        )

    @invariant()
    def time_is_taken_by_what_lives(self) -> None:
        taken = {start for start, place in self.places.items() if place.people}
        held = {start for start in self.places if self.held(start)} - taken
        assert live_time(self.now) == {
            *((start, start + STEP, False) for start in taken),
            *((start, start + STEP, True) for start in held),
        }

    def seen(self, who: Person) -> Booking:
        """The session as one attendee sees it."""
        return get_booking_by_token(self.attendee(who).access_token, now=self.now)

    def attendee(self, who: Person) -> Attendee:
        return Attendee.objects.get(name=who.name)

    def row(self, start: datetime) -> Booking:
        """The session with people at that start."""
        sessions = Booking.objects.select_related("event_type", "organizer", "host")
        return sessions.exclude(status__in=["rescheduled", "cancelled"]).get(
            start_time=start, attendee_count__gte=1
        )


@pytest.mark.django_db
def test_sessions_attendees_and_held_seats() -> None:
    run_state_machine_as_test(Groups, settings=RUN)
