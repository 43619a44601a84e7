"""What an organizer does to single attendees of a session, and to its number of seats."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from apps.common.errors import InvalidState, NotFound, ValidationFailed
from apps.common.models import OutboxRow
from apps.events import errors
from apps.events.audit_chain import hash_of
from apps.events.models import Attendee, Booking, BookingAuditLog, Occupancy
from apps.events.selectors.slots import list_slots
from apps.events.services.attendees import (
    change_capacity,
    mark_attendee_no_show,
    mark_attendee_showed,
    remove_attendee,
)
from apps.events.services.bookings import Guest, complete_booking, complete_past_bookings
from apps.events.services.bookings.finish import mark_no_show
from apps.events.tests.groups import ANA, BOOKINGS, add, make_yoga, seen, the_session, told
from tests.cast import NOW, add_hosts, at, book, join, make_host

pytestmark = pytest.mark.django_db


@pytest.fixture
def yoga(ana):
    return make_yoga(ana)


def _attendee(name: str) -> Attendee:
    return Attendee.objects.get(name=name)


def _remove(name: str, *, reason: str = "", now=NOW) -> Attendee:
    who = _attendee(name)
    return remove_attendee(
        booking=who.booking, attendee_id=who.pk, reason=reason, actor=ANA, now=now
    )


def _mark(mark, name: str, *, now=None):
    who = _attendee(name)
    return mark(booking=who.booking, attendee_id=who.pk, actor=ANA, now=now or at(10, 5))


def _seats(session: Booking, capacity: int, *, now=NOW) -> Booking:
    return change_capacity(booking=session, capacity=capacity, actor=ANA, now=now)


def _actions() -> list[str]:
    return list(BookingAuditLog.objects.order_by("id").values_list("action", flat=True))


# Adding.


def test_the_organizer_adds_somebody(yoga):
    join(yoga, at(10), "Mia")
    OutboxRow.objects.all().delete()
    kim = add(the_session(), "Kim", phone="+49 30 1234", timezone="Asia/Tokyo", locale="de")
    assert the_session().attendee_count == 2
    assert (kim.timezone, kim.locale, kim.brought_by, kim.status) == (
        "Asia/Tokyo", "de", None, "confirmed",
    )  # fmt: skip
    assert seen(kim).invitee_name == "Kim"
    assert told() == [("created", "invitee", "Kim"), ("joined", "organizer", "Kim")]
    assert _actions() == ["booking_created", "attendee_added"]
    row = BookingAuditLog.objects.last()
    who = [{"name": "Kim", "email": "kim@example.net"}]
    assert (row.old_values, row.new_values) == (
        {"attendee_count": 1},
        {"attendee_count": 2, "attendees": who},
    )
    assert row.metadata == {"attendees": [str(kim.pk)]}
    assert row.hash == hash_of(row)


def test_adding_without_a_word(yoga):
    join(yoga, at(10), "Mia")
    OutboxRow.objects.all().delete()
    add(the_session(), "Kim", notify=False)
    assert told() == [("joined", "organizer", "Kim")]


def test_who_is_added_lives_on_the_hosts_clock_unless_told(yoga):
    join(yoga, at(10), "Mia")
    assert add(the_session(), "Kim").timezone == "Europe/Lisbon"


def test_the_organizer_adds_though_it_is_too_soon_or_has_begun_but_not_when_it_is_over(yoga):
    join(yoga, at(10), "Mia")
    yoga.min_scheduling_notice = 24 * 60
    yoga.is_active = False
    yoga.save()
    add(the_session(), "Kim", now=at(9, 59))
    add(the_session(), "Lou", now=at(10, 29))
    with pytest.raises(InvalidState):
        add(the_session(), "Nia", now=at(10, 30))
    assert the_session().attendee_count == 3


def test_nobody_is_added_beyond_the_seats_taken_and_held(yoga):
    join(yoga, at(10), "Mia")
    Booking.objects.update(held_seats=3)
    add(the_session(), "Kim")
    with pytest.raises(errors.Full):
        add(the_session(), "Lou")
    assert (the_session().attendee_count, Attendee.objects.count()) == (2, 2)


def test_an_address_that_is_in_already_is_a_slip(yoga):
    join(yoga, at(10), "Mia")
    with pytest.raises(ValidationFailed) as refused:
        add(the_session(), "mia")
    assert [(e.pointer, e.code) for e in refused.value.errors] == [("/email", "already_in")]
    _remove_and_wait = add(the_session(), "Kim")
    _remove("Kim")
    assert add(the_session(), "Kim").pk != _remove_and_wait.pk


def test_strangers_may_book_twice_with_one_address(yoga):
    """Refusing would tell anybody who asks whether an address is in the session."""
    join(yoga, at(10), "Mia")
    join(yoga, at(10), "Mia")
    assert the_session().attendee_count == 2


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"email": "kim@x.example\nBcc: a@b.example"}, "/email"),
        ({"email": ""}, "/email"),
        ({"name": " "}, "/name"),
        ({"name": "x" * 201}, "/name"),
        ({"phone": "call me"}, "/phone"),
        ({"timezone": "Mars/Olympus"}, "/timezone"),
        ({"locale": "d e"}, "/locale"),
        ({"notify": "perhaps"}, "/notify"),
        ({"custom_answers": ["x"]}, "/custom_answers"),
    ],
)
def test_what_is_wrong_with_a_newcomer_is_named(ana_client, yoga, fields, pointer):
    join(yoga, at(10), "Mia")
    with time_machine.travel(NOW, tick=False):
        refused = ana_client.post(
            f"{BOOKINGS}{the_session().pk}/attendees/add/",
            {"name": "Kim", "email": "kim@x.example", **fields},
            content_type="application/json",
        )
    assert refused.status_code == 422, refused.content
    assert refused.json()["errors"][0]["pointer"].startswith(pointer)
    assert the_session().attendee_count == Attendee.objects.count() == 1


def test_nobody_joins_a_booking_of_one(intro):
    with pytest.raises(InvalidState):
        add(book(intro, at(10)), "Kim")


# Removing.


def test_the_organizer_takes_one_seat_back(yoga):
    join(yoga, at(10), "Mia", guests=(Guest("Kim", "kim@x.example"),))
    OutboxRow.objects.all().delete()
    _remove("Mia", reason="Room too small")
    assert (the_session().attendee_count, the_session().status) == (1, "confirmed")
    assert told() == [("cancelled", "invitee", "Mia"), ("left", "organizer", "Mia")]
    shown = seen(_attendee("Mia"))
    assert (shown.status, shown.cancelled_by, shown.cancellation_reason) == (
        "cancelled", "organizer", "Room too small",
    )  # fmt: skip
    # Whom they brought stay, on their own.
    assert (_attendee("Kim").brought_by, seen(_attendee("Kim")).attendee_count) == (None, 1)
    assert _actions()[-1] == "attendee_removed"
    with pytest.raises(InvalidState):
        _remove("Mia")


def test_the_last_one_out_ends_the_session(yoga):
    join(yoga, at(10), "Mia")
    _remove("Mia", reason="Ill")
    session = the_session()
    assert (session.status, session.cancelled_by, session.attendee_count) == (
        "cancelled", "organizer", 0,
    )  # fmt: skip
    assert not Occupancy.objects.exists()
    assert _actions() == ["booking_created", "attendee_removed", "booking_cancelled"]


def test_who_is_in_a_session_that_has_begun_is_no_show_not_removed(yoga):
    join(yoga, at(10), "Mia")
    with pytest.raises(InvalidState, match="no-show"):
        _remove("Mia", now=at(10))
    assert the_session().attendee_count == 1


def test_attendees_of_other_sessions_are_unknown(yoga):
    join(yoga, at(10), "Mia")
    join(yoga, at(12), "Jonas")
    session = _attendee("Mia").booking
    for id in (_attendee("Jonas").pk, uuid4()):
        with pytest.raises(NotFound):
            remove_attendee(booking=session, attendee_id=id, reason="", actor=ANA, now=NOW)
        with pytest.raises(NotFound):
            mark_attendee_no_show(booking=session, attendee_id=id, actor=ANA, now=at(10))


# Who came.


def test_one_did_not_come(yoga):
    for name in ("Mia", "Kim"):
        join(yoga, at(10), name)
    with pytest.raises(InvalidState):
        _mark(mark_attendee_no_show, "Mia", now=at(9, 59))
    _mark(mark_attendee_no_show, "Mia", now=at(10))
    assert (the_session().status, seen(_attendee("Mia")).status) == ("confirmed", "no_show")
    assert seen(_attendee("Kim")).status == "confirmed"
    assert complete_past_bookings(now=at(10, 30)) == 1
    assert (the_session().status, _attendee("Mia").status) == ("completed", "no_show")
    _mark(mark_attendee_showed, "Mia")
    assert _attendee("Mia").status == "confirmed"
    with pytest.raises(InvalidState, match="already"):
        _mark(mark_attendee_showed, "Mia")
    assert _actions()[2:] == ["attendee_no_show", "booking_completed", "attendee_showed"]


def test_a_session_to_which_nobody_came_is_a_no_show(yoga):
    for name in ("Mia", "Kim"):
        join(yoga, at(10), name)
    _mark(mark_attendee_no_show, "Mia")
    _mark(mark_attendee_no_show, "Kim")
    assert the_session().status == "no_show"
    _mark(mark_attendee_showed, "Kim")
    assert the_session().status == "completed"


def test_marking_the_session_marks_everybody(yoga):
    for name in ("Mia", "Kim", "Lou"):
        join(yoga, at(10), name)
    _remove("Lou")
    mark_no_show(booking=the_session(), actor=ANA, now=at(10, 5))
    assert {one.name: one.status for one in Attendee.objects.all()} == {
        "Mia": "no_show", "Kim": "no_show", "Lou": "cancelled",
    }  # fmt: skip
    complete_booking(booking=the_session(), actor=ANA, now=at(10, 6))
    assert {one.name: one.status for one in Attendee.objects.all()} == {
        "Mia": "confirmed", "Kim": "confirmed", "Lou": "cancelled",
    }  # fmt: skip


def test_completing_leaves_single_marks(yoga):
    for name in ("Mia", "Kim"):
        join(yoga, at(10), name)
    _mark(mark_attendee_no_show, "Mia")
    complete_booking(booking=the_session(), actor=ANA, now=at(10, 6))
    assert (_attendee("Mia").status, _attendee("Kim").status) == ("no_show", "confirmed")


def test_who_gave_the_seat_back_was_no_no_show(yoga):
    join(yoga, at(10), "Mia")
    join(yoga, at(10), "Kim")
    _remove("Mia")
    with pytest.raises(InvalidState):
        _mark(mark_attendee_no_show, "Mia")


def test_a_start_that_is_only_held_is_not_completed(yoga):
    join(yoga, at(10), "Mia")
    Attendee.objects.all().delete()
    Booking.objects.update(attendee_count=0, held_seats=1)
    assert complete_past_bookings(now=at(12)) == 0
    assert the_session().status == "confirmed"


# Seats.


def test_a_session_gets_more_seats(yoga):
    join(yoga, at(10), "Mia", guests=tuple(Guest(f"G{n}", f"g{n}@x.example") for n in range(4)))
    assert _seats(the_session(), 8).capacity == 8
    slots = {slot.start: slot for slot in list_slots(yoga, start=NOW, end=at(17), now=NOW)}
    assert (slots[at(10)].seats_left, slots[at(11)].seats_left) == (3, 5)
    for name in ("Kim", "Lou", "Nia"):
        join(yoga, at(10), name)
    with pytest.raises(errors.Full):
        join(yoga, at(10), "Ole")
    row = BookingAuditLog.objects.get(action="capacity_changed")
    assert (row.old_values, row.new_values) == ({"capacity": 5}, {"capacity": 8})


def test_a_session_gets_fewer_seats_down_to_those_taken_and_held(yoga):
    join(yoga, at(10), "Mia", guests=(Guest("Kim", "kim@x.example"),))
    Booking.objects.update(held_seats=1)
    with pytest.raises(ValidationFailed) as refused:
        _seats(the_session(), 2)
    assert [(e.pointer, e.code) for e in refused.value.errors] == [("/capacity", "below_taken")]
    assert _seats(the_session(), 3).capacity == 3
    with pytest.raises(errors.Full):
        join(yoga, at(10), "Lou")


@pytest.mark.parametrize("capacity", [1, 0, -1, 101])
def test_a_session_has_two_to_a_hundred_seats(yoga, capacity):
    join(yoga, at(10), "Mia")
    with pytest.raises(ValidationFailed):
        _seats(the_session(), capacity)


def test_seats_of_a_session_that_is_over_stand(yoga, intro):
    join(yoga, at(10), "Mia")
    with pytest.raises(InvalidState):
        _seats(the_session(), 8, now=at(10, 30))
    with pytest.raises(InvalidState):
        _seats(book(intro, at(12)), 8)


# Over HTTP.


def test_attendees_over_http(ana_client, yoga):
    join(yoga, at(10), "Mia")
    session = f"{BOOKINGS}{the_session().pk}/"

    def post(path: str, body=None):
        return ana_client.post(f"{session}{path}", body or {}, content_type="application/json")

    with time_machine.travel(NOW, tick=False):
        made = post("attendees/add/", {"name": "Kim", "email": "kim@x.example"})
        assert (made.status_code, made.json()["status"]) == (201, "confirmed")
        assert "access_token" not in made.json()
        kim = f"attendees/{made.json()['id']}"
        resized = ana_client.patch(session, {"capacity": 3}, content_type="application/json")
        assert (resized.status_code, resized.json()["capacity"]) == (200, 3)
        mixed = ana_client.patch(
            session, {"capacity": 4, "notes": "x"}, content_type="application/json"
        )
        assert (mixed.status_code, mixed.json()["errors"][0]["pointer"]) == (422, "/capacity")
        odd = ana_client.patch(session, {"capacity": "many"}, content_type="application/json")
        assert odd.status_code == 422
        early = post(f"{kim}/no-show/")
        assert (early.status_code, early.json()["code"]) == (409, "invalid_state")
        moved = post(f"{kim}/move/", {"start_time": "2026-03-02T12:00:00Z"})
        assert (moved.status_code, moved.json()["start_time"]) == (200, "2026-03-02T12:00:00Z")
        assert post(f"{kim}/remove/").status_code == 404
        other = f"{BOOKINGS}{moved.json()['id']}/{kim}"
        gone = ana_client.post(f"{other}/remove/", {"reason": "x"}, content_type="application/json")
        assert (gone.json()["status"], gone.json()["cancelled_by"]) == ("cancelled", "organizer")
    with time_machine.travel(at(10, 5), tick=False):
        mia = f"attendees/{_attendee('Mia').pk}"
        assert post(f"{mia}/no-show/").json()["status"] == "no_show"
        assert post(f"{mia}/showed/").json()["status"] == "confirmed"


def test_only_who_takes_part_sees_to_attendees(client, ana, charlie, yoga):
    ben = make_host("ben", "Ben Osei")
    yoga.kind = "collective"
    yoga.save()
    add_hosts(yoga, ana, ben)
    join(yoga, at(10), "Mia")
    path = f"{BOOKINGS}{the_session().pk}/attendees/add/"
    body = {"name": "Kim", "email": "kim@x.example"}
    with time_machine.travel(NOW, tick=False):
        assert client.post(path, body, content_type="application/json").status_code == 401
        client.force_login(charlie)
        assert client.post(path, body, content_type="application/json").status_code == 404
        client.force_login(ben)
        assert client.post(path, body, content_type="application/json").status_code == 201


def test_a_link_of_who_was_added_lives_as_long_as_others(yoga):
    join(yoga, at(10), "Mia")
    kim = add(the_session(), "Kim")
    assert kim.access_token_expires_at == at(10, 30) + timedelta(days=30)
