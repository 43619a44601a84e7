"""A series in a browser: every date before it is booked, the ticked ones booked, some cancelled."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from apps.common.time import utc_now
from apps.events.models import Booking
from apps.events.tests.series_cast import make_weekly

pytestmark = pytest.mark.django_db(transaction=True)


def test_dates_are_chosen_booked_listed_and_cancelled(open_page, host, violations):
    make_weekly(host)
    day = (utc_now() + timedelta(days=3)).date()
    page = open_page(f"/ana/lesson?date={day}")
    page.locator(".slot input").first.check()
    page.get_by_role("button", name="Continue").click()

    dates = page.get_by_role("group", name="4 dates")
    expect(dates.get_by_role("checkbox", checked=True)).to_have_count(4)
    dates.get_by_role("checkbox").nth(1).uncheck()
    assert violations(page) == []
    page.get_by_label("Your name").fill("Jonas Keller")
    page.get_by_label("E-mail").fill("jonas@keller.example")
    page.get_by_role("button", name="Book", exact=True).click()

    expect(page.get_by_role("heading", name="3 dates")).to_be_visible()
    assert Booking.objects.count() == 3
    assert violations(page) == []
    page.locator(".after a").click()

    expect(page.get_by_role("heading", name="3 dates")).to_be_visible()
    page.locator("ol.dates a").nth(1).click()
    page.get_by_role("link", name="Cancel booking").click()
    assert violations(page) == []
    page.get_by_label("This date and those after it").check()
    page.get_by_role("button", name="Cancel booking").click()
    expect(page.locator("ol.dates").get_by_text(re.compile("Cancelled"))).to_have_count(2)
    states = Booking.objects.order_by("recurrence_sequence").values_list("status", flat=True)
    assert list(states) == ["confirmed", "cancelled", "cancelled"]
