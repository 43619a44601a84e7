"""The form without a script: codes by e-mail, requests, and the field that nobody sees."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.core import mail

from apps.common.models import OutboxRow
from apps.common.outbox.draining import drain
from apps.events.models import Booking
from apps.events.request_effects import EXPIRE
from tests.cast import NOW, make_event_type

pytestmark = pytest.mark.django_db

START = "2026-03-02T10:00:00Z"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


def form(**fields):
    return {"start": START, "name": "Jonas Keller", "email": "jonas@keller.example", **fields}


def code_from_mail():
    mail.outbox.clear()
    OutboxRow.objects.filter(name=EXPIRE).delete()
    drain()
    [sent] = [one for one in mail.outbox if "code" in one.subject.lower()]
    return re.search(r"\b\d{6}\b", sent.body).group(0)


def test_the_code_comes_when_the_form_is_sent(client, ana):
    make_event_type(ana, requires_email_code=True)
    page = client.get("/ana/intro/book", {"start": START}).content.decode()
    assert 'name="email_code"' not in page
    asked = client.post("/ana/intro/book", form()).content.decode()
    assert 'name="email_code"' in asked
    assert "We sent it to jonas@keller.example" in asked
    assert 'role="alert"' not in asked
    code = code_from_mail()
    wrong = client.post("/ana/intro/book", form(email_code="000000" if code != "000000" else "1"))
    assert wrong.status_code == 422
    assert "This code is wrong or too old." in wrong.content.decode()
    empty = client.post("/ana/intro/book", form(email_code=""))
    assert "Enter the code" in empty.content.decode()
    assert not Booking.objects.exists()
    done = client.post("/ana/intro/book", form(email_code=code))
    assert done.status_code == 303
    assert Booking.objects.get().status == "confirmed"


def test_another_code_may_be_asked_for(client, ana, settings):
    make_event_type(ana, requires_email_code=True)
    client.post("/ana/intro/book", form())
    first = code_from_mail()
    again = client.post("/ana/intro/book", form(email_code="", send_code="1"))
    assert again.status_code == 200
    second = code_from_mail()
    assert client.post("/ana/intro/book", form(email_code=second)).status_code == 303
    assert first != second or Booking.objects.count() == 1
    settings.RATE_LIMITS = True
    settings.RATE_LIMIT_EMAIL_CODES_PER_EMAIL = "1/h"
    fields = form(start="2026-03-02T11:00:00Z", email_code="", send_code="1")
    assert client.post("/ana/intro/book", fields).status_code == 200
    assert client.post("/ana/intro/book", fields).status_code == 429


def test_a_request_is_called_one(client, ana):
    make_event_type(ana, requires_confirmation=True)
    assert "Confirmed by Ana Duarte" in client.get("/ana/intro").content.decode()
    page = client.get("/ana/intro/book", {"start": START}).content.decode()
    assert "Ana Duarte confirms this time before it is agreed" in page
    assert "Send request" in page
    done = client.post("/ana/intro/book", form())
    own_page = client.get(done["Location"]).content.decode()
    assert "Request sent" in own_page
    assert "Ana Duarte still has to confirm" in own_page


def test_only_near_times_are_requests_where_only_these_are(client, ana):
    make_event_type(ana, requires_confirmation=True, confirmation_within_minutes=120)
    near = client.get("/ana/intro/book", {"start": "2026-03-02T09:30:00Z"}).content.decode()
    far = client.get("/ana/intro/book", {"start": START}).content.decode()
    assert "Send request" in near
    assert "Send request" not in far
    assert "at short notice" in client.get("/ana/intro").content.decode()


def test_robots_fall_into_the_field_that_nobody_sees(client, intro):
    page = client.get("/ana/intro/book", {"start": START}).content.decode()
    assert re.search(r'aria-hidden="true"><label>[^<]+<input name="website" tabindex="-1"', page)
    refused = client.post("/ana/intro/book", form(website="https://spam.example"))
    assert refused.status_code == 422
    assert not Booking.objects.exists()


def test_addresses_and_names_that_are_not_taken_are_named_at_their_fields(client, ana):
    make_event_type(ana, denied_email_domains=["spam.example"])
    for fields, says in (
        ({"email": "x@mail.spam.example"}, "Bookings are not taken with this e-mail address."),
        ({"name": "Jоnas"}, "Write each word in the letters of one script."),
        ({"name": "Jonas\u202e"}, "invisible characters that turn the direction"),
    ):
        page = client.post("/ana/intro/book", form(**fields))
        assert page.status_code == 422
        assert says in page.content.decode()
        assert 'aria-invalid="true"' in page.content.decode()
