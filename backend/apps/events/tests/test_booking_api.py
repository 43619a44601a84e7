"""The public scheduling API over HTTP, as clients see it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client, RequestFactory
from icalendar import Calendar

from apps.common.errors import RateLimited
from apps.common.rate_limits import spend
from apps.events.api.public import bookings as bookings_api
from apps.events.models import Booking
from tests.cast import ALWAYS, NOW, at, book, booking_json, make_event_type, make_host

pytestmark = pytest.mark.django_db
CREATE = "/api/v1/events/bookings/create/"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


def _post(client: Client, path: str, body, **headers):
    return client.post(path, body, content_type="application/json", headers=headers)


def _slots(client: Client, event_type, **query):
    path = f"/api/v1/events/slots/{event_type.organizer.slug}/{event_type.event_type_slug}/"
    return client.get(path, query)


def test_listed_slots_are_what_the_engine_offers(client, intro):
    answer = _slots(
        client, intro, start_date="2026-03-02", end_date="2026-03-03", timezone="Europe/Berlin"
    )
    assert answer.status_code == 200
    body = answer.json()
    assert (body["timezone"], body["duration"]) == ("Europe/Berlin", 30)
    assert body["slots"][0] == {"start": "2026-03-02T09:00:00Z", "end": "2026-03-02T09:30:00Z"}
    assert len(body["slots"]) == 32
    assert body["generated_at"] == "2026-03-02T08:00:00Z"
    assert "slots;dur=" in answer["Server-Timing"]


def test_dates_are_local_to_the_zone_asked_in(client):
    host = make_host("kiri", timezone="Pacific/Kiritimati", weekly=ALWAYS)
    event_type = make_event_type(host)
    body = _slots(
        client,
        event_type,
        start_date="2026-03-04",
        end_date="2026-03-04",
        timezone="Pacific/Kiritimati",
    ).json()
    assert body["slots"][0]["start"] == "2026-03-03T10:00:00Z"
    assert body["slots"][-1]["start"] == "2026-03-04T09:30:00Z"
    assert len(body["slots"]) == 48


def test_days_of_25_and_23_hours_are_listed_whole(client):
    event_type = make_event_type(
        make_host("bea", timezone="Europe/Berlin", weekly=ALWAYS),
        max_scheduling_horizon=400 * 24 * 60,
    )
    for day, slots in (("2026-03-29", 46), ("2026-10-25", 50), ("2026-06-01", 48)):
        body = _slots(
            client, event_type, start_date=day, end_date=day, timezone="Europe/Berlin"
        ).json()
        assert len(body["slots"]) == slots


@pytest.mark.django_db(transaction=True)
def test_slots_take_a_constant_number_of_queries_however_many_bookings(
    client, ana, intro, django_assert_max_num_queries
):
    for day in range(5):
        for hour in (10, 11, 12):
            book(intro, at(hour, days=day))
    limited = make_event_type(
        ana,
        name="L",
        event_type_slug="limited",
        max_bookings_per_day=2,
        limits=[{"per": "week", "max": 5}],
    )
    for event_type in (intro, limited):
        with django_assert_max_num_queries(9):
            assert _slots(client, event_type).status_code == 200
        # Nothing changed since: the offer is known.
        with django_assert_max_num_queries(2):
            assert _slots(client, event_type).status_code == 200


@pytest.mark.parametrize(
    ("query", "status", "pointer"),
    [
        ({"start_date": "tomorrow"}, 400, "/start_date"),
        ({"start_date": "2026-02-30"}, 400, "/start_date"),
        ({"start_date": "2026-03-09", "end_date": "2026-03-02"}, 400, "/end_date"),
        ({"start_date": "2026-03-01", "end_date": "2026-05-02"}, 400, "/end_date"),
        ({"start_date": "9999-12-31"}, 400, "/start_date"),
        ({"timezone": "Mars/Olympus"}, 422, "/timezone"),
        ({"timezone": "../../etc/passwd"}, 422, "/timezone"),
        ({"timezone": "x" * 500}, 400, "/timezone"),
        ({"attendee_count": "many"}, 400, "/attendee_count"),
        ({"attendee_count": "0"}, 400, "/attendee_count"),
        ({"duration": "45"}, 422, "/duration"),
    ],
)
def test_malformed_questions_name_the_parameter(client, intro, query, status, pointer):
    answer = _slots(client, intro, **query)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_62_days_may_be_asked_for_and_the_past_is_clipped(client, intro):
    answer = _slots(client, intro, start_date="2026-02-01", end_date="2026-04-03")
    assert answer.status_code == 200
    assert answer.json()["slots"][0]["start"] == "2026-03-02T09:00:00Z"
    past = _slots(client, intro, start_date="2026-01-01", end_date="2026-01-02")
    assert (past.status_code, past.json()["slots"]) == (200, [])


@pytest.mark.parametrize("path", ["nobody/intro", "ana/nothing", "ana/off", "ana/gone"])
def test_what_cannot_be_booked_is_unknown_alike(client, ana, intro, path):
    make_event_type(ana, name="Off", event_type_slug="off", is_active=False)
    make_event_type(ana, name="Gone", event_type_slug="gone", archived_at=NOW)
    bodies = []
    for address in (f"slots/{path}/", f"public/{path}/"):
        answer = client.get(f"/api/v1/events/{address}")
        assert answer.status_code == 404
        body = answer.json()
        body.pop("request_id")
        bodies.append(body)
    assert bodies[0] == bodies[1]
    assert bodies[0]["code"] == "not_found"


def test_booking_answers_everything_that_attending_needs(client, intro):
    answer = _post(client, CREATE, booking_json(intro, "2026-03-02T10:00:00Z"))
    assert answer.status_code == 201
    body = answer.json()
    booking = Booking.objects.get()
    assert body["id"] == str(booking.pk)
    assert (body["status"], body["start_time"], body["end_time"]) == (
        "confirmed",
        "2026-03-02T10:00:00Z",
        "2026-03-02T10:30:00Z",
    )
    assert body["manage_url"].endswith(f"/booking/{booking.access_token}/manage")
    assert set(body["calendar_links"]) >= {"google", "outlook", "office365", "yahoo"}
    assert body["organizer"] == {"name": "Ana Duarte", "slug": "ana", "timezone": "Europe/Lisbon"}


def test_an_offset_is_an_instant(client, intro):
    body = booking_json(intro, "2026-03-02T11:00:00+01:00")
    assert _post(client, CREATE, body).json()["start_time"] == "2026-03-02T10:00:00Z"


def test_the_second_gets_alternatives(client, intro):
    book(intro, at(10))
    answer = _post(client, CREATE, booking_json(intro, "2026-03-02T10:00:00Z"))
    assert answer.status_code == 409
    body = answer.json()
    assert (body["code"], body["reasons"]) == ("slot_taken", ["booked"])
    assert body["alternatives"][0] == "2026-03-02T09:30:00Z"


@pytest.mark.parametrize(
    ("change", "status", "code", "pointer"),
    [
        ({"start_time": "2026-03-02 10:00"}, 422, "validation_failed", "/start_time"),
        ({"start_time": 1772445600}, 422, "validation_failed", "/start_time"),
        ({"start_time": "2026-03-02T07:00:00Z"}, 409, "outside_hours", None),
        ({"start_time": "2026-03-02T10:07:00Z"}, 409, "off_grid", None),
        ({"start_time": "2026-02-23T10:00:00Z"}, 409, "too_soon", None),
        ({"start_time": "2027-03-01T10:00:00Z"}, 409, "too_far", None),
        ({"invitee_name": ""}, 422, "validation_failed", "/invitee_name"),
        ({"invitee_name": "x" * 201}, 422, "validation_failed", "/invitee_name"),
        ({"invitee_name": ["Jonas"]}, 422, "validation_failed", "/invitee_name"),
        ({"invitee_name": "Jo\u0000nas"}, 422, "validation_failed", "/invitee_name"),
        ({"invitee_email": "jonas"}, 422, "validation_failed", "/invitee_email"),
        ({"invitee_timezone": "Berlin"}, 422, "invalid_timezone", "/invitee_timezone"),
        ({"event_type_slug": "nothing"}, 404, "not_found", None),
        ({"utm": {"a": {"b": 1}}}, 422, "validation_failed", None),
        ({"notes": "x" * 5001}, 422, "validation_failed", "/notes"),
    ],
)
def test_bad_input_is_named_and_changes_nothing(client, intro, change, status, code, pointer):
    answer = _post(client, CREATE, booking_json(intro, "2026-03-02T10:00:00Z", **change))
    body = answer.json()
    assert (answer.status_code, body["code"]) == (status, code)
    if pointer:
        assert pointer in [error["pointer"] for error in body["errors"]]
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"a":NaN}', b'{"invitee_name":"\\ud800"}'],
)
def test_a_body_that_is_no_booking(client, intro, raw):
    answer = client.post(CREATE, raw, content_type="application/json")
    assert answer.status_code in {400, 422}
    assert answer["Content-Type"] == "application/problem+json"


def test_an_idempotency_key_replays_the_answer(client, intro):
    body = booking_json(intro, "2026-03-02T10:00:00Z")
    first = _post(client, CREATE, body, idempotency_key="key-1")
    again = _post(client, CREATE, body, idempotency_key="key-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again["Idempotent-Replayed"] == "true"
    other = _post(client, CREATE, {**body, "notes": "x"}, idempotency_key="key-1")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")
    assert Booking.objects.count() == 1


def test_a_key_that_is_no_key(client, intro):
    body = booking_json(intro, "2026-03-02T10:00:00Z")
    answer = _post(client, CREATE, body, idempotency_key="x" * 300)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")


def test_other_sites_cannot_book_from_a_visitors_browser(client, intro):
    body = booking_json(intro, "2026-03-02T10:00:00Z")
    for headers in (
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
    ):
        assert _post(client, CREATE, body, **headers).status_code == 403
    assert _post(client, CREATE, body, origin="http://testserver").status_code == 201


def test_five_bookings_a_minute_from_one_address(client, intro, settings):
    settings.RATE_LIMITS = True
    for half_hour in range(5):
        start = datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(minutes=30 * half_hour)
        body = booking_json(intro, start.isoformat())
        assert _post(client, CREATE, body, idempotency_key=f"k{half_hour}").status_code == 201
    refused = _post(client, CREATE, booking_json(intro, "2026-03-02T15:00:00Z"))
    assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
    assert int(refused["Retry-After"]) >= 1
    # A replay costs nothing.
    replay = _post(
        client, CREATE, booking_json(intro, "2026-03-02T09:00:00+00:00"), idempotency_key="k0"
    )
    assert replay.status_code == 201


def _manage(booking) -> str:
    return f"/api/v1/events/booking/{booking.access_token}/manage/"


def test_the_link_shows_moves_and_cancels(client, intro):
    booking = book(intro, at(10))
    shown = client.get(_manage(booking))
    assert shown.json()["can_cancel"] is True
    assert (shown["Referrer-Policy"], shown["X-Robots-Tag"]) == ("no-referrer", "noindex")
    moved = _post(
        client, _manage(booking), {"action": "reschedule", "start_time": "2026-03-02T12:00:00Z"}
    )
    assert (moved.status_code, moved.json()["start_time"]) == (200, "2026-03-02T12:00:00Z")
    gone = _post(client, _manage(booking), {"action": "cancel", "reason": "ill"})
    assert (gone.json()["status"], gone.json()["can_cancel"]) == ("cancelled", False)
    twice = _post(client, _manage(booking), {"action": "cancel"})
    assert (twice.status_code, twice.json()["code"]) == (409, "invalid_state")
    late = _post(
        client, _manage(booking), {"action": "reschedule", "start_time": "2026-03-02T13:00:00Z"}
    )
    assert (late.status_code, late.json()["code"]) == (409, "invalid_state")


def test_get_never_acts(client, intro):
    booking = book(intro, at(10))
    client.get(_manage(booking), {"action": "cancel"})
    booking.refresh_from_db()
    assert booking.status == "confirmed"


def test_a_replaced_link_is_dead(client, intro):
    booking = book(intro, at(10))
    renewed = _post(client, _manage(booking), {"action": "regenerate_token"}).json()
    assert client.get(_manage(booking)).status_code == 404
    path = f"/api/v1/events/booking/{renewed['access_token']}/manage/"
    assert client.get(path).status_code == 200


def test_an_expired_link_says_so(client, intro):
    booking = book(intro, at(10))
    with time_machine.travel(at(11, days=31), tick=False):
        answer = client.get(_manage(booking))
    assert (answer.status_code, answer.json()["code"]) == (410, "token_expired")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"action": "explode"},
        {"action": "reschedule"},
        {"action": ["cancel"]},
        {"action": "cancel", "reason": 5},
    ],
)
def test_unknown_actions_are_refused(client, intro, body):
    booking = book(intro, at(10))
    assert _post(client, _manage(booking), body).status_code == 422


def test_the_download_is_a_calendar_with_the_same_uid(client, intro):
    booking = book(intro, at(10))
    answer = client.get(f"/api/v1/events/booking/{booking.access_token}/calendar.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(answer.content)
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar.walk("VEVENT")[0]["UID"] == booking.ical_uid


def test_the_organizers_page_hides_private_and_inactive_types(client, ana, intro):
    make_event_type(ana, name="Secret", event_type_slug="secret", is_private=True)
    make_event_type(ana, name="Off", event_type_slug="off", is_active=False)
    body = client.get("/api/v1/events/public/ana/").json()
    assert [event_type["slug"] for event_type in body["event_types"]] == ["intro"]
    assert "email" not in body["organizer"]
    assert client.get("/api/v1/events/public/ana/secret/").status_code == 200


def test_nul_is_refused_wherever_it_comes(client, intro):
    answer = _slots(client, intro, timezone="Europe/Berlin\x00")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/timezone")
    for path in ("slots/ana%00/intro/", "slots/ana/intro%00/", "public/ana%00/"):
        assert client.get(f"/api/v1/events/{path}").status_code == 404
    assert client.get("/ana%00").status_code == 404


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/action"),
        ({"action": None}, "/action"),
        ({"action": "destroy"}, "/action"),
        ([None, None], "/action"),
        ({"action": "reschedule"}, "/start_time"),
        ({"action": "reschedule", "start_time": "soon"}, "/start_time"),
        ({"action": "cancel", "reason": 5}, "/reason"),
        ({"action": "cancel", "reason": "a\x00b"}, "/reason"),
    ],
)
def test_each_action_names_the_field_that_is_wrong(client, intro, body, pointer):
    booking = book(intro, at(10))
    answer = _post(client, _manage(booking), body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
    assert not answer.json()["detail"].startswith("Value error")


@pytest.mark.parametrize(
    "start",
    [
        "20260302T100000Z",
        "2026-W10-1T10:00:00Z",
        "2026-03-02T10:00:00.0000001Z",
        "2026-03-02T10:00:00+00:00:30",
        "2026-03-02T10:00:00",
        "２026-03-02T10:00:00Z",
    ],
)
def test_only_rfc_3339_is_an_instant(client, intro, start):
    answer = _post(client, CREATE, booking_json(intro, start))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/start_time")


@pytest.mark.parametrize("path", ["bookings/create", "slots/ana/intro", "nothing/at/all"])
def test_unknown_addresses_are_not_found_whatever_the_method(path):
    strict = Client(enforce_csrf_checks=True)
    for method in ("get", "post", "patch", "delete"):
        answer = getattr(strict, method)(f"/api/v1/events/{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert strict.get("/api").json()["code"] == "not_found"


@pytest.mark.parametrize(
    "action",
    [
        {"action": "cancel", "reason": "ill"},
        {"action": "reschedule", "start_time": "2026-03-02T12:00:00Z"},
        {"action": "regenerate_token"},
    ],
)
def test_every_action_by_link_honours_its_key(client, intro, action):
    booking = book(intro, at(10))
    first = _post(client, _manage(booking), action, idempotency_key="k")
    again = _post(client, _manage(booking), action, idempotency_key="k")
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert again["Idempotent-Replayed"] == "true"
    assert booking.audit_log.count() == 2
    other = _post(
        client, _manage(booking), {"action": "cancel", "reason": "x"}, idempotency_key="k"
    )
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")


@pytest.mark.parametrize(
    "extra",
    [
        {"attendees": [{"name": "A", "email": "a@example.com"}]},
        {"occurrences": "all"},
        {"custom_answers": {"x": "y"}},
    ],
)
def test_what_the_event_type_does_not_offer_is_refused(client, intro, extra):
    body = booking_json(intro, "2026-03-02T10:00:00Z", **extra)
    answer = _post(client, CREATE, body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].startswith(f"/{next(iter(extra))}")
    assert not Booking.objects.exists()


def test_a_slot_takes_one_seat(client, intro):
    answer = _slots(client, intro, attendee_count=2)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/attendee_count")


def test_who_is_to_be_called_gives_a_number(client, ana):
    call = make_event_type(ana, location_type="phone_call")
    body = booking_json(call, "2026-03-02T10:00:00Z")
    refused = _post(client, CREATE, body)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/invitee_phone")
    assert _post(client, CREATE, {**body, "invitee_phone": "+49 30 123456"}).status_code == 201


def test_a_booking_that_was_made_is_told_although_the_budget_ended_meanwhile(
    client, intro, settings, monkeypatch
):
    """What a call has spent is its own: nobody who comes while it runs can take it away."""
    settings.RATE_LIMITS = True
    settings.RATE_LIMIT_BOOKINGS = "1/m"
    request = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1")
    take = bookings_api.create_booking

    def spend_the_budget_first(**kwargs):
        stored = take(**kwargs)
        with pytest.raises(RateLimited):
            spend(request, group="bookings", rate="1/m")
        return stored

    monkeypatch.setattr(bookings_api, "create_booking", spend_the_budget_first)
    answer = _post(client, CREATE, booking_json(intro, "2026-03-02T10:00:00Z"))
    assert answer.status_code == 201
