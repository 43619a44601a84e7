"""Group event types: sessions are listed with the seats left in them, whatever else changed."""

from __future__ import annotations

import pytest
import time_machine

from apps.events.models import EventTypeHost
from apps.events.selectors.offers import load_offer, load_offer_served_by
from apps.events.selectors.slots import judge_start
from tests.cast import NOW, at, make_event_type, make_host
from tests.rows import write_booking

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def workshop(ana):
    return make_event_type(
        ana,
        name="Workshop",
        event_type_slug="workshop",
        kind="group",
        max_attendees=5,
        duration=60,
        buffer_time_after=15,
    )


def list_day(client, event_type, **query):
    path = f"/api/v1/events/slots/{event_type.organizer.slug}/{event_type.event_type_slug}/"
    day = {"start_date": "2026-03-02", "end_date": "2026-03-02"}
    response = client.get(path, {**day, **query})
    assert response.status_code == 200, response.content
    return {slot["start"][11:16]: slot["seats_left"] for slot in response.json()["slots"]}


def test_sessions_are_listed_with_the_seats_left_in_them(client, workshop):
    write_booking(workshop, at(10), seats=2)
    seats = list_day(client, workshop)
    assert seats["10:00"] == 3
    # The session's own buffer keeps the next start away; the others are whole.
    assert "11:00" not in seats
    assert seats["12:00"] == 5
    assert "10:00" not in list_day(client, workshop, attendee_count=4)


def test_a_session_stays_though_its_hours_and_grid_are_gone(client, workshop):
    write_booking(workshop, at(18, 20))
    assert list_day(client, workshop)["18:20"] == 4


@pytest.mark.parametrize(("waitlist", "expected"), [(True, 0), (False, None)])
def test_full_sessions_are_listed_on_request_where_there_is_a_waitlist(
    client, workshop, waitlist, expected
):
    type(workshop).objects.update(enable_waitlist=waitlist)
    write_booking(workshop, at(10), seats=5)
    assert list_day(client, workshop).get("10:00") is None
    assert list_day(client, workshop, include_full="true").get("10:00") == expected


def test_another_event_types_booking_is_no_session(client, ana, workshop):
    write_booking(make_event_type(ana), at(10))
    assert "10:00" not in list_day(client, workshop)


def test_joining_is_not_limited(client, workshop):
    type(workshop).objects.update(max_bookings_per_day=1)
    write_booking(workshop, at(10))
    assert list_day(client, workshop) == {"10:00": 4}


def judge(event_type, start, **options):
    return judge_start(
        load_offer(event_type), start=start, now=NOW, duration=event_type.duration, **options
    )


def test_a_verdict_names_the_session_to_join(ana, workshop):
    session = write_booking(workshop, at(10), seats=2)
    joined = judge(workshop, at(10), seats=3)
    assert (joined.session, joined.seats_left, joined.hosts) == (session.pk, 3, (ana.pk,))
    fresh = judge(workshop, at(12), seats=5)
    assert (fresh.session, fresh.seats_left) == (None, 5)


def test_too_few_seats_are_explained_with_the_session(workshop):
    session = write_booking(workshop, at(10), seats=3)
    verdict = judge(workshop, at(10), seats=3)
    assert not verdict.is_offered
    assert [(reason.code, reason.cause_id) for reason in verdict.reasons] == [
        ("full", str(session.pk))
    ]


def test_a_session_moves_as_a_whole_and_joins_no_other(workshop):
    moving = write_booking(workshop, at(10))
    write_booking(workshop, at(14))
    offer = load_offer_served_by(workshop, [moving.host_id])
    options = {"now": NOW, "duration": 60, "moving": moving.pk}
    assert judge_start(offer, start=at(14), **options).reasons[0].code == "booked"
    moved = judge_start(offer, start=at(10, 0), **options)
    assert (moved.hosts, moved.session) == ((moving.host_id,), None)


def test_a_host_of_a_group_event_type_may_be_another_than_its_organizer(client, workshop):
    bo = make_host("bo", "Bo Lind")
    EventTypeHost.objects.create(event_type=workshop, user=bo)
    write_booking(workshop, at(10), seats=2, host=bo)
    assert list_day(client, workshop)["10:00"] == 3
    assert judge(workshop, at(10)).hosts == (bo.pk,)


@pytest.mark.parametrize(
    ("query", "status", "pointer"),
    [
        ({"attendee_count": "6"}, 422, "/attendee_count"),
        ({"attendee_count": "0"}, 400, "/attendee_count"),
        ({"attendee_count": "-1"}, 400, "/attendee_count"),
        ({"attendee_count": "1000"}, 400, "/attendee_count"),
        ({"attendee_count": "abc"}, 400, "/attendee_count"),
        ({"include_full": "maybe"}, 400, "/include_full"),
        ({"duration": "45"}, 422, "/duration"),
        ({"start_date": "2026-01-01", "end_date": "2031-01-01"}, 400, "/end_date"),
        ({"timezone": "Mars/Olympus"}, 422, "/timezone"),
    ],
)
@pytest.mark.parametrize("path", ["slots", "public"])
def test_bad_questions_are_named(client, workshop, query, status, pointer, path):
    response = client.get(f"/api/v1/events/{path}/ana/workshop/", query)
    assert response.status_code == status
    assert [error["pointer"] for error in response.json()["errors"]] == [pointer]


def test_one_seat_more_than_a_slot_has_is_refused(client, intro):
    response = client.get("/api/v1/events/slots/ana/intro/", {"attendee_count": 2})
    assert response.status_code == 422
    assert response.json()["errors"][0]["code"] == "too_many"


def test_the_public_document_tells_kind_and_seats(client, workshop):
    told = client.get("/api/v1/events/public/ana/workshop/").json()["event_type"]
    assert (told["kind"], told["max_attendees"], told["has_waitlist"]) == ("group", 5, False)


@pytest.mark.parametrize("most", [3, 8])
def test_a_session_keeps_the_seats_it_was_created_with(client, workshop, most):
    write_booking(workshop, at(10), seats=3)
    workshop.max_attendees = most
    workshop.save()
    assert list_day(client, workshop)["10:00"] == 2
    assert list_day(client, workshop)["12:00"] == most
    offer = load_offer(workshop)
    assert judge_start(offer, start=at(10), now=NOW, duration=60, seats=2).session
    full = judge_start(offer, start=at(10), now=NOW, duration=60, seats=3)
    assert [reason.code for reason in full.reasons] == ["full"]
