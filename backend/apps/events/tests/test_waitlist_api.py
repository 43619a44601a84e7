"""The waitlist over HTTP: the public calls and the organizer's."""

from __future__ import annotations

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.events.models import Booking, WaitlistEntry
from apps.events.services.waiting.pass_on import lapse_offer
from apps.events.tests.waiting import again, cancel, wait_for
from tests.cast import NOW, at, book, make_event_type

pytestmark = pytest.mark.django_db
JOIN = "/api/v1/events/waitlist/join/"
LIST = "/api/v1/events/waitlist/"
NINE = at(9, days=1)
NINE_TEXT = "2026-03-03T09:00:00Z"


@pytest.fixture(autouse=True)
def _at_eight():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def call(ana):
    return make_event_type(ana, enable_waitlist=True, duration=480)


def _body(**fields):
    return {
        "organizer_slug": "ana",
        "event_type_slug": "intro",
        "desired_start_time": NINE_TEXT,
        "invitee_name": "Wanda",
        "invitee_email": "wanda@example.net",
        "invitee_timezone": "Europe/Berlin",
        **fields,
    }


def _post(client, address, body, **headers):
    return client.post(address, body, content_type="application/json", headers=headers)


def _link(entry) -> str:
    return f"/api/v1/events/waitlist/{entry.token}/"


def test_joining_answers_with_the_key_and_the_place(client, call):
    book(call, NINE)
    wait_for(call, NINE, "Ada")
    answer = _post(client, JOIN, _body())
    entry = WaitlistEntry.objects.get(invitee_name="Wanda")
    assert answer.status_code == 201
    assert answer.json() == {
        "token": str(entry.token),
        "position": 2,
        "status": "active",
        "waitlist_url": f"{settings.BASE_URL}/waitlist/{entry.token}",
        "expires_at": NINE_TEXT,
    }
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("no-referrer", "no-store")


