"""Waiting for a time in a browser: from the booking page to the place in line, and to the booking."""

from __future__ import annotations

import os
from datetime import datetime, time, timedelta

import pytest
from playwright.sync_api import expect

from apps.common.time import get_zone, utc_now
from apps.events.models import WaitlistEntry
from apps.events.selectors.bookings import get_booking_by_token
from apps.events.services.bookings import cancel_booking
from tests.cast import JONAS, book, make_event_type

pytestmark = pytest.mark.django_db(transaction=True)


def _shoot(page, name):
    """A picture for the eye, where a folder for them is named."""
    folder = os.environ.get("SHOTS")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.fixture
def workshop(host):
    """One seat a start, so that one booking fills it."""
    return make_event_type(
        host,
        name="Workshop",
        event_type_slug="workshop",
        kind="group",
        max_attendees=2,
        enable_waitlist=True,
    )


def _noon(days):
    day = (utc_now() + timedelta(days=days)).date()
    return datetime.combine(day, time(12), get_zone("UTC"))


def _cancel(booking):
    seen = get_booking_by_token(booking.access_token, now=utc_now())
    cancel_booking(booking=seen, cancelled_by="invitee", reason="", actor=JONAS, now=utc_now())


def test_from_a_full_time_to_the_line_and_to_the_booking(open_page, host, violations_in_every_look):
    call = make_event_type(host, enable_waitlist=True)
    start = _noon(3)
    booked = book(call, start, now=utc_now())
    page = open_page(f"/ana/intro?date={start.date()}")
    page.get_by_role("link", name="Tell me when a time frees up").click()
    expect(page.get_by_role("heading", name="Wait for Intro call")).to_be_visible()
    assert violations_in_every_look(page) == []

    page.goto(page.url.split("/wait")[0] + f"/wait?start={start:%Y-%m-%dT%H:%M:%SZ}&timezone=UTC")
    page.get_by_label("Your name").fill("Maya Okafor")
    page.get_by_label("E-mail").fill("maya@okafor.example")
    assert violations_in_every_look(page) == []
    _shoot(page, "wait")
    page.get_by_role("button", name="Join the waitlist").click()
    expect(page.get_by_role("heading", name="You are on the waitlist")).to_be_visible()
    assert violations_in_every_look(page) == []
    _shoot(page, "joined")

    _cancel(booked)
    page.reload()
    expect(page.get_by_text("A time is kept for you")).to_be_visible()
    assert violations_in_every_look(page) == []
    _shoot(page, "offered")
    page.get_by_role("button", name="Take this time").click()
    expect(page.get_by_role("heading", name="You are booked")).to_be_visible()
    assert WaitlistEntry.objects.get().status == "converted"


def test_a_full_session_leads_to_its_waitlist(open_page, workshop, violations_in_every_look):
    start = _noon(3)
    for name in ("jo", "kim"):
        book(workshop, start, now=utc_now(), invitee_email=f"{name}@example.net")
    page = open_page(f"/ana/workshop?date={start.date()}&timezone=UTC")
    full = page.get_by_role("link", name="Full: join the waitlist")
    expect(full).to_be_visible()
    assert violations_in_every_look(page) == []
    _shoot(page, "full")
    full.click()
    expect(page.get_by_role("button", name="Join the waitlist")).to_be_visible()


def test_an_earlier_time_is_asked_for_and_taken(open_page, host, violations_in_every_look):
    call = make_event_type(host, duration=720)
    first = book(call, _noon(3) - timedelta(hours=12), now=utc_now())
    second = book(call, _noon(6) - timedelta(hours=12), now=utc_now())
    # Nothing is free in between, so nothing is offered before something frees.
    page = open_page(f"/booking/{second.access_token}/manage")
    page.get_by_text("Earlier, please").click()
    assert violations_in_every_look(page) == []
    _shoot(page, "sooner")
    page.get_by_role("button", name="Offer me earlier times").click()
    expect(page.get_by_role("heading", name="We keep looking for you")).to_be_visible()
    _cancel(first)
    page.reload()
    take = page.get_by_role("button", name="Move to this time")
    expect(take).to_be_visible()
    assert violations_in_every_look(page) == []
    _shoot(page, "sooner-offered")
    take.click()
    expect(page.get_by_role("heading", name="Your booking has moved")).to_be_visible()
