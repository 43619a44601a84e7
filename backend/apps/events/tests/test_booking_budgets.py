"""What a booking spends over HTTP, and what its answers tell of it."""

from __future__ import annotations

import pytest
import time_machine

from apps.events.models import Booking
from tests.cast import NOW, at, book, booking_json, make_event_type

CREATE = "/api/v1/events/bookings/create/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _limits(settings):
    settings.RATE_LIMITS = True
    settings.RATE_LIMIT_BOOKINGS = "50/m"
    settings.RATE_LIMIT_BOOKINGS_PER_EMAIL = "20/h"
    settings.RATE_LIMIT_BOOKINGS_PER_EVENT_TYPE = "60/m"
    with time_machine.travel(NOW, tick=False):
        yield


def post(client, event_type, half_hour, *, ip="192.0.2.1", **fields):
    start = f"2026-03-02T{9 + half_hour // 2:02}:{half_hour % 2 * 30:02}:00Z"
    body = booking_json(event_type, start, **fields)
    return client.post(CREATE, body, "application/json", REMOTE_ADDR=ip)


def left(response):
    """What is left of each budget, by its name."""
    members = [one.split(";") for one in response["RateLimit"].split(", ")]
    return {name.strip('"'): int(rest.removeprefix("r=")) for name, rest, _ in members}


def test_an_answer_tells_what_is_left(client, intro):
    answer = post(client, intro, 0)
    assert answer.status_code == 201
    assert left(answer) == {
        "booking-attempts": 599,
        "bookings": 49,
        "bookings-per-email": 19,
        "bookings-per-event-type": 59,
    }
    assert '"bookings-per-email";q=20;w=3600' in answer["RateLimit-Policy"]
    assert (answer["X-RateLimit-Limit"], answer["X-RateLimit-Remaining"]) == ("20", "19")
    assert answer["X-RateLimit-Reset"].isdigit()


def test_a_refused_booking_costs_an_attempt_and_nothing_else(client, intro):
    book(intro, at(9))
    taken = post(client, intro, 0)
    assert taken.status_code == 409
    assert left(taken)["bookings"] == 50
    wrong = post(client, intro, 1, invitee_email="no address")
    assert wrong.status_code == 422
    assert left(wrong)["bookings-per-event-type"] == 60
    assert left(post(client, intro, 1)) == {
        "booking-attempts": 597,
        "bookings": 49,
        "bookings-per-email": 19,
        "bookings-per-event-type": 59,
    }


@pytest.mark.parametrize(
    ("setting", "others"),
    [
        ("RATE_LIMIT_BOOKINGS", {"ip": "192.0.2.9"}),
        ("RATE_LIMIT_BOOKINGS_PER_EMAIL", {"invitee_email": "other@keller.example"}),
    ],
)
def test_each_budget_ends_for_its_owner_alone(client, intro, settings, setting, others):
    setattr(settings, setting, "2/m")
    assert [post(client, intro, number).status_code for number in range(2)] == [201, 201]
    refused = post(client, intro, 2)
    assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
    assert int(refused["Retry-After"]) >= 1
    assert refused["X-RateLimit-Remaining"] == "0"
    assert post(client, intro, 2, **others).status_code == 201


def test_one_address_in_another_spelling_from_elsewhere(client, intro, settings):
    settings.RATE_LIMIT_BOOKINGS_PER_EMAIL = "1/h"
    assert post(client, intro, 0).status_code == 201
    again = post(client, intro, 1, ip="198.51.100.7", invitee_email="Jonas+2@KELLER.example")
    assert again.status_code == 429


def test_an_event_type_takes_so_many_from_everybody(client, ana, intro, settings):
    settings.RATE_LIMIT_BOOKINGS_PER_EVENT_TYPE = "2/m"
    for number in range(2):
        fields = {"ip": f"192.0.2.{number}", "invitee_email": f"p{number}@example.org"}
        assert post(client, intro, number, **fields).status_code == 201
    fields = {"ip": "192.0.2.7", "invitee_email": "p7@example.org"}
    assert post(client, intro, 3, **fields).status_code == 429
    other = make_event_type(ana, name="Other", event_type_slug="other")
    assert post(client, other, 4, **fields).status_code == 201


def test_a_group_spends_a_mail_for_each_seat(client, ana):
    yoga = make_event_type(ana, max_attendees=9)
    guests = [{"name": f"G{n}", "email": f"g{n}@example.org"} for n in range(3)]
    answer = post(client, yoga, 0, attendees=guests)
    assert answer.status_code == 201
    assert left(answer)["bookings"] == 46
    assert Booking.objects.get().attendee_count == 4
