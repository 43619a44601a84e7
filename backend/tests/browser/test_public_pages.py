"""The public pages in a browser: flows, keys, directions, zones, plain HTML, accessibility."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from apps.common.time import utc_now
from apps.events.models import Booking
from apps.events.selectors.slots import list_slots
from tests.cast import ALWAYS, book, make_event_type, make_host

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def host(site):
    """Open around the clock, so that every day has times, whatever the date of the test."""
    return make_host(
        "nina", "Nina Open", weekly=ALWAYS, timezone="Europe/Lisbon", bio="Designer, Lisbon"
    )


@pytest.fixture
def event_type(host):
    return make_event_type(host, description="Half an hour to talk through your project.")


@pytest.fixture
def booking(event_type):
    now = utc_now()
    slots = list_slots(event_type, start=now, end=now + timedelta(days=3), now=now)
    return book(event_type, slots[60].start, now=now)


def choose_time(page, index=20):
    slot = page.locator("label.slot").nth(index)
    slot.click()
    expect(slot.get_by_role("radio")).to_be_checked()


def go_to_details(page):
    page.get_by_role("button", name="Next month").click()
    page.locator(".d.open").first.click()
    choose_time(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Your details")).to_be_focused()


def fill_in(page, name="Jonas Keller", email="jonas@keller.example"):
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail").fill(email)


class TestBooking:
    def test_books_a_time_and_says_all_that_is_needed_to_attend(self, open_page, event_type):
        page = open_page("/nina/intro")
        go_to_details(page)
        fill_in(page)
        page.get_by_role("button", name="Book").click()
        expect(page.get_by_role("heading", name="You are booked")).to_be_focused()
        expect(page.get_by_text("We sent the details to jonas@keller.example.")).to_be_visible()
        made = Booking.objects.get()
        assert made.invitee_timezone == "Europe/Berlin"
        for calendar in ("Google", "Outlook", "Office 365", "Yahoo"):
            expect(page.get_by_role("link", name=calendar, exact=True)).to_be_visible()
        with page.expect_download() as download:
            page.get_by_role("link", name="Calendar file (.ics)").click()
        assert download.value.path().read_bytes().startswith(b"BEGIN:VCALENDAR")
        page.get_by_role("link", name="Move or cancel").click()
        expect(page).to_have_url(re.compile(f"/booking/{made.access_token}/manage"))

    def test_names_the_zone_of_the_choice_and_the_hosts_time(self, open_page, event_type):
        page = open_page("/nina/intro")
        choose_time(page, 0)
        bar = page.locator(".go")
        expect(bar).to_contain_text("Your time, Berlin")
        expect(bar).to_contain_text("for Nina")

    def test_wrong_fields_are_named_and_the_first_gets_the_focus(self, open_page, event_type):
        page = open_page("/nina/intro")
        go_to_details(page)
        page.get_by_role("button", name="Book").click()
        expect(page.get_by_label("Your name")).to_be_focused()
        expect(page.get_by_text("Enter your name, so that Nina knows")).to_be_visible()
        expect(page.get_by_text("Enter an e-mail address, such as")).to_be_visible()
        assert not Booking.objects.exists()

    def test_a_time_taken_meanwhile_leads_to_the_nearest_ones(self, open_page, event_type):
        page = open_page("/nina/intro")
        # A visitor whose hold was lost on the way: with one, nobody is faster.
        page.route("**/slots/hold/**", lambda route: route.abort())
        go_to_details(page)
        fill_in(page)
        sent = []
        page.on(
            "request",
            lambda request: sent.append(request) if request.url.endswith("/create/") else None,
        )

        def somebody_is_faster(route):
            if len(Booking.objects.all()) == 0:
                start = route.request.post_data_json["start_time"]
                book(event_type, _instant(start), now=utc_now(), invitee_email="fast@example.com")
            route.continue_()

        page.route("**/bookings/create/", somebody_is_faster)
        page.get_by_role("button", name="Book").click()
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("That time was just taken")
        alert.get_by_role("button").first.click()
        expect(page.get_by_label("Your name")).to_have_value("Jonas Keller")
        page.get_by_role("button", name="Book").click()
        expect(page.get_by_role("heading", name="You are booked")).to_be_visible()
        assert Booking.objects.count() == 2
        keys = [request.headers["idempotency-key"] for request in sent]
        assert len(keys) == len(set(keys)) == 2

    def test_offline_keeps_the_answers_and_a_retry_books_once(self, open_page, event_type):
        page = open_page("/nina/intro")
        go_to_details(page)
        fill_in(page)
        keys = []

        def lose_the_first_answer(route):
            keys.append(route.request.headers["idempotency-key"])
            if len(keys) == 1:
                route.fetch()
                route.abort()
            else:
                route.continue_()

        page.route("**/bookings/create/", lose_the_first_answer)
        page.get_by_role("button", name="Book").click()
        expect(page.get_by_role("alert")).to_contain_text("You seem to be offline.")
        page.get_by_role("button", name="Book").click()
        expect(page.get_by_role("heading", name="You are booked")).to_be_visible()
        assert Booking.objects.count() == 1
        assert keys[0] == keys[1]

    def test_back_leads_from_the_details_to_the_times(self, open_page, event_type):
        page = open_page("/nina/intro")
        go_to_details(page)
        page.go_back()
        expect(page.get_by_role("radio", checked=True).first).to_be_attached()
        expect(page.get_by_role("button", name="Continue")).to_be_visible()

    def test_an_empty_month_shows_the_way_to_the_next_free_time(self, open_page, host):
        far = (utc_now() + timedelta(days=150)).date()
        make_event_type(
            host,
            name="Far away",
            event_type_slug="far",
            date_range_start=far,
            date_range_end=far + timedelta(days=2),
            max_scheduling_horizon=365 * 24 * 60,
        )
        page = open_page("/nina/far")
        expect(page.get_by_text("No free times this month. The next one is")).to_be_visible()
        page.get_by_role("button", name="Show it").click()
        expect(page.locator("label.slot").first).to_be_visible()


def _instant(text):
    from apps.common.time import parse_instant

    return parse_instant(text)


class TestZones:
    @pytest.mark.parametrize("reported", ["UTC", "Etc/GMT+3"])
    def test_asks_before_it_lists_when_the_browser_names_no_place(
        self, open_page, event_type, reported
    ):
        page = open_page("/nina/intro", timezone_id=reported)
        expect(page.get_by_role("heading", name="Where are you?")).to_be_visible()
        expect(page.locator("label.slot")).to_have_count(0)
        page.get_by_label("Time zone").select_option("Asia/Kolkata")
        page.get_by_role("button", name="Show times").click()
        expect(page.locator("label.slot").first).to_be_visible()
        choose_time(page, 0)
        expect(page.locator(".go")).to_contain_text("Kolkata")

    def test_a_renamed_zone_goes_by_its_current_name(self, open_page, event_type):
        page = open_page("/nina/intro", timezone_id="Asia/Calcutta")
        expect(page.get_by_label("Time zone").locator("option").first).to_have_text(
            re.compile("^Kolkata")
        )

    def test_changing_the_zone_keeps_the_chosen_instant(self, open_page, event_type):
        page = open_page("/nina/intro")
        choose_time(page, 3)
        chosen = page.get_by_role("radio", name=re.compile(","), checked=True)
        before = chosen.get_attribute("value")
        page.get_by_label("Time zone").select_option("Pacific/Auckland")
        expect(page.locator(".go")).to_contain_text("Auckland")
        assert page.locator("input[name=start]:checked").get_attribute("value") == before


def _focused(page):
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def _day_number(label):
    return int(re.search(r"\d+", label)[0])


class TestKeyboard:
    def test_the_whole_flow_without_a_mouse(self, open_page, event_type):
        page = open_page("/nina/intro?month=" + _next_month())
        page.locator('.d[tabindex="0"]').wait_for()
        page.keyboard.press("Tab")
        while "times" not in (_focused(page) or ""):
            page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        while page.evaluate("document.activeElement.name") != "start":
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        while page.evaluate("document.activeElement.textContent") != "Continue":
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Your details")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.type("Jonas Keller")
        page.keyboard.press("Tab")
        page.keyboard.type("jonas@keller.example")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="You are booked")).to_be_focused()
        assert Booking.objects.get().invitee_name == "Jonas Keller"

    @pytest.mark.parametrize(("language", "onward"), [("en-GB", 1), ("ar-EG", -1)])
    def test_arrows_follow_the_reading_direction(self, open_page, event_type, language, onward):
        page = open_page(f"/nina/intro?lang={language}&month={_next_month()}", locale=language)
        cell = page.locator(".d").nth(14)
        cell.focus()
        first = page.evaluate("document.activeElement.closest('td').cellIndex")
        keys = ["ArrowRight", "ArrowLeft"] if onward > 0 else ["ArrowLeft", "ArrowRight"]
        before = _focused(page)
        page.keyboard.press(keys[0])
        after = _focused(page)
        assert before != after
        page.keyboard.press(keys[1])
        assert _focused(page) == before
        page.keyboard.press("Home")
        assert page.evaluate("document.activeElement.closest('td').cellIndex") == 0
        page.keyboard.press("End")
        assert page.evaluate("document.activeElement.closest('td').cellIndex") == 6
        assert 0 <= first <= 6

    def test_quick_keys_are_not_lost(self, open_page, event_type):
        page = open_page(f"/nina/intro?month={_next_month()}")
        page.locator(".d").first.focus()
        for _ in range(10):
            page.keyboard.press("ArrowRight")
        assert _day_number(_focused(page)) == 11
        page.keyboard.press("PageDown")
        assert _day_number(_focused(page)) == 11
        page.keyboard.press("PageUp")
        assert _day_number(_focused(page)) == 11


def _next_month():
    return f"{(utc_now().replace(day=1) + timedelta(days=40)):%Y-%m}"


class TestWithoutJavaScript:
    def test_books_moves_and_cancels(self, open_page, event_type):
        page = open_page("/nina/intro", java_script_enabled=False)
        page.get_by_role("link", name="More times and other time zones").click()
        page.get_by_label("Time zone").select_option("Asia/Kolkata")
        page.get_by_role("button", name="Show times").click()
        page.locator("a.slot").nth(60).click()
        expect(page.get_by_text("Your time, Kolkata")).to_be_visible()
        page.get_by_role("button", name="Book").click()
        expect(page.get_by_text("Enter your name")).to_be_visible()
        fill_in(page, "Nora Plain", "nora@example.com")
        page.get_by_role("button", name="Book").click()
        expect(page.get_by_role("heading", name="You are booked")).to_be_visible()
        page.get_by_role("link", name="Move booking").click()
        page.locator("a.slot").nth(20).click()
        page.get_by_role("button", name="Move booking").click()
        expect(page.get_by_role("heading", name="Your booking has moved")).to_be_visible()
        page.get_by_role("link", name="Cancel booking").click()
        page.get_by_role("button", name="Cancel booking").click()
        expect(page.get_by_role("heading", name="Your booking is cancelled")).to_be_visible()
        live = Booking.objects.get(access_token__isnull=False)
        assert (live.status, live.invitee_timezone) == ("cancelled", "Asia/Kolkata")

    def test_the_form_leads_to_the_page_that_the_organizer_wants(
        self, open_page, event_type, site, settings
    ):
        settings.ALLOWED_HOSTS = ["*"]
        elsewhere = f"{site.replace('localhost', '127.0.0.1')}/nina"
        assert not elsewhere.startswith(site)
        event_type.redirect_url_after_booking = elsewhere
        event_type.save()
        page = open_page("/nina/intro/times", java_script_enabled=False)
        page.locator("a.slot").nth(60).click()
        fill_in(page, "Nora Plain", "nora@example.com")
        page.get_by_role("button", name="Book").click()
        expect(page).to_have_url(elsewhere)
        assert Booking.objects.count() == 1


class TestManaging:
    def test_moves_with_the_calendar(self, open_page, booking):
        page = open_page(f"/booking/{booking.access_token}/manage")
        page.get_by_role("link", name="Move booking").click()
        page.get_by_role("button", name="Next month").click()
        page.locator(".d.open").first.click()
        choose_time(page, 4)
        page.get_by_role("button", name="Move booking").click()
        expect(page.get_by_role("heading", name="Your booking has moved")).to_be_visible()
        old = booking.start_time
        booking.refresh_from_db()
        assert booking.start_time > old

    def test_a_calendar_left_open_leads_back_when_the_booking_is_cancelled(
        self, open_page, booking
    ):
        page = open_page(f"/booking/{booking.access_token}/manage/move")
        choose_time(page, 4)
        Booking.objects.filter(pk=booking.pk).update(status="cancelled")
        page.get_by_role("button", name="Move booking").click()
        expect(page.get_by_role("alert")).to_have_text(
            "This booking is over; it cannot be changed any more."
        )
        expect(page.get_by_role("grid")).to_have_count(0)
        page.get_by_role("link", name="Back to the booking").click()
        expect(page.get_by_text("Cancelled", exact=True)).to_be_visible()

    def test_cancels_after_asking(self, open_page, booking):
        page = open_page(f"/booking/{booking.access_token}/manage")
        page.get_by_role("link", name="Cancel booking").click()
        page.get_by_role("link", name="Keep booking").click()
        page.get_by_role("link", name="Cancel booking").click()
        page.get_by_label("Reason").fill("Ill, sorry.")
        page.get_by_role("button", name="Cancel booking").click()
        expect(page.get_by_role("heading", name="Your booking is cancelled")).to_be_visible()
        booking.refresh_from_db()
        assert booking.cancellation_reason == "Ill, sorry."

    def test_makes_a_new_link(self, open_page, booking):
        page = open_page(f"/booking/{booking.access_token}/manage")
        page.get_by_role("button", name="Make a new link").click()
        expect(page.get_by_role("heading", name="You have a new link")).to_be_visible()
        assert str(booking.access_token) not in page.url


class TestAccessibility:
    @pytest.mark.parametrize(
        "options",
        [{}, {"color_scheme": "dark"}, {"locale": "ar-EG"}, {"locale": "de-DE"},
         {"viewport": {"width": 390, "height": 844}}],
        ids=["light", "dark", "arabic", "german", "phone"],
    )  # fmt: skip
    def test_every_step_of_booking(self, open_page, event_type, violations, options):
        page = open_page("/nina/intro", **options)
        page.locator("label.slot").first.wait_for()
        assert violations(page) == []
        choose_time(page, 2)
        assert violations(page) == []
        page.locator(".go .cta").click()
        page.locator("#name").wait_for()
        page.locator(".go .cta").click()
        page.locator("[aria-invalid]").first.wait_for()
        assert violations(page) == []
        page.locator("#name").fill("Jonas")
        page.locator("#email").fill("jonas@keller.example")
        page.locator(".go .cta").click()
        page.locator("#done-title").wait_for()
        assert violations(page) == []

    def test_the_question_for_the_zone(self, open_page, event_type, violations):
        page = open_page("/nina/intro", timezone_id="UTC")
        page.get_by_role("heading", name="Where are you?").wait_for()
        assert violations(page) == []

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_the_plain_pages(self, open_page, event_type, booking, violations, scheme):
        manage = f"/booking/{booking.access_token}/manage"
        start = "2027-03-11T10:00:00Z"
        paths = ["/nina", "/nina/intro/times", f"/nina/intro/book?start={start}", manage,
                 f"{manage}/cancel", f"{manage}/move?start={start}", f"{manage}/move", "/ghost"]  # fmt: skip
        for path in paths:
            page = open_page(path, color_scheme=scheme)
            assert violations(page) == [], path
            page.context.close()

    def test_targets_are_large_and_nothing_scrolls_sideways(self, open_page, event_type, booking):
        for path in ("/nina/intro", "/nina", f"/booking/{booking.access_token}/manage"):
            page = open_page(path, viewport={"width": 320, "height": 700})
            page.locator(".by").wait_for()
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
            small = page.evaluate(
                """[...document.querySelectorAll('main a, main button, main label.slot, main select')]
                   .filter((e) => e.checkVisibility() && !e.matches('.sr'))
                   .map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
                   .filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html)"""
            )
            assert small == [], path


class TestStillness:
    @pytest.mark.parametrize("width", [390, 1280])
    def test_the_script_moves_nothing_that_the_server_placed(self, open_page, event_type, width):
        page = open_page("/nina/intro", viewport={"width": width, "height": 844})
        page.locator("label.slot").first.wait_for()
        page.get_by_role("button", name="Next month").click()
        page.locator(".d.open").first.click()
        shift = page.evaluate(
            """new Promise((resolve) => {
                 let sum = 0;
                 new PerformanceObserver((list) => {
                   for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
                 }).observe({ type: 'layout-shift', buffered: true });
                 requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
               })"""
        )
        assert shift <= 0.05

    @pytest.mark.parametrize("width", [900, 1280])
    def test_a_long_text_leaves_the_bar_as_it_is(self, open_page, host, width):
        def heights(slug):
            """Of bar and card at the times of a day to come, then at the details."""
            page = open_page(f"/nina/{slug}", viewport={"width": width, "height": 800})
            # Both pages stand at the same time of the same host.
            page.route("**/slots/hold/**", lambda route: route.abort())
            page.get_by_role("button", name="Next month").click()
            page.locator(".d.open").first.click()
            choose_time(page, 0)
            for field in ("label.slot", "#name"):
                page.locator(field).first.wait_for()
                yield tuple(
                    page.locator(part).bounding_box()["height"] for part in (".go", ".book")
                )
                page.locator(".go .cta").click()

        make_event_type(host)
        make_event_type(
            host,
            event_type_slug="long",
            name="Long title " * 18,
            description="Long description. " * 270,
        )
        for (bar, card), (long_bar, long_card) in zip(
            heights("intro"), heights("long"), strict=True
        ):
            assert bar == long_bar == 73
            assert card <= long_card < card + 150

    def test_months_of_four_to_six_weeks_are_equally_high(self, open_page, host):
        make_event_type(host, max_scheduling_horizon=3 * 365 * 24 * 60)
        # From February 2027 to August: four weeks, five, and six.
        page = open_page("/nina/intro?month=2027-02")
        heights = set()
        for _ in range(7):
            page.locator("table.month").wait_for()
            heights.add(page.locator(".book").bounding_box()["height"])
            page.get_by_role("button", name="Next month").click()
        assert len(heights) == 1
