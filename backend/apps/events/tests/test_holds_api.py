"""POST slots/hold, DELETE slots/hold/<token>, and slots as a holder sees them."""

from __future__ import annotations

import uuid

import pytest
import time_machine

from apps.common.outbox.models import OutboxRow
from apps.events.hold_effects import RELEASE
from apps.events.models import Booking, Hold
from apps.users.models import User
from tests.cast import NOW, at, book, booking_json, make_event_type, make_host

pytestmark = pytest.mark.django_db

HOLD = "/api/v1/events/slots/hold/"
CREATE = "/api/v1/events/bookings/create/"
TEN = "2026-03-02T10:00:00Z"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def intro():
    return make_event_type(make_host())


def hold(client, event_type, start=TEN, *, key=None, **fields):
    body = {
        "organizer_slug": event_type.organizer.slug,
        "event_type_slug": event_type.event_type_slug,
        "start_time": start,
        **fields,
    }
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(HOLD, body, content_type="application/json", headers=headers)


def listed(client, event_type, **query):
    slug = f"{event_type.organizer.slug}/{event_type.event_type_slug}"
    day = {"start_date": "2026-03-02", "end_date": "2026-03-02", **query}
    answer = client.get(f"/api/v1/events/slots/{slug}/", day)
    assert answer.status_code == 200, answer.json()
    return [slot["start"] for slot in answer.json()["slots"]]


def test_a_hold_is_answered_with_its_key_and_end(client, intro):
    answer = hold(client, intro)
    assert answer.status_code == 201
    assert answer["Cache-Control"] == "no-store"
    assert answer.json() == {
        "hold_token": str(Hold.objects.get().token),
        "expires_at": "2026-03-02T08:05:00Z",
    }


def test_only_the_holder_is_offered_the_slot(client, intro):
    token = hold(client, intro).json()["hold_token"]
    assert TEN not in listed(client, intro)
    assert TEN in listed(client, intro, hold_token=token)
    assert TEN not in listed(client, intro, hold_token=str(uuid.uuid4()))
    refused = client.post(CREATE, booking_json(intro, TEN), content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, "slot_taken")
    assert refused.json()["reasons"] == ["held"]
    body = booking_json(intro, TEN, hold_token=token)
    assert client.post(CREATE, body, content_type="application/json").status_code == 201
    assert not Hold.objects.exists()


def test_a_hold_is_given_up(client, intro):
    token = hold(client, intro).json()["hold_token"]
    for _ in range(2):
        gone = client.delete(f"{HOLD}{token}/")
        assert (gone.status_code, gone.content) == (204, b"")
    assert TEN in listed(client, intro)
    assert client.delete(f"{HOLD}{uuid.uuid4()}/").status_code == 204


def test_what_is_taken_cannot_be_held(client, intro):
    book(intro, at(10))
    refused = hold(client, intro)
    assert (refused.status_code, refused.json()["code"]) == (409, "slot_taken")
    assert refused.json()["alternatives"]


@pytest.mark.parametrize(
    ("fields", "status", "pointer"),
    [
        ({"start_time": "yesterday"}, 422, "/start_time"),
        ({"duration": 45}, 422, "/duration"),
        ({"attendee_count": 2}, 422, "/attendee_count"),
        ({"attendee_count": 0}, 422, "/attendee_count"),
        ({"hold_token": "x"}, 422, "/hold_token"),
        ({"organizer_slug": None}, 422, "/organizer_slug"),
    ],
)
def test_bad_input_names_the_field(client, intro, fields, status, pointer):
    answer = hold(client, intro, **fields)
    assert answer.status_code == status
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert not Hold.objects.exists()


def test_nothing_to_hold_at_an_unknown_address(client, intro):
    assert hold(client, intro, event_type_slug="nothing").status_code == 404


def test_another_sites_pages_hold_and_release_nothing(client, intro):
    foreign = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    body = {"organizer_slug": "ana", "event_type_slug": "intro", "start_time": TEN}
    answer = client.post(HOLD, body, content_type="application/json", headers=foreign)
    assert answer.status_code == 403
    token = hold(client, intro).json()["hold_token"]
    assert client.delete(f"{HOLD}{token}/", headers=foreign).status_code == 403
    assert Hold.objects.count() == 1


def test_the_same_call_again_gets_the_same_hold(client, intro):
    first = hold(client, intro, key="k1")
    again = hold(client, intro, key="k1")
    assert (again.status_code, again.json()) == (201, first.json())
    assert again["Idempotent-Replayed"] == "true"
    assert Hold.objects.count() == 1


def test_a_fourth_hold_of_one_client_is_refused(client, intro, settings):
    settings.RATE_LIMITS = True
    for hour in (10, 11, 12):
        assert hold(client, intro, f"2026-03-02T{hour}:00:00Z").status_code == 201
    refused = hold(client, intro, "2026-03-02T13:00:00Z")
    assert (refused.status_code, refused["Retry-After"]) == (429, "300")


def test_holds_have_a_budget(client, intro, settings):
    settings.RATE_LIMITS, settings.RATE_LIMIT_HOLDS = True, "2/m"
    token = hold(client, intro).json()["hold_token"]
    assert client.delete(f"{HOLD}{token}/").status_code == 204
    assert hold(client, intro).status_code == 429


def test_a_lapsed_hold_ends_by_itself(client, intro):
    hold(client, intro)
    row = OutboxRow.objects.get(name=RELEASE)
    assert row.run_at == Hold.objects.get().expires_at


def test_an_organizer_called_hold_keeps_their_slots(client):
    intro = make_event_type(make_host("hold", "Hold Ing"))
    assert TEN in listed(client, intro)


def test_the_token_of_an_old_hold_books_what_is_still_free(client, intro):
    token = hold(client, intro).json()["hold_token"]
    with time_machine.travel(at(8, 6), tick=False):
        body = booking_json(intro, TEN, hold_token=token)
        assert client.post(CREATE, body, content_type="application/json").status_code == 201
        again = client.post(CREATE, body, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "hold_expired")
    assert again.json()["alternatives"]
    assert (Booking.objects.count(), User.objects.count()) == (1, 1)
