"""The main job, end to end: a stranger's hands, a server process, its dispatcher, its mails."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from apps.events.models import Booking, Occupancy
from tests.servers import uvicorn, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "correct horse battery"


@pytest.fixture
def served(tmp_path: Path):
    """One process as `make run` starts it: pages, API, embedded dispatcher, mail folder."""
    with uvicorn(EFFECTS_RUNNER="embedded", REDIS_URL="", VAR_DIR=str(tmp_path)) as base:
        yield base


def _window(browser: Browser, base: str) -> Page:
    """A private window in Berlin."""
    context = browser.new_context(base_url=base, locale="en-GB", timezone_id="Europe/Berlin")
    context.set_default_timeout(15_000)
    return context.new_page()


def _mails(page: Page, subject: str, *, count: int) -> None:
    """Wait until the mail folder's page lists so many mails with that subject."""

    def listed() -> bool:
        page.goto("/dev/mail/")
        return page.get_by_role("link").filter(has_text=subject).count() == count

    wait_until(listed, what=f"{count} mails: {subject}")


def test_sign_up_share_book_move_cancel(browser: Browser, served: str):
    ana = _window(browser, served)
    ana.goto("/signup")
    ana.get_by_label("Your name").fill("Ana Duarte")
    ana.get_by_label("E-mail").fill("ana@example.com")
    ana.get_by_label("Password").fill(PASSWORD)
    ana.get_by_role("button", name="Create account").click()
    ana.get_by_role("link", name="Create your first event type").click()
    ana.get_by_label("Name", exact=True).fill("Intro call")
    ana.get_by_role("button", name="Create event type").click()
    expect(ana.get_by_role("link", name="Intro call")).to_be_visible()

    jonas = _window(browser, served)
    jonas.goto("/ana-duarte/intro-call")
    jonas.get_by_role("button", name="Next month").click()
    jonas.locator(".d.open").first.click()
    jonas.locator("label.slot").nth(1).click()
    jonas.get_by_role("button", name="Continue").click()
    jonas.get_by_label("Your name").fill("Jonas Keller")
    jonas.get_by_label("E-mail").fill("jonas@keller.example")
    jonas.get_by_role("button", name="Book").click()
    expect(jonas.get_by_role("heading", name="You are booked")).to_be_visible()
    booked = Booking.objects.get()

    mails = _window(browser, served)
    _mails(mails, "Intro call", count=2)
    for recipient in ("jonas@keller.example", "ana@example.com"):
        mails.goto("/dev/mail/")
        mails.get_by_role("link").filter(has_text=recipient).filter(has_text="Intro call").click()
        expect(mails.get_by_text(booked.ical_uid).first).to_be_attached()

    jonas.get_by_role("link", name="Move or cancel").click()
    jonas.get_by_role("link", name="Move booking").click()
    jonas.get_by_role("button", name="Next month").click()
    jonas.locator(".d.open").nth(2).click()
    jonas.locator("label.slot").nth(3).click()
    jonas.get_by_role("button", name="Move booking").click()
    expect(jonas.get_by_role("heading", name="Your booking has moved")).to_be_visible()
    moved = Booking.objects.get(pk=booked.pk)
    assert moved.start_time != booked.start_time
    assert (moved.ical_uid, moved.ical_sequence) == (booked.ical_uid, 1)
    assert moved.access_token == booked.access_token

    jonas.get_by_role("link", name="Cancel booking").click()
    jonas.get_by_role("button", name="Cancel booking").click()
    expect(jonas.get_by_role("heading", name="Your booking is cancelled")).to_be_visible()
    assert Booking.objects.get(pk=booked.pk).status == "cancelled"
    assert not Occupancy.objects.exists()

    _mails(mails, "Intro call", count=6)
    ana.goto("/bookings?tab=cancelled")
    expect(ana.get_by_text("Jonas Keller").first).to_be_visible()
    ana.goto(f"/bookings/{booked.pk}")
    expect(ana.get_by_text(re.compile("Cancelled", re.I)).first).to_be_visible()
