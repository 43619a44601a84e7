"""Why is a time not offered? The organizer's screen for it, over the real server."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from apps.availability.models import Schedule
from apps.common.time import utc_now
from apps.events.models import EventTypeHost
from tests.cast import book, make_event_type, make_host

pytestmark = pytest.mark.django_db(transaction=True)

LISBON = ZoneInfo("Europe/Lisbon")


@pytest.fixture
def event_type(host):
    return make_event_type(host)


@pytest.fixture
def ask(open_dashboard):
    """Opens the screen with a local date and time in Lisbon; without them nothing is asked yet."""

    def open_(event_type, day=None, time=None, **options):
        path = f"/event-types/{event_type.id}/troubleshooter"
        if day:
            path += f"?date={day}&time={time}"
        page = open_dashboard(path, **options)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        return page

    return open_


def some_day():
    """A local date whose noon is at least a day and a half away."""
    return (utc_now() + timedelta(days=3)).astimezone(LISBON).date()


def noon_of(day):
    """12:00 in Lisbon: no clock change comes near it."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=LISBON).astimezone(UTC)


def last_sunday(year, month):
    """The date on which Europe's clocks change, in March and in October."""
    last = date(year, month, 31)
    return last - timedelta(days=last.isoweekday() % 7)


def answer(page):
    return page.get_by_role("region", name="Answer")


def offered(page):
    return answer(page).get_by_role("heading", name=re.compile("is offered$"))


def refused(page):
    return answer(page).get_by_role("heading", name=re.compile("is not offered$"))


def reason(page, title):
    return answer(page).get_by_role("listitem").filter(has_text=title)


class TestAsking:
    def test_leads_from_the_preview_to_an_offered_time(self, open_dashboard, event_type):
        page = open_dashboard(f"/event-types/{event_type.id}/preview")
        page.get_by_role("link", name="Why is a time not offered?").click()
        expect(page.get_by_role("heading", name="Choose a date and a time")).to_be_visible()
        page.get_by_label("Date").fill(some_day().isoformat())
        page.get_by_label("Start time").fill("12:00")
        expect(offered(page)).to_be_visible()
        expect(page).to_have_url(re.compile(f"date={some_day()}&time=12%3A00"))
        page.reload()
        expect(page.get_by_label("Start time")).to_have_value("12:00")
        expect(offered(page)).to_be_visible()

    def test_the_times_of_the_day_can_be_tried(self, ask, event_type):
        page = ask(event_type, some_day(), "12:10")
        expect(refused(page)).to_be_visible()
        page.get_by_role("button", name="15:30").click()
        expect(page.get_by_label("Start time")).to_have_value("15:30")
        expect(offered(page)).to_be_visible()
        expect(page.get_by_role("button", name="15:30")).to_have_attribute("aria-pressed", "true")

    def test_asks_about_the_length_that_was_chosen(self, ask, event_type):
        event_type.durations = [60]
        event_type.save()
        book(event_type, noon_of(some_day()), now=utc_now())
        page = ask(event_type, some_day(), "11:30")
        expect(offered(page)).to_be_visible()
        page.get_by_label("Duration").select_option("60")
        expect(reason(page, "Booked")).to_be_visible()

    def test_a_lost_connection_is_told_and_mended(self, ask, event_type):
        page = ask(event_type)
        page.route(re.compile("/explain/"), lambda route: route.abort())
        page.get_by_label("Date").fill(some_day().isoformat())
        page.get_by_label("Start time").fill("12:00")
        expect(answer(page).get_by_role("alert")).to_contain_text("offline")
        page.unroute(re.compile("/explain/"))
        page.get_by_role("button", name="Try again").click()
        expect(offered(page)).to_be_visible()

    def test_event_types_of_others_do_not_exist(self, ask):
        page = ask(make_event_type(make_host("rita", "Rita Sol")))
        expect(page.get_by_role("alert")).to_be_visible()
        expect(page.get_by_label("Date")).to_be_hidden()


