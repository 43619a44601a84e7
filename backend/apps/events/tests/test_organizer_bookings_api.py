"""The organizer's bookings over HTTP."""

from __future__ import annotations

import base64
from urllib.parse import urlencode

import pytest
import time_machine

from tests.cast import NOW, at, book, make_event_type

pytestmark = pytest.mark.django_db
BASE = "/api/v1/events/bookings/"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


def _post(client, path, body=None):
    return client.post(path, body or {}, content_type="application/json")


def test_the_list_is_the_organizers_own_by_start(ana_client, intro, charlie):
    theirs = make_event_type(charlie, name="Other")
    later, sooner = book(intro, at(12)), book(intro, at(10))
    book(theirs, at(11))
    body = ana_client.get(BASE).json()
    assert [row["id"] for row in body["results"]] == [str(sooner.pk), str(later.pk)]
    assert set(body) == {"results", "next", "previous"}


def test_filters_narrow_the_list(ana_client, ana, intro):
    review = make_event_type(ana, name="Review", event_type_slug="review")
    first = book(intro, at(10))
    second = book(review, at(12), invitee_name="Sara Lind", invitee_email="sara@lind.example")

    def ids(**query):
        return [row["id"] for row in ana_client.get(BASE, query).json()["results"]]

    assert ids(event_type=str(review.pk)) == [str(second.pk)]
    assert ids(start_after="2026-03-02T10:00:00Z") == [str(first.pk), str(second.pk)]
    assert ids(start_before="2026-03-02T12:00:00Z") == [str(first.pk)]
    assert ids(search="sara") == [str(second.pk)]
    assert ids(search="REVIEW") == [str(second.pk)]
    assert ids(status="cancelled") == []
    assert ids(status="cancelled,confirmed", ordering="-start_time") == [
        str(second.pk),
        str(first.pk),
    ]


@pytest.mark.parametrize(
    "query",
    [
        {"status": "lost"},
        {"start_after": "yesterday"},
        {"event_type": "x"},
        {"ordering": "invitee_email"},
        {"start_after": "2026-03-02T10:00:00"},
    ],
)
def test_wrong_filters_are_named(ana_client, query):
    answer = ana_client.get(BASE, query)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == f"/{next(iter(query))}"


def test_the_list_takes_a_constant_number_of_queries(
    ana_client, intro, django_assert_max_num_queries
):
    for hour in (9, 10, 11, 12):
        book(intro, at(hour))
    with django_assert_max_num_queries(7):
        assert len(ana_client.get(BASE).json()["results"]) == 4


def test_cancel_move_edit_and_history(ana_client, intro):
    booking = book(intro, at(10))
    path = f"{BASE}{booking.pk}/"
    moved = _post(ana_client, f"{path}reschedule/", {"start_time": "2026-03-02T12:00:00Z"})
    assert (moved.status_code, moved.json()["moved_from"]) == (200, "2026-03-02T10:00:00Z")
    edited = ana_client.patch(path, {"notes": "Bring samples"}, content_type="application/json")
    assert edited.json()["notes"] == "Bring samples"
    gone = _post(ana_client, f"{path}cancel/", {"reason": "Flu"})
    assert (gone.json()["status"], gone.json()["cancelled_by"]) == ("cancelled", "organizer")
    audit = ana_client.get(f"{path}audit/").json()["results"]
    assert [row["action"] for row in audit] == [
        "booking_created",
        "booking_rescheduled",
        "booking_updated",
        "booking_cancelled",
    ]
    assert audit[-1]["actor_type"] == "organizer"
    assert audit[-1]["ip_address"] == "127.0.0.1"


def test_time_and_state_are_not_changed_by_patch(ana_client, intro):
    booking = book(intro, at(10))
    answer = ana_client.patch(
        f"{BASE}{booking.pk}/", {"status": "cancelled"}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/status")


def test_completing_waits_for_the_start(ana_client, intro):
    booking = book(intro, at(10))
    path = f"{BASE}{booking.pk}/"
    assert _post(ana_client, f"{path}complete/").status_code == 409
    with time_machine.travel(at(11), tick=False):
        assert _post(ana_client, f"{path}no-show/").json()["status"] == "no_show"
        assert _post(ana_client, f"{path}complete/").json()["status"] == "completed"


def test_strangers_find_nothing(client, charlie, intro):
    booking = book(intro, at(10))
    client.force_login(charlie)
    path = f"{BASE}{booking.pk}/"
    assert client.get(path).status_code == 404
    assert _post(client, f"{path}cancel/").status_code == 404
    assert client.get(f"{path}audit/").status_code == 404
    assert client.get(BASE).json()["results"] == []


def test_anonymous_is_asked_to_sign_in(client):
    answer = client.get(BASE)
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "position",
    ["garbage", "\x00", "9999-99-99", "2026-03-02T10:00:00", "0001-01-01T00:00:00+00:00"],
)
@pytest.mark.parametrize(
    "path", [BASE, "/api/v1/events/event-types/", "/api/v1/availability/schedules/"]
)
def test_a_cursor_that_is_none_is_not_found(ana_client, intro, path, position):
    cursor = base64.b64encode(urlencode({"p": position}).encode()).decode()
    answer = ana_client.get(path, {"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_pages_follow_one_another(ana_client, intro):
    for hour in (9, 10, 11):
        book(intro, at(hour))
    first = ana_client.get(BASE, {"page_size": 2}).json()
    second = ana_client.get(first["next"]).json()
    starts = [row["start_time"] for row in first["results"] + second["results"]]
    assert starts == sorted(starts)
    assert len(starts) == 3
    assert second["next"] is None
