"""The booking page where several people share a time, or several hosts serve it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from apps.common.time import parse_instant, utc_now
from apps.events.models import Attendee, EventTypeHost
from tests.cast import book, join, make_event_type, make_host

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def workshop(host):
    return make_event_type(
        host, name="Workshop", event_type_slug="workshop", kind="group", max_attendees=6
    )


def some_day():
    """A date that is wholly ahead in any zone, and the page opens at."""
    return (utc_now() + timedelta(days=3)).date()


def choose_a_time(page):
    page.locator(".slot input").first.check()


def book_it(page):
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Your name").fill("Maya Okafor")
    page.get_by_label("E-mail").fill("maya@okafor.example")
    page.get_by_role("button", name="Book", exact=True).click()


def test_a_group_shows_its_seats(open_page, workshop, violations_in_every_look):
    page = open_page(f"/ana/workshop?date={some_day()}")
    choose_a_time(page)
    expect(
        page.get_by_role("radio", checked=True, name=re.compile("6 seats left$"))
    ).to_be_visible()
    expect(page.locator(".slot small").first).to_have_text("6 seats left")
    assert violations_in_every_look(page) == []


def test_a_group_confirms_a_seat(open_page, workshop, violations):
    page = open_page(f"/ana/workshop?date={some_day()}")
    choose_a_time(page)
    book_it(page)
    expect(page.get_by_role("heading", name="You have a seat")).to_be_visible()
    assert violations(page) == []
    assert [attendee.name for attendee in Attendee.objects.all()] == ["Maya Okafor"]


def test_two_share_a_time_and_the_organizer_sees_both(
    open_page, open_dashboard, workshop, violations
):
    page = open_page(f"/ana/workshop?date={some_day()}")
    choose_a_time(page)
    start = page.locator(".slot input").first.get_attribute("value")
    book_it(page)
    expect(page.get_by_role("heading", name="You have a seat")).to_be_visible()
    session = book(workshop, parse_instant(start), now=utc_now())
    page.goto(f"/ana/workshop?date={some_day()}")
    expect(page.locator(".slot small").first).to_have_text("4 seats left")

    page = open_dashboard(f"/bookings/{session.pk}")
    expect(page.get_by_role("heading", name="Maya Okafor +1")).to_be_visible()
    expect(page.get_by_text("2 of 6 seats taken")).to_be_visible()
    people = page.locator(".bk-people li")
    expect(people).to_have_count(2)
    expect(people.last).to_contain_text("jonas@keller.example")
    assert violations(page) == []
    page.get_by_role("button", name="Cancel").click()
    question = page.get_by_role("alertdialog", name="Cancel Workshop with Maya Okafor +1?")
    expect(question).to_contain_text("Everyone gets an e-mail at once")
    question.get_by_role("button", name="Cancel booking").click()
    expect(page.locator(".toast")).to_contain_text("Cancelled. Everyone gets an e-mail.")


def test_an_attendee_brings_somebody_and_changes_their_data(
    open_page, workshop, violations_in_every_look
):
    start = (utc_now() + timedelta(days=3)).replace(hour=10, minute=0, second=0, microsecond=0)
    seat = join(workshop, start, "Mia", now=utc_now())
    page = open_page(f"/booking/{seat.access_token}/manage")
    page.get_by_text("Bring somebody").click()
    page.get_by_label("Their name").fill("Kim Sato")
    page.get_by_label("Their e-mail").fill("kim at home")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_label("Their e-mail")).to_have_value("kim at home")
    page.get_by_label("Their e-mail").fill("kim@sato.example")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", name="Your changes are saved")).to_be_visible()
    expect(page.get_by_text("Kim Sato, kim@sato.example")).to_be_visible()
    page.get_by_text("Change your details").click()
    page.get_by_text("Bring somebody").click()
    assert violations_in_every_look(page) == []
    page.get_by_label("Your name").fill("Mia Roth")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Mia Roth")).to_be_visible()
    page.get_by_role("button", name="Remove Kim Sato").click()
    expect(page.get_by_role("button", name="Remove Kim Sato")).to_have_count(0)
    assert set(Attendee.objects.values_list("name", "status")) == {
        ("Mia Roth", "confirmed"), ("Kim Sato", "cancelled"),
    }  # fmt: skip


def test_of_a_team_nobody_is_singled_out(open_page, host):
    team = make_event_type(host, kind="round_robin")
    for position, user in enumerate((host, make_host("rita", "Rita Sol"))):
        EventTypeHost.objects.create(event_type=team, user=user, position=position)
    page = open_page(f"/ana/intro?date={some_day()}", timezone_id="Asia/Tokyo")
    choose_a_time(page)
    expect(page.get_by_text("Your time, Tokyo")).to_be_visible()
    expect(page.get_by_text(re.compile("for Ana"))).to_be_hidden()
    book_it(page)
    expect(page.get_by_role("heading", name="You are booked")).to_be_visible()


def test_seats_fit_the_narrowest_screen(open_page, workshop):
    page = open_page(f"/ana/workshop?date={some_day()}", viewport={"width": 320, "height": 640})
    choose_a_time(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
