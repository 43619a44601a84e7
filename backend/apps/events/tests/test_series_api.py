"""Series over HTTP: preview, book, move and cancel, for the invitee and for the organizer."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.events.models import Booking
from apps.events.tests.series_cast import book_series, live, make_weekly
from tests.cast import NOW, at, book, booking_json, make_event_type

pytestmark = pytest.mark.django_db

PREVIEW = "/api/v1/events/recurring/preview/"
CREATE = "/api/v1/events/bookings/create/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def lesson(ana):
    return make_weekly(ana)


def post(client: Any, path: str, body: Any, **headers: str) -> Any:
    return client.post(path, body, content_type="application/json", headers=headers)


def asked(event_type: Any, start: str, **fields: Any) -> dict[str, Any]:
    return {
        "organizer_slug": event_type.organizer.slug,
        "event_type_slug": event_type.event_type_slug,
        "start_time": start,
        "timezone": "Europe/Berlin",
        **fields,
    }


def test_preview_then_book_what_is_free(client, lesson):
    book(make_event_type(lesson.organizer), at(10, days=14))
    told = post(client, PREVIEW, asked(lesson, "2026-03-02T10:00:00Z"))
    assert told.status_code == 200
    shown = told.json()
    assert shown["rule"] == "FREQ=WEEKLY;COUNT=4"
    assert shown["timezone"] == "Europe/Lisbon"
    assert [one["reason"] for one in shown["occurrences"]] == [None, None, "booked", None]
    assert shown["occurrences"][1] == {
        "start": "2026-03-09T10:00:00Z",
        "end": "2026-03-09T10:30:00Z",
        "available": True,
        "reason": None,
        "position": 2,
    }

    refused = post(client, CREATE, booking_json(lesson, "2026-03-02T10:00:00Z", occurrences="all"))
    assert refused.status_code == 409
    assert refused.json()["code"] == "slot_taken"
    assert [one["start"] for one in refused.json()["occurrences"]] == ["2026-03-16T10:00:00Z"]
    assert refused.json()["alternatives"]

    free = [one["start"] for one in shown["occurrences"] if one["available"]]
    made = post(client, CREATE, booking_json(lesson, free[0], occurrences=free))
    assert made.status_code == 201
    body = made.json()
    assert body["start_time"] == free[0]
    assert [one["start_time"] for one in body["bookings"]] == free
    # Links of calendars on the web add one date alone.
    assert body["calendar_links"] == {}
    assert [one["position"] for one in body["bookings"]] == [1, 2, 4]
    assert len({one["access_token"] for one in body["bookings"]}) == 3
    assert body["series"] == {
        "id": body["recurrence_id"],
        "rule": "FREQ=WEEKLY;COUNT=4",
        "timezone": "Europe/Lisbon",
        "position": 1,
        "of": 4,
    }


def test_a_single_booking_has_no_series(client, intro):
    body = post(client, CREATE, booking_json(intro, "2026-03-02T10:00:00Z")).json()
    assert (body["series"], body["bookings"]) == (None, [])


@pytest.mark.parametrize(
    ("fields", "status", "pointer"),
    [
        ({"timezone": "Mars/Base"}, 422, "/timezone"),
        ({"event_type_slug": "nothing"}, 404, None),
        ({"duration": 45}, 422, "/duration"),
        ({"start_time": "tomorrow"}, 422, "/start_time"),
        ({"event_type_slug": "intro"}, 422, "/event_type_slug"),
    ],
)
def test_a_preview_that_makes_no_sense_is_refused(client, lesson, fields, status, pointer):
    make_event_type(lesson.organizer)
    told = post(client, PREVIEW, {**asked(lesson, "2026-03-02T10:00:00Z"), **fields})
    assert told.status_code == status
    if pointer:
        assert [one["pointer"] for one in told.json()["errors"]] == [pointer]


@pytest.mark.parametrize("start", ["1971-01-01T00:00:00Z", "2098-12-31T23:00:00Z"])
def test_a_preview_of_any_time_is_answered(client, lesson, start):
    told = post(client, PREVIEW, asked(lesson, start))
    assert told.status_code == 200
    assert not any(one["available"] for one in told.json()["occurrences"])


def test_previews_have_a_budget(client, lesson, settings):
    settings.RATE_LIMITS, settings.RATE_LIMIT_BOOKING_ATTEMPTS = True, "2/m"
    body = asked(lesson, "2026-03-02T10:00:00Z")
    assert [post(client, PREVIEW, body).status_code for _ in range(3)] == [200, 200, 429]


def test_occurrences_that_are_none_are_named(client, lesson):
    body = booking_json(
        lesson,
        "2026-03-02T10:00:00Z",
        occurrences=["2026-03-02T10:00:00Z", "2026-03-03T10:00:00Z"],
    )
    refused = post(client, CREATE, body)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/occurrences/1"
    for wrong, pointer in (
        ([], "/occurrences"),
        ("some", "/occurrences"),
        ({"a": 1}, "/occurrences"),
        (True, "/occurrences"),
        (["2026-03-02T10:00:00Z"] * 367, "/occurrences"),
        ([1], "/occurrences/0"),
        (["2026-03-02T10:00:00Z", "2026-03-09"], "/occurrences/1"),
    ):
        refused = post(
            client, CREATE, booking_json(lesson, "2026-03-02T10:00:00Z", occurrences=wrong)
        )
        assert refused.status_code == 422, wrong
        assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]
    assert not Booking.objects.exists()


def test_the_same_key_answers_the_same(client, lesson):
    body = booking_json(lesson, "2026-03-02T10:00:00Z", occurrences="all")
    first = post(client, CREATE, body, **{"Idempotency-Key": "k"})
    again = post(client, CREATE, body, **{"Idempotency-Key": "k"})
    assert again.json() == first.json()
    assert again["Idempotent-Replayed"] == "true"
    assert Booking.objects.count() == 4


def test_the_invitees_page_moves_and_cancels_in_scope(client, lesson):
    bookings = book_series(lesson, at(10))
    path = f"/api/v1/events/booking/{bookings[1].access_token}/manage/"
    shown = client.get(path).json()
    assert [one["position"] for one in shown["occurrences"]] == [1, 2, 3, 4]
    assert shown["series"]["position"] == 2

    moved = post(
        client,
        path,
        {"action": "reschedule", "start_time": "2026-03-09T14:00:00Z", "scope": "following"},
    )
    assert moved.status_code == 200
    starts = [one["start_time"] for one in moved.json()["occurrences"]]
    assert starts == [
        "2026-03-02T10:00:00Z",
        "2026-03-09T14:00:00Z",
        "2026-03-16T14:00:00Z",
        "2026-03-23T14:00:00Z",
    ]
    gone = post(client, path, {"action": "cancel", "scope": "all"})
    assert gone.status_code == 200
    assert {one["status"] for one in gone.json()["occurrences"]} == {"cancelled"}
    assert not any(one["can_cancel"] for one in gone.json()["occurrences"])
    wrong = post(client, path, {"action": "cancel", "scope": "some"})
    assert wrong.status_code == 422


def test_a_link_downloads_the_whole_series(client, lesson):
    bookings = book_series(lesson, at(10))
    told = client.get(f"/api/v1/events/booking/{bookings[1].access_token}/calendar.ics")
    assert told.status_code == 200
    assert b"RRULE:FREQ=WEEKLY;COUNT=4" in told.content


def test_the_organizer_moves_and_cancels_in_scope(ana_client, lesson):
    bookings = book_series(lesson, at(10))
    path = f"/api/v1/events/bookings/{bookings[2].pk}"
    moved = post(
        ana_client,
        f"{path}/reschedule/",
        {"start_time": "2026-03-16T15:00:00Z", "scope": "following"},
    )
    assert moved.status_code == 200
    assert moved.json()["start_time"] == "2026-03-16T15:00:00Z"
    assert moved.json()["series"] == {
        "id": str(bookings[0].recurrence_id),
        "rule": "FREQ=WEEKLY;COUNT=4",
        "position": 3,
        "of": 4,
    }
    gone = post(ana_client, f"{path}/cancel/", {"scope": "all", "reason": "Ill"})
    assert gone.status_code == 200
    assert gone.json()["status"] == "cancelled"
    assert {one.status for one in live(bookings[0].recurrence)} == {"cancelled"}
    alone = book(make_event_type(lesson.organizer), at(10))
    refused = post(ana_client, f"/api/v1/events/bookings/{alone.pk}/cancel/", {"scope": "all"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/scope"


@pytest.mark.django_db(transaction=True)
def test_a_year_is_previewed_and_booked_in_few_queries(client):
    from tests.cast import make_host

    year = make_weekly(make_host(), max_occurrences=52, limits=[{"per": "day", "max": 3}])
    with CaptureQueriesContext(connection) as queries:
        shown = post(client, PREVIEW, asked(year, "2026-03-02T10:00:00Z")).json()
        made = post(client, CREATE, booking_json(year, "2026-03-02T10:00:00Z", occurrences="all"))
    assert all(one["available"] for one in shown["occurrences"])
    assert len(made.json()["bookings"]) == 52
    assert len(queries) <= 25, "\n".join(query["sql"][:150] for query in queries)