def test_a_repeated_call_joins_once(client, call):
    book(call, NINE)
    key = {"Idempotency-Key": "one"}
    first, second = _post(client, JOIN, _body(), **key), _post(client, JOIN, _body(), **key)
    assert second.json() == first.json()
    assert second["Idempotent-Replayed"] == "true"
    assert WaitlistEntry.objects.count() == 1
    other = _post(client, JOIN, _body(invitee_name="Other"), **key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")


def test_the_same_address_is_refused_without_its_token(client, call):
    book(call, NINE)
    token = _post(client, JOIN, _body()).json()["token"]
    again_ = _post(client, JOIN, _body())
    assert (again_.status_code, again_.json()["code"]) == (409, "invalid_state")
    assert token not in again_.content.decode()


@pytest.mark.parametrize(
    ("change", "status", "code", "pointer"),
    [
        ({"desired_start_time": "2026-03-03T07:00:00Z"}, 409, "outside_hours", None),
        ({"desired_start_time": "2026-03-01T09:00:00Z"}, 409, "too_soon", None),
        ({"desired_start_time": "2026-03-04T09:00:00Z"}, 409, "invalid_state", None),
        ({"desired_start_time": "soon"}, 422, "validation_failed", "/desired_start_time"),
        ({"desired_end_time": NINE_TEXT}, 422, "validation_failed", "/desired_end_time"),
        (
            {"desired_end_time": "2026-05-03T09:00:00Z"},
            422,
            "validation_failed",
            "/desired_end_time",
        ),
        ({"expires_at": "2026-03-01T09:00:00Z"}, 422, "validation_failed", "/expires_at"),
        ({"invitee_email": "a\r\nBcc: b@c"}, 422, "validation_failed", "/invitee_email"),
        ({"invitee_timezone": "Mars/Base"}, 422, "invalid_timezone", None),
        ({"event_type_slug": "nothing"}, 404, "not_found", None),
        ({"website": "spam"}, 422, "validation_failed", "/website"),
    ],
)
def test_bad_input_is_named(client, call, change, status, code, pointer):
    book(call, NINE)
    answer = _post(client, JOIN, _body(**change))
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.content
    if pointer:
        assert answer.json()["errors"][0]["pointer"] == pointer
    assert not WaitlistEntry.objects.exists()


def test_claiming_answers_with_the_booking(client, call):
    booked = book(call, NINE)
    entry = wait_for(call, NINE)
    seen = client.get(_link(entry)).json()
    assert (seen["position"], seen["offer"], seen["can_claim"]) == (1, None, False)
    cancel(booked)
    seen = client.get(_link(entry)).json()
    assert seen["offer"] == {
        "start": NINE_TEXT,
        "end": "2026-03-03T17:00:00Z",
        "expires_at": "2026-03-02T10:00:00Z",
    }
    assert (seen["status"], seen["can_claim"]) == ("notified", True)
    done = _post(client, _link(entry), {"action": "claim"}, **{"Idempotency-Key": "k"}).json()
    booking = Booking.objects.get(status="confirmed")
    assert (done["status"], done["position"]) == ("converted", None)
    assert done["booking"]["access_token"] == str(booking.access_token)
    repeated = _post(client, _link(entry), {"action": "claim"}, **{"Idempotency-Key": "k"})
    assert repeated.json() == done
    assert client.get(_link(entry)).json()["booking"]["id"] == str(booking.pk)


def test_declining_leaving_and_late_claims(client, call):
    booked = book(call, NINE)
    entry = wait_for(call, NINE)
    refused = _post(client, _link(entry), {"action": "decline"})
    assert (refused.status_code, refused.json()["code"]) == (409, "invalid_state")
    cancel(booked)
    offered = again(entry)
    with time_machine.travel(offered.offer_ends_at, tick=False):
        late = _post(client, _link(entry), {"action": "claim"})
        assert (late.status_code, late.json()["code"]) == (409, "offer_expired")
        assert client.get(_link(entry)).json()["offer"] is None
        lapse_offer(entry=offered, now=offered.offer_ends_at)
        free = client.get(_link(entry)).json()
        assert (free["status"], free["free"], free["can_claim"]) == ("active", [NINE_TEXT], True)
    left = _post(client, _link(entry), {"action": "leave"})
    assert (left.status_code, left.json()["status"]) == (200, "cancelled")
    for action in ("claim", "decline", "leave"):
        again_ = _post(client, _link(entry), {"action": action})
        assert (again_.status_code, again_.json()["code"]) == (409, "invalid_state")
    odd = _post(client, _link(entry), {"action": "jump"})
    assert odd.status_code == 422


def test_others_offers_are_not_ones_own(client, call):
    booked = book(call, NINE)
    first, second = wait_for(call, NINE, "Ada"), wait_for(call, NINE, "Bea")
    cancel(booked)
    answer = _post(client, _link(second), {"action": "claim"})
    assert (answer.status_code, answer.json()["code"]) == (409, "slot_taken")
    unknown = client.get("/api/v1/events/waitlist/00000000-0000-4000-8000-000000000000/")
    malformed = client.get("/api/v1/events/waitlist/nonsense/")
    assert unknown.status_code == malformed.status_code == 404
    # The key of what is held is nobody's but the engine's.
    assert str(again(first).offer.token) not in client.get(_link(first)).content.decode()


# The organizer's side.


def test_the_list_tells_who_waits_and_keeps_links_secret(ana_client, call):
    booked = book(call, NINE)
    first, second = wait_for(call, NINE, "Ada"), wait_for(call, NINE, "Bea")
    cancel(booked)
    rows = {row["invitee_name"]: row for row in ana_client.get(LIST).json()["results"]}
    assert rows["Ada"]["status"] == "notified"
    assert rows["Ada"]["offer_expires_at"] == "2026-03-02T10:00:00Z"
    assert (rows["Bea"]["position"], rows["Bea"]["event_type"]["slug"]) == (2, "intro")
    answer = ana_client.get(LIST, {"status": "active", "event_type": str(call.pk)})
    assert [row["invitee_name"] for row in answer.json()["results"]] == ["Bea"]
    for entry in (first, second):
        assert str(entry.token) not in ana_client.get(LIST).content.decode()
    assert ana_client.get(LIST, {"status": "lost"}).status_code == 400


def test_the_list_costs_the_same_for_many(ana_client, call):
    book(call, NINE)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert ana_client.get(LIST).status_code == 200
        return len(captured)

    wait_for(call, NINE, "Ada")
    one = count()
    for name in ("Bea", "Cid", "Dan"):
        wait_for(call, NINE, name)
    assert count() == one


def test_figures_offers_out_of_turn_and_removals(ana_client, call):
    booked = book(call, NINE)
    entry = wait_for(call, NINE, "Ada", notify_when_available=False)
    nothing = ana_client.post(f"{LIST}{entry.pk}/notify/")
    assert (nothing.status_code, nothing.json()["code"]) == (409, "invalid_state")
    cancel(booked)
    assert ana_client.post(f"{LIST}{entry.pk}/notify/").json()["status"] == "notified"
    assert ana_client.post(f"{LIST}{entry.pk}/notify/").status_code == 409
    assert ana_client.post(f"{LIST}{entry.pk}/remove/").json()["status"] == "cancelled"
    assert ana_client.post(f"{LIST}{entry.pk}/remove/").status_code == 409
    assert ana_client.get(f"{LIST}figures/").json() == {
        "active": 0,
        "notified": 0,
        "converted": 0,
        "expired": 0,
        "cancelled": 1,
        "conversion_rate": 0.0,
    }


def test_others_waitlists_are_unknown(client, charlie, call):
    book(call, NINE)
    entry = wait_for(call, NINE)
    client.force_login(charlie)
    assert client.get(LIST).json()["results"] == []
    assert client.post(f"{LIST}{entry.pk}/remove/").status_code == 404
    assert client.get(f"{LIST}figures/").json()["conversion_rate"] is None
    client.logout()
    assert client.get(LIST).status_code == 401
