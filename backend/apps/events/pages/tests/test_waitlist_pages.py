"""Waiting for a time without a script: joining, and the page of who stands in line."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from apps.common.outbox.draining import drain
from apps.events.models import Booking, WaitlistEntry
from apps.events.services.waiting.pass_on import leave_waitlist
from apps.events.services.waiting.sweep import sweep_waiting
from apps.events.tests.waiting import again, cancel, claim, wait_for
from tests.cast import NOW, at, book, join, make_event_type

pytestmark = pytest.mark.django_db
TEN = at(10, days=1)
TEN_TEXT = "2026-03-03T10:00:00Z"


@pytest.fixture(autouse=True)
def _at_eight():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def call(ana):
    return make_event_type(ana, enable_waitlist=True, duration=480)


@pytest.fixture
def yoga(ana):
    return make_event_type(
        ana,
        name="Yoga",
        event_type_slug="yoga",
        kind="group",
        max_attendees=2,
        duration=60,
        enable_waitlist=True,
    )


def _form(**fields):
    return {
        "timezone": "Europe/Lisbon",
        "name": "Wanda",
        "email": "wanda@example.net",
        "key": "a6d0bcd0-6a5b-4c7e-9d0e-1f5d4f2c2f11",
        **fields,
    }


def _text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_full_session_leads_to_the_waitlist_in_plain_html(client, yoga):
    join(yoga, TEN, "Jo")
    join(yoga, TEN, "Kim")
    page = client.get("/ana/yoga/times?timezone=Europe/Lisbon").content.decode()
    assert 'href="/ana/yoga/wait?start=2026-03-03T10%3A00%3A00Z' in page
    asked = client.get("/ana/yoga/wait", {"start": TEN_TEXT, "timezone": "Europe/Lisbon"})
    assert "Wait for Yoga" in _text(asked)
    sent = client.post("/ana/yoga/wait", _form(start=TEN_TEXT))
    entry = WaitlistEntry.objects.get()
    assert (sent.status_code, sent["Location"]) == (303, f"/waitlist/{entry.token}?joined")
    assert (entry.desired_start_time, entry.notify_when_available) == (TEN, True)
    # Sent twice it joins once.
    assert client.post("/ana/yoga/wait", _form(start=TEN_TEXT))["Location"] == sent["Location"]


def test_a_day_without_times_can_be_waited_for(client, call):
    book(call, at(9, days=1))
    assert "/ana/intro/wait?timezone=" in client.get("/ana/intro/times").content.decode()
    assert 'type="date"' in client.get("/ana/intro/wait").content.decode()
    asked = client.get("/ana/intro/wait", {"day": "2026-03-03", "timezone": "Europe/Lisbon"})
    assert "Tuesday March 3, 2026, any time" in _text(asked)
    client.post("/ana/intro/wait", _form(day="2026-03-03", page_only="on"))
    entry = WaitlistEntry.objects.get()
    assert (entry.desired_start_time, entry.desired_end_time) == (at(0, days=1), at(0, days=2))
    assert not entry.notify_when_available


def test_refusals_are_told_on_the_form(client, call):
    book(call, at(9, days=1))
    wrong = client.post("/ana/intro/wait", _form(day="2026-03-03", email="x", name=""))
    assert wrong.status_code == 422
    assert wrong.content.decode().count('aria-invalid="true"') == 2
    free = client.post("/ana/intro/wait", _form(day="2026-03-04"))
    assert free.status_code == 409
    assert 'href="/ana/intro/book?start=2026-03-04T09%3A00%3A00Z' in free.content.decode()
    closed = client.post("/ana/intro/wait", _form(day="2026-03-07"))
    assert closed.status_code == 409
    assert "Choose another day" in _text(closed)


def test_without_a_waitlist_there_is_no_such_page(client, intro):
    assert client.get("/ana/intro/wait", {"day": "2026-03-03"})["Location"] == "/ana/intro/times"


def test_the_page_is_secret_and_tells_the_place_in_line(client, call):
    book(call, at(9, days=1))
    wait_for(call, at(9, days=1), "Ada")
    entry = wait_for(call, at(9, days=1), "Bea")
    page = client.get(f"/waitlist/{entry.token}")
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert page["X-Robots-Tag"] == "noindex"
    assert "Your place in line 2" in _text(page)
    assert "Ada" not in _text(page)


def test_an_offer_is_claimed_by_post_alone(client, call):
    booked = book(call, at(9, days=1))
    entry = wait_for(call, at(9, days=1))
    cancel(booked)
    address = f"/waitlist/{entry.token}"
    page = client.get(f"{address}?action=claim")
    assert "A time is kept for you" in _text(page)
    assert "120 minutes left" in _text(page) or "2 hours left" in _text(page)
    assert again(entry).status == "notified"
    done = client.post(address, {"action": "claim", "start": "2026-03-03T09:00:00Z"})
    booking = Booking.objects.get(status="confirmed")
    assert done["Location"] == f"/booking/{booking.access_token}/manage?booked"
    assert "Open your booking" in _text(client.get(address))
    twice = client.post(address, {"action": "claim"})
    assert twice.status_code == 409
    assert "already" in _text(twice)


def test_declining_and_leaving(client, call):
    booked = book(call, at(9, days=1))
    entry = wait_for(call, at(9, days=1))
    address = f"/waitlist/{entry.token}"
    assert client.post(address, {"action": "decline"}).status_code == 409
    cancel(booked)
    assert client.post(address, {"action": "decline"})["Location"] == f"{address}?declined"
    page = _text(client.get(address))
    assert "Free right now" in page
    assert client.post(address, {"action": "leave"})["Location"] == f"{address}?left"
    assert "See other times" in _text(client.get(address))
    assert client.post(address, {"action": "leave"}).status_code == 409


def test_a_group_claim_leads_to_ones_own_seat(client, yoga):
    join(yoga, TEN, "Jo")
    seat = join(yoga, TEN, "Kim")
    entry = wait_for(yoga, TEN)
    cancel(seat)
    claim(entry)
    page = client.get(f"/waitlist/{entry.token}").content.decode()
    own = Booking.objects.get().attendees.get(name="Wanda")
    assert f"/booking/{own.access_token}/manage" in page


def test_every_state_has_a_page_in_every_language(client, call):
    book(call, at(9, days=1))
    entry = wait_for(call, at(9, days=1))
    address = f"/waitlist/{entry.token}"
    for language in ("en", "de", "ar"):
        assert client.get(address, {"lang": language}).status_code == 200
    sweep_waiting(now=at(9, days=1))
    assert "Nothing came free in time" in _text(client.get(address))
    other = wait_for(call, at(9, days=1), "Bea")
    leave_waitlist(entry=other, now=NOW)
    assert "Not on the waitlist any more" in _text(client.get(f"/waitlist/{other.token}"))


def test_unknown_and_old_links(client, call):
    book(call, at(9, days=1))
    entry = wait_for(call, at(9, days=1))
    assert client.get("/waitlist/nonsense").status_code == 404
    assert client.get("/waitlist/00000000-0000-4000-8000-000000000000").status_code == 404
    with time_machine.travel(NOW + timedelta(days=40)):
        assert client.get(f"/waitlist/{entry.token}").status_code == 410


def test_the_token_page_asks_for_an_earlier_time_and_takes_it(client, call):
    first, second = book(call, at(9, days=1)), book(call, at(9, days=2), invitee_name="Bea")
    address = f"/booking/{second.access_token}/manage"
    assert "Offer me earlier times" in _text(client.get(address))
    asked = client.post(
        address,
        {
            "action": "ask_sooner",
            "weekday": ["1", "2"],
            "from": "08:00",
            "until": "",
            "earliest": "",
        },
    )
    assert asked["Location"] == f"{address}?asked"
    request = second.sooner_request
    assert (request.weekdays, request.minutes_from, request.minutes_until) == ([1, 2], 480, 1440)
    assert "Move to this time" not in _text(client.get(address))
    cancel(first)
    assert "Move to this time" in _text(client.get(address))
    assert client.post(address, {"action": "take_sooner"})["Location"] == f"{address}?moved"
    second.refresh_from_db()
    assert second.start_time == at(9, days=1)


def test_odd_hours_are_refused_on_the_page(client, call):
    address = f"/booking/{book(call, at(9, days=1)).access_token}/manage"
    odd = client.post(address, {"action": "ask_sooner", "from": "xx"})
    assert odd.status_code == 409
    assert "Enter a time" in _text(odd)
    turned = client.post(address, {"action": "ask_sooner", "from": "10:00", "until": "09:00"})
    assert "after the beginning" in _text(turned)


def test_an_address_is_proved_by_a_code_before_joining(client, call):
    _take(call, at(9, days=1))
    asked = client.post("/ana/intro/wait", _form(day="2026-03-03"))
    assert 'name="email_code"' in asked.content.decode()
    assert not WaitlistEntry.objects.exists()
    drain()
    [told] = [one for one in mail.outbox if "code" in one.subject.lower()]
    code = re.search(r"\b\d{6}\b", told.body)[0]
    wrong = client.post("/ana/intro/wait", _form(day="2026-03-03", email_code="000000"))
    assert wrong.status_code == 422
    sent = client.post("/ana/intro/wait", _form(day="2026-03-03", email_code=code))
    assert sent.status_code == 303, _text(sent)
    # Who proved it on joining is not asked again.
    entry = WaitlistEntry.objects.get()
    cancel(Booking.objects.get())
    assert claim(entry).invitee_email == "wanda@example.net"


def _take(event_type, start):
    """A booking that is just there."""
    event_type.requires_email_code = False
    event_type.save()
    booked = book(event_type, start)
    event_type.requires_email_code = True
    event_type.save()
    return booked


def test_who_waits_no_more_may_erase_what_is_stored(client, call):
    book(call, at(9, days=1))
    entry = wait_for(call, at(9, days=1))
    address = f"/waitlist/{entry.token}"
    assert client.post(address, {"action": "erase"}).status_code == 409
    client.post(address, {"action": "leave"})
    assert "Erase my data" in _text(client.get(address))
    assert client.post(address, {"action": "erase"}).status_code == 200
    gone = again(entry)
    assert (gone.invitee_name, gone.invitee_email, gone.custom_answers) == ("", "", {})