class TestReasons:
    def test_a_booking_is_named_and_opened(self, ask, event_type):
        booking = book(event_type, noon_of(some_day()), now=utc_now())
        page = ask(event_type, some_day(), "12:00")
        expect(refused(page)).to_be_visible()
        found = reason(page, "Booked")
        expect(found).to_contain_text("12:00 – 12:30")
        expect(found).to_contain_text("Move or cancel the booking.")
        found.get_by_role("link", name="Jonas Keller, Intro call").click()
        expect(page).to_have_url(re.compile(f"/bookings/{booking.pk}$"))
        expect(page.get_by_role("heading", name="Jonas Keller")).to_be_visible()

    def test_a_buffer_says_how_small_it_would_have_to_be(self, ask, event_type):
        book(event_type, noon_of(some_day()), now=utc_now())
        event_type.buffer_time_before = 15
        event_type.slot_interval_minutes = 10
        event_type.save()
        page = ask(event_type, some_day(), "12:40")
        found = reason(page, "Too close to another booking")
        expect(found).to_contain_text("Lower the minutes free before to 10 minutes.")
        found.get_by_role("link", name="Edit event type").click()
        expect(page.get_by_label("Minutes free before")).to_be_visible()

    def test_a_time_off_the_grid_names_its_neighbours(self, ask, event_type):
        page = ask(event_type, some_day(), "12:10")
        found = reason(page, "Not one of the start times")
        expect(found).to_contain_text("Starts are 30 minutes apart")
        found.get_by_role("button", name=re.compile("12:30$")).click()
        expect(page.get_by_label("Start time")).to_have_value("12:30")
        expect(offered(page)).to_be_visible()

    def test_closed_hours_name_their_schedule(self, ask, event_type, host):
        Schedule.objects.filter(user=host).update(
            weekly=[{"weekday": day, "start": "09:00", "end": "17:00"} for day in range(1, 8)]
        )
        page = ask(event_type, some_day(), "20:00")
        found = reason(page, "Outside the weekly hours")
        expect(found).to_contain_text("“Working hours” is closed then.")
        found.get_by_role("link", name="Your hours").click()
        expect(page.get_by_role("heading", name="Availability", level=1)).to_be_visible()

    def test_notice_and_horizon_say_what_would_do(self, ask, event_type):
        event_type.min_scheduling_notice = 6 * 1440
        event_type.max_scheduling_horizon = 1440
        event_type.save()
        page = ask(event_type, some_day(), "12:00")
        expect(reason(page, "Too soon")).to_contain_text("It asks for 6 days of notice.")
        expect(reason(page, "Too soon")).to_contain_text("Lower the minimum notice to")
        expect(reason(page, "Too far ahead")).to_contain_text(
            re.compile("bookable [34] days ahead")
        )
        expect(answer(page)).to_contain_text("2 reasons against it.")

    def test_a_reached_limit_leads_to_where_it_is_set(self, ask, event_type, host):
        book(event_type, noon_of(some_day()), now=utc_now())
        host.booking_limits = [{"per": "day", "max": 1}]
        host.save()
        page = ask(event_type, some_day(), "15:00")
        found = reason(page, "A limit is reached")
        expect(found).to_contain_text("Raise the limit to 2.")
        found.get_by_role("link", name="Your limits").click()
        expect(page.get_by_role("heading", name="Limits")).to_be_visible()

    def test_what_is_past_needs_no_cure(self, ask, event_type):
        yesterday = (utc_now() - timedelta(days=2)).astimezone(LISBON).date()
        page = ask(event_type, yesterday, "12:00")
        found = reason(page, "It is in the past")
        expect(found).to_be_visible()
        expect(found.get_by_role("link")).to_have_count(0)

    def test_an_event_type_that_is_off_offers_nothing(self, ask, event_type):
        event_type.is_active = False
        event_type.save()
        page = ask(event_type, some_day(), "12:00")
        expect(refused(page)).to_be_visible()
        expect(answer(page).get_by_role("heading", name="Intro call is off")).to_be_visible()

    def test_tells_hosts_apart(self, ask, host):
        event_type = make_event_type(host, kind="round_robin")
        rita = make_host("rita", "Rita Sol", weekly=[])
        for position, user in enumerate((host, rita)):
            EventTypeHost.objects.create(event_type=event_type, user=user, position=position)
        book(
            make_event_type(host, name="Other", event_type_slug="other"),
            noon_of(some_day()),
            now=utc_now(),
        )
        page = ask(event_type, some_day(), "12:00")
        titles = answer(page).get_by_role("heading", level=3)
        expect(titles).to_have_text(["Rita Sol", "You"])
        expect(answer(page)).to_contain_text("One of the hosts who take turns being free is enough")
        expect(reason(page, "Booked")).to_contain_text("Jonas Keller, Other")
        hers = reason(page, "Outside the weekly hours")
        expect(hers.get_by_role("link")).to_have_count(0)


class TestClockChanges:
    def test_a_time_that_the_clock_skips_does_not_exist(self, ask, event_type):
        spring = last_sunday(utc_now().year + 1, 3)
        page = ask(event_type, spring, "01:30")
        expect(answer(page).get_by_role("heading")).to_have_text("This time does not exist")

    def test_a_time_that_comes_twice_is_asked_about_twice(self, ask, event_type):
        event_type.max_scheduling_horizon = 0
        event_type.save()
        autumn = last_sunday(utc_now().year + 1, 10)
        first = datetime(autumn.year, 10, autumn.day, 0, 30, tzinfo=UTC)
        book(event_type, first, now=utc_now())
        page = ask(event_type, autumn, "01:30")
        expect(reason(page, "Booked")).to_be_visible()
        page.get_by_role("button", name="Second time").click()
        expect(offered(page)).to_be_visible()


class TestEverybody:
    def test_axe_finds_nothing(self, ask, violations_in_every_look, event_type):
        book(event_type, noon_of(some_day()), now=utc_now())
        page = ask(event_type, some_day(), "12:10")
        expect(reason(page, "Booked").get_by_role("link")).to_be_visible()
        assert violations_in_every_look(page) == []
        page.get_by_label("Start time").fill("14:00")
        expect(offered(page)).to_be_visible()
        assert violations_in_every_look(page) == []

    def test_nothing_scrolls_sideways(self, ask, event_type):
        book(event_type, noon_of(some_day()), now=utc_now())
        page = ask(event_type, some_day(), "12:10", viewport={"width": 320, "height": 640})
        expect(reason(page, "Booked").get_by_role("link")).to_be_visible()
        expect(page.get_by_role("button", name="15:30")).to_be_visible()
        for direction in ("rtl", "ltr"):
            page.evaluate("(dir) => { document.documentElement.dir = dir }", direction)
            assert page.evaluate("document.documentElement.scrollWidth") == 320
