"""Availability in a browser: hours, time off, public holidays and travel, and what invitees see."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from playwright.sync_api import expect

from apps.availability.models import HolidayCalendar, OutOfOffice, Schedule, Travel
from apps.common.time import get_zone, utc_now
from tests.cast import book, make_event_type
from tests.servers import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

TIME_OFF = re.compile("/availability/out-of-office/")
TRAVEL = re.compile("/availability/travel/")
HOLIDAYS = re.compile("/availability/holidays/$")


def is_stored(response):
    """Whether it answers a change of the holidays, not a read of them."""
    return bool(HOLIDAYS.search(response.url)) and response.request.method == "PATCH"


@pytest.fixture
def today(host):
    """Ana's date."""
    return utc_now().astimezone(get_zone(host.timezone)).date()


@pytest.fixture
def next_month(today):
    """Its first day. The days up to its 20th have no clock change in Lisbon and are bookable."""
    return (today.replace(day=1) + timedelta(days=32)).replace(day=1)


@pytest.fixture
def event_type(host):
    return make_event_type(host)


def toast(page):
    return page.locator(".toast")


def day_cell(page, day):
    return page.locator(f'[data-day="{day}"]')


OPEN = re.compile(r"\bopen\b")


def expect_month(page, *, offered, closed):
    """The public page of a month: which of its days can be booked."""
    page.goto(f"/ana/intro?month={offered[0]:%Y-%m}")
    for day in offered:
        expect(day_cell(page, day)).to_have_class(OPEN)
    for day in closed:
        expect(day_cell(page, day)).not_to_have_class(OPEN)


def slots(page):
    return page.locator("label.slot")


class TestHours:
    def test_edits_the_week_and_single_dates(self, open_dashboard, host):
        schedule = Schedule.objects.get(user=host)
        schedule.weekly = [{"weekday": 1, "start": "09:00", "end": "12:00"}]
        schedule.save()
        page = open_dashboard("/availability")
        page.get_by_role("button", name="Add hours on Monday").click()
        page.get_by_label("Monday, end 2").select_option("24:00")
        page.get_by_label("Monday, start 2").select_option("11:00")
        expect(page.get_by_text("These hours overlap.")).to_be_visible()
        page.get_by_label("Monday, start 2").select_option("13:00")
        page.get_by_role("button", name="Copy the hours of Monday").click()
        page.get_by_label("Thursday").last.check()
        page.get_by_role("button", name="Copy", exact=True).click()
        page.get_by_role("switch", name="Sunday").check()

        page.get_by_role("button", name="Add dates").click()
        page.get_by_role("button", name="Next month").click()
        page.locator(".cday:not([data-disabled]):not([data-outside-month])").nth(4).click()
        page.get_by_role("button", name="Close these dates").click()
        page.get_by_role("button", name="Add a rule").click()
        page.get_by_role("dialog").get_by_role("button", name="Add rule").click()
        page.get_by_role("button", name="Save changes").click()
        expect(toast(page)).to_contain_text("Working hours is saved.")

        schedule.refresh_from_db()
        halves = [("09:00", "12:00"), ("13:00", "24:00")]
        expected = [(1, *half) for half in halves] + [(4, *half) for half in halves]
        stored = [(each["weekday"], each["start"], each["end"]) for each in schedule.weekly]
        assert stored == [*expected, (7, "09:00", "17:00")]
        assert [override["windows"] for override in schedule.overrides] == [[]]
        assert [rule["rrule"] for rule in schedule.rules] == ["FREQ=MONTHLY;BYDAY=1MO"]

    def test_adds_a_schedule_makes_it_the_default_and_deletes_the_other(self, open_dashboard, host):
        page = open_dashboard("/availability")
        page.get_by_role("button", name="New schedule").click()
        page.get_by_role("dialog").get_by_label("Name").fill("Summer")
        page.get_by_role("button", name="Create schedule").click()
        page.get_by_role("button", name="More for Summer").click()
        page.get_by_role("menuitem", name="Make it the default").click()
        expect(toast(page)).to_contain_text("Summer is the default now.")
        page.get_by_role("link", name="Working hours").click()
        page.get_by_role("button", name="More for Working hours").click()
        page.get_by_role("menuitem", name="Delete").click()
        page.get_by_role("button", name="Delete schedule").click()
        expect(toast(page)).to_contain_text("Working hours is deleted.")
        assert [(s.name, s.is_default) for s in Schedule.objects.filter(user=host)] == [
            ("Summer", True)
        ]

    def test_a_zone_is_found_by_its_city(self, open_dashboard, host):
        page = open_dashboard("/availability")
        zone = page.get_by_role("combobox", name="Zone")
        zone.fill("new y")
        page.get_by_role("option", name="America/New York").click()
        page.get_by_role("button", name="Save changes").click()
        expect(toast(page)).to_contain_text("is saved")
        assert Schedule.objects.get(user=host).timezone == "America/New_York"


class TestTimeOff:
    def test_whole_days_off_cannot_be_booked(
        self, open_dashboard, open_page, host, event_type, next_month
    ):
        eighth = next_month.replace(day=8)
        tenth = next_month.replace(day=10)
        page = open_dashboard("/availability")
        page.get_by_role("link", name="Time off").click()
        expect(page.get_by_role("heading", name="No time off ahead")).to_be_visible()
        page.get_by_role("button", name="Add time off").click()
        dialog = page.get_by_role("dialog", name="Add time off")
        dialog.get_by_label("First day").fill(str(eighth))
        expect(dialog.get_by_label("Last day")).to_have_value(str(eighth))
        dialog.get_by_label("Last day").fill(str(tenth))
        expect(dialog.get_by_text("From 8 to 10")).to_be_visible()
        dialog.get_by_label("Note").fill("Rest")
        dialog.get_by_role("button", name="Add time off").click()
        expect(toast(page)).to_contain_text("Time off is added.")
        expect(dialog).to_be_hidden()
        row = page.get_by_role("listitem").filter(has_text="Rest")
        expect(row).to_contain_text("3 days")
        stored = OutOfOffice.objects.get(user=host)
        assert (stored.start_date, stored.end_date, stored.note) == (eighth, tenth, "Rest")

        invitee = open_page("/ana/intro", timezone_id="Europe/Lisbon")
        off = [next_month.replace(day=day) for day in (8, 9, 10)]
        around = [next_month.replace(day=day) for day in (7, 11)]
        expect_month(invitee, offered=around, closed=off)

    def test_hours_off_are_on_the_users_clock(
        self, open_dashboard, open_page, host, event_type, next_month
    ):
        host.timezone = "Asia/Tokyo"
        host.save()
        Schedule.objects.filter(user=host).update(timezone="Asia/Tokyo")
        ninth = next_month.replace(day=9)
        page = open_dashboard("/availability/time-off", timezone_id="America/New_York")
        page.get_by_role("button", name="Add time off").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="Certain hours").click()
        expect(dialog.get_by_text("Tokyo time, your own zone.")).to_be_visible()
        dialog.get_by_label("Starts").fill(str(ninth))
        dialog.get_by_label("Start time").select_option("13:00")
        dialog.get_by_label("End time").select_option("15:00")
        expect(dialog.get_by_text("2 h in which nothing can be booked.")).to_be_visible()
        dialog.get_by_role("button", name="Add time off").click()
        expect(page.get_by_role("listitem").filter(has_text="13:00 – 15:00")).to_be_visible()
        stored = OutOfOffice.objects.get(user=host)
        assert stored.starts_at.isoformat() == f"{ninth}T04:00:00+00:00"
        assert stored.ends_at.isoformat() == f"{ninth}T06:00:00+00:00"

        invitee = open_page(f"/ana/intro?date={ninth}", timezone_id="Asia/Tokyo")
        expect(slots(invitee).filter(has_text="12:30")).to_be_visible()
        expect(slots(invitee).filter(has_text="15:00")).to_be_visible()
        for gone in ("13:00", "13:30", "14:00", "14:30"):
            expect(slots(invitee).filter(has_text=gone)).to_have_count(0)

    def test_bookings_in_that_time_are_told_and_stay(self, open_dashboard, event_type, next_month):
        lisbon = get_zone("Europe/Lisbon")
        noon = datetime.combine(next_month.replace(day=9), time(12), tzinfo=lisbon)
        kept = book(event_type, noon.astimezone(UTC), now=utc_now())
        page = open_dashboard("/availability/time-off")
        page.get_by_role("button", name="Add time off").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("First day").fill(str(next_month.replace(day=8)))
        told = dialog.get_by_text("A booking in this time stays.")
        expect(told).to_be_hidden()
        dialog.get_by_label("Last day").fill(str(next_month.replace(day=9)))
        expect(told).to_be_visible()
        dialog.get_by_role("button", name="Add time off").click()
        expect(toast(page)).to_contain_text("Time off is added.")
        kept.refresh_from_db()
        assert kept.status == "confirmed"

    def test_changes_days_into_hours_and_keeps_the_focus(self, open_dashboard, host, next_month):
        ninth = next_month.replace(day=9)
        OutOfOffice.objects.create(user=host, start_date=ninth, end_date=ninth, note="Dentist")
        page = open_dashboard("/availability/time-off")
        edit = page.get_by_role("button", name=re.compile("^Edit "))
        edit.focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="Change time off")
        expect(dialog.get_by_label("First day")).to_have_value(str(ninth))
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(edit).to_be_focused()
        page.keyboard.press("Enter")
        dialog.get_by_role("button", name="Certain hours").click()
        expect(dialog.get_by_label("Starts")).to_have_value(str(ninth))
        dialog.get_by_label("End time").select_option("24:00")
        dialog.get_by_role("button", name="Save time off").click()
        expect(toast(page)).to_contain_text("Time off is changed.")
        expect(page.get_by_role("listitem").filter(has_text="Dentist")).to_contain_text("15 h")
        expect(edit).to_be_focused()
        stored = OutOfOffice.objects.get(user=host)
        assert stored.start_date is None
        assert stored.ends_at - stored.starts_at == timedelta(hours=15)

    def test_deletes_and_takes_it_back(self, open_dashboard, host, next_month):
        ninth = next_month.replace(day=9)
        OutOfOffice.objects.create(user=host, start_date=ninth, end_date=ninth, note="Dentist")
        page = open_dashboard("/availability/time-off")
        page.get_by_role("button", name=re.compile("^Delete ")).click()
        expect(toast(page)).to_contain_text("no longer time off.")
        expect(page.get_by_role("heading", name="No time off ahead")).to_be_visible()
        expect(page.get_by_role("heading", name="Time off", exact=True)).to_be_focused()
        assert not OutOfOffice.objects.exists()
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_role("listitem").filter(has_text="Dentist")).to_be_visible()
        stored = OutOfOffice.objects.get(user=host)
        assert (stored.start_date, stored.note) == (ninth, "Dentist")

    def test_what_is_over_is_folded_away(self, open_dashboard, host, today):
        def take_off(first, last, note):
            OutOfOffice.objects.create(
                user=host,
                start_date=today + timedelta(days=first),
                end_date=today + timedelta(days=last),
                note=note,
            )

        take_off(-9, -8, "Long over")
        take_off(-5, -3, "Over")
        take_off(-2, 2, "Going on")
        page = open_dashboard("/availability/time-off")
        rows = page.locator(".av-entry")
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text("Going on")
        expect(rows.get_by_text("Now")).to_be_visible()
        page.get_by_text("Past time off").click()
        expect(rows).to_have_count(3)
        expect(rows.nth(1)).to_contain_text("Over")
        expect(rows.nth(2)).to_contain_text("Long over")

    def test_a_long_note_is_shown_in_full(self, open_dashboard, host, next_month):
        note = ("Unterwegs" * 30)[:200]
        OutOfOffice.objects.create(user=host, start_date=next_month, end_date=next_month, note=note)
        page = open_dashboard("/availability/time-off", viewport={"width": 320, "height": 640})
        shown = page.get_by_text(note)
        expect(shown).to_be_visible()
        box = shown.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        assert page.evaluate("document.documentElement.scrollWidth") == 320

    def test_faults_stand_at_their_fields_and_nothing_typed_is_lost(
        self, open_dashboard, host, next_month
    ):
        page = open_dashboard("/availability/time-off")
        page.get_by_role("button", name="Add time off").click()
        dialog = page.get_by_role("dialog")
        save = dialog.get_by_role("button", name="Add time off")
        save.click()
        first, last = dialog.get_by_label("First day"), dialog.get_by_label("Last day")
        expect(first).to_be_focused()
        expect(first).to_have_accessible_description("Choose a day.")
        first.fill(str(next_month))
        last.fill(str(next_month - timedelta(days=1)))
        expect(last).to_have_accessible_description("The last day comes before the first.")

        # What only the server knows: how long a time off may be.
        last.fill(str(next_month + timedelta(days=900)))
        dialog.get_by_label("Note").fill("A long journey")
        save.click()
        expect(last).to_be_focused()
        expect(last).to_have_accessible_description(re.compile("within two years"))
        last.fill(str(next_month))

        page.route(TIME_OFF, lambda route: route.abort())
        save.click()
        expect(dialog.get_by_role("alert")).to_contain_text("You seem to be offline.")
        expect(first).to_have_value(str(next_month))
        expect(dialog.get_by_label("Note")).to_have_value("A long journey")
        page.unroute(TIME_OFF)
        save.click()
        expect(toast(page)).to_contain_text("Time off is added.")
        assert OutOfOffice.objects.get(user=host).note == "A long journey"

    def test_a_list_that_does_not_load_says_so_and_tries_again(self, open_dashboard, host):
        page = open_dashboard("/availability")
        page.route(TIME_OFF, lambda route: route.fulfill(status=404))
        page.get_by_role("link", name="Time off").click()
        again = page.get_by_role("button", name="Try again")
        expect(again).to_be_visible()
        page.unroute(TIME_OFF)
        again.click()
        expect(page.get_by_role("heading", name="No time off ahead")).to_be_visible()


class TestTravel:
    def test_hours_are_read_where_the_user_is(
        self, open_dashboard, open_page, host, event_type, next_month
    ):
        nine_to_five = [{"weekday": n, "start": "09:00", "end": "17:00"} for n in range(1, 8)]
        Schedule.objects.filter(user=host).update(weekly=nine_to_five)
        eighth, tenth = next_month.replace(day=8), next_month.replace(day=10)
        page = open_dashboard("/availability/travel")
        expect(page.get_by_role("heading", name="No travel ahead")).to_be_visible()
        page.get_by_role("button", name="Add travel").click()
        dialog = page.get_by_role("dialog", name="Add travel")
        dialog.get_by_label("First day").fill(str(eighth))
        dialog.get_by_label("Last day").fill(str(tenth))
        dialog.get_by_role("combobox", name="Zone").fill("tokyo")
        page.get_by_role("option", name="Asia/Tokyo").click()
        sentence = re.compile("From 8 to 10 .* your hours are read in Tokyo time.")
        expect(dialog.get_by_text(sentence)).to_be_visible()
        dialog.get_by_role("button", name="Add travel").click()
        expect(toast(page)).to_contain_text("Travel is added.")
        expect(page.locator(".av-entry")).to_contain_text("Tokyo time")
        stored = Travel.objects.get(user=host)
        assert (stored.start_date, stored.end_date) == (eighth, tenth)
        assert stored.timezone == "Asia/Tokyo"

        invitee = open_page(f"/ana/intro?date={eighth + timedelta(1)}", timezone_id="Asia/Tokyo")
        expect(slots(invitee).first).to_contain_text("09:00")
        expect(slots(invitee).last).to_contain_text("16:30")

    def test_two_travels_at_once_are_refused_at_the_field(self, open_dashboard, host, next_month):
        Travel.objects.create(
            user=host,
            start_date=next_month.replace(day=8),
            end_date=next_month.replace(day=10),
            timezone="Asia/Tokyo",
        )
        page = open_dashboard("/availability/travel")
        page.get_by_role("button", name="Add travel").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="Add travel").click()
        expect(dialog.get_by_label("First day")).to_have_accessible_description("Choose a day.")
        dialog.get_by_label("First day").fill(str(next_month.replace(day=9)))
        dialog.get_by_label("Note").fill("Berlin")
        dialog.get_by_role("button", name="Add travel").click()
        zone = dialog.get_by_role("combobox", name="Zone")
        expect(zone).to_be_focused()
        expect(dialog.get_by_text("Choose a zone.")).to_be_visible()
        zone.fill("berlin")
        page.get_by_role("option", name="Europe/Berlin").click()
        dialog.get_by_role("button", name="Add travel").click()
        first = dialog.get_by_label("First day")
        expect(first).to_have_accessible_description(re.compile("You are in Asia/Tokyo"))
        expect(first).to_be_focused()
        expect(zone).to_have_value("Europe/Berlin")
        expect(dialog.get_by_label("Note")).to_have_value("Berlin")
        first.fill(str(next_month.replace(day=11)))
        dialog.get_by_role("button", name="Add travel").click()
        expect(page.locator(".av-entry")).to_have_count(2)

    def test_changes_deletes_and_takes_back(self, open_dashboard, host, today, next_month):
        ninth = next_month.replace(day=9)
        made = Travel.objects.create(
            user=host, start_date=ninth, end_date=ninth, timezone="Asia/Tokyo", note="Fair"
        )
        over = today - timedelta(days=20)
        Travel.objects.create(user=host, start_date=over, end_date=over, timezone="Asia/Seoul")
        page = open_dashboard("/availability/travel")
        expect(page.get_by_text("Seoul time")).to_be_hidden()
        page.get_by_role("button", name=re.compile("^Edit ")).first.click()
        dialog = page.get_by_role("dialog", name="Change travel")
        dialog.get_by_label("Last day").fill(str(next_month.replace(day=12)))
        dialog.get_by_role("button", name="Save travel").click()
        expect(toast(page)).to_contain_text("Travel is changed.")
        made.refresh_from_db()
        assert made.end_date == next_month.replace(day=12)

        page.get_by_role("button", name=re.compile("^Delete ")).first.click()
        expect(toast(page)).to_contain_text("back to your usual zone.")
        expect(page.get_by_role("heading", name="No travel ahead")).to_be_visible()
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_text("Tokyo time")).to_be_visible()
        assert Travel.objects.get(user=host, timezone="Asia/Tokyo").note == "Fair"
        page.get_by_text("Past travel").click()
        expect(page.get_by_text("Seoul time")).to_be_visible()


class TestHolidays:
    @pytest.fixture
    def new_year(self, today):
        """The next one: a holiday in most countries, and in this year's or the next one's list."""
        return date(today.year + 1, 1, 1)

    @pytest.fixture
    def bookable_for_long(self, host):
        return make_event_type(host, max_scheduling_horizon=400 * 1440)

    def test_holidays_of_the_country_are_closed_but_for_those_worked_on(
        self, open_dashboard, open_page, host, bookable_for_long, new_year
    ):
        second = new_year + timedelta(days=1)
        page = open_dashboard("/availability/holidays")
        expect(page.get_by_role("heading", name="No country chosen")).to_be_visible()
        country = page.get_by_role("combobox", name="Country")
        country.fill("portu")
        page.get_by_role("option", name="Portugal").click()
        switch = page.locator(f"#holiday-{new_year}")
        expect(switch).to_be_checked()
        expect(switch).to_have_accessible_name("Closed: New Year's Day, 1 January")
        assert HolidayCalendar.objects.get(user=host).country == "PT"
        invitee = open_page("/ana/intro", timezone_id="Europe/Lisbon")
        expect_month(invitee, offered=[second], closed=[new_year])

        with page.expect_response(is_stored):
            switch.uncheck()
        row = page.get_by_role("listitem").filter(has=switch)
        expect(row.get_by_text("You work")).to_be_visible()
        expect_month(invitee, offered=[new_year, second], closed=[])
        page.reload()
        expect(switch).not_to_be_checked()

    def test_quick_switches_are_all_stored(self, open_dashboard, host, new_year):
        # The second of February was one when it was stored, and is none any more.
        no_holiday = f"{new_year.year}-02-02"
        beyond = f"{new_year.year + 4}-12-25"
        HolidayCalendar.objects.create(user=host, country="PT", open_dates=[no_holiday, beyond])
        page = open_dashboard("/availability/holidays")
        days = [new_year, date(new_year.year, 4, 25), date(new_year.year, 12, 25)]
        for day in days:
            page.locator(f"#holiday-{day}").uncheck()
        page.locator(f"#holiday-{days[1]}").check()
        wanted = [str(days[0]), str(days[2]), beyond]
        wait_until(
            lambda: HolidayCalendar.objects.get(user=host).open_dates == wanted,
            what=f"{wanted} are stored",
        )

    def test_a_refused_switch_goes_back_and_says_why(self, open_dashboard, host, new_year):
        HolidayCalendar.objects.create(user=host, country="PT")
        page = open_dashboard("/availability/holidays")
        switch = page.locator(f"#holiday-{new_year}")
        expect(switch).to_be_checked()
        page.route(HOLIDAYS, lambda route: route.abort())
        switch.click()
        expect(toast(page)).to_contain_text("You seem to be offline.")
        expect(switch).to_be_checked()

    def test_a_region_adds_its_days(self, open_dashboard, host, new_year):
        HolidayCalendar.objects.create(user=host, country="DE", open_dates=[str(new_year)])
        page = open_dashboard("/availability/holidays")
        epiphany = page.locator(f"#holiday-{new_year.year}-01-06")
        expect(page.locator(f"#holiday-{new_year}")).not_to_be_checked()
        expect(epiphany).to_have_count(0)
        page.get_by_label("Region").select_option("BY")
        expect(epiphany).to_be_checked()
        expect(page.locator(f"#holiday-{new_year}")).not_to_be_checked()
        stored = HolidayCalendar.objects.get(user=host)
        assert (stored.country, stored.region) == ("DE", "BY")

    def test_a_choice_that_failed_stays_and_can_be_sent_again(self, open_dashboard, host):
        page = open_dashboard("/availability/holidays")
        country = page.get_by_role("combobox", name="Country")
        expect(country).to_be_visible()
        page.route(HOLIDAYS, lambda route: route.abort())
        country.fill("portu")
        page.get_by_role("option", name="Portugal").click()
        expect(page.get_by_role("alert")).to_contain_text("You seem to be offline.")
        expect(country).to_have_value("Portugal")
        page.unroute(HOLIDAYS)
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("button", name="Remove public holidays")).to_be_visible()
        assert HolidayCalendar.objects.get(user=host).country == "PT"

    def test_removes_them_and_takes_it_back(self, open_dashboard, host, new_year):
        HolidayCalendar.objects.create(user=host, country="PT", open_dates=[str(new_year)])
        page = open_dashboard("/availability/holidays")
        page.get_by_role("button", name="Remove public holidays").click()
        expect(toast(page)).to_contain_text("Your public holidays are removed.")
        expect(page.get_by_role("heading", name="No country chosen")).to_be_visible()
        expect(page.get_by_role("heading", name="Public holidays")).to_be_focused()
        expect(page.get_by_role("combobox", name="Country")).to_have_value("")
        assert not HolidayCalendar.objects.exists()
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(f"#holiday-{new_year}")).not_to_be_checked()
        assert HolidayCalendar.objects.get(user=host).open_dates == [str(new_year)]


NARROW = {"viewport": {"width": 320, "height": 640}}


class TestEverybody:
    @pytest.fixture
    def much(self, host, today, next_month):
        """Some of everything, in every state."""
        note = "We meet at the lake, where there is no reception, and come back late. " * 3
        for first, last in ((-30, -28), (-1, 1), (40, 44)):
            days = (today + timedelta(days=first), today + timedelta(days=last))
            OutOfOffice.objects.create(
                user=host, start_date=days[0], end_date=days[1], note=note[:200]
            )
            Travel.objects.create(
                user=host, start_date=days[0], end_date=days[1], timezone="Asia/Tokyo"
            )
        now = utc_now()
        OutOfOffice.objects.create(
            user=host, starts_at=now + timedelta(days=3), ends_at=now + timedelta(days=4)
        )
        HolidayCalendar.objects.create(
            user=host, country="DE", region="BY", open_dates=[f"{today.year + 1}-01-01"]
        )

    def _show(self, open_dashboard, path, **options):
        """A part of availability with its folds open."""
        page = open_dashboard(path, **options)
        expect(page.locator(".list .row").first).to_be_visible()
        for fold in page.locator("summary").all():
            fold.click()
        page.wait_for_load_state("networkidle")
        return page

    @pytest.mark.parametrize("part", ["time-off", "holidays", "travel"])
    def test_axe_finds_nothing(self, open_dashboard, violations_in_every_look, much, part):
        page = self._show(open_dashboard, f"/availability/{part}")
        assert violations_in_every_look(page) == []

    @pytest.mark.parametrize("part", ["time-off", "holidays", "travel"])
    def test_axe_finds_nothing_where_there_is_nothing(self, open_dashboard, violations, part):
        page = open_dashboard(f"/availability/{part}")
        expect(page.locator(".empty")).to_be_visible()
        assert violations(page) == []

    def test_axe_finds_nothing_in_dialogs(self, open_dashboard, violations_in_every_look, much):
        page = self._show(open_dashboard, "/availability/time-off")
        page.get_by_role("button", name="Add time off").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="Add time off").click()
        expect(dialog.get_by_text("Choose a day.")).to_be_visible()
        assert violations_in_every_look(page) == []
        dialog.get_by_role("button", name="Certain hours").click()
        expect(dialog.get_by_label("Starts")).to_be_visible()
        assert violations_in_every_look(page) == []
        page = self._show(open_dashboard, "/availability/travel")
        page.get_by_role("button", name="Add travel").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert violations_in_every_look(page) == []

    def test_nothing_scrolls_sideways(self, open_dashboard, much):
        def widths():
            for direction in ("rtl", "ltr"):
                page.evaluate("(dir) => { document.documentElement.dir = dir }", direction)
                yield page.evaluate("document.documentElement.scrollWidth")

        for part in ("time-off", "holidays", "travel"):
            page = self._show(open_dashboard, f"/availability/{part}", **NARROW)
            assert [*widths()] == [320, 320], part
        page.get_by_role("button", name="Add travel").click()
        dialog = page.locator(".dialog")
        expect(dialog).to_be_visible()
        assert dialog.evaluate("(box) => box.scrollWidth <= box.clientWidth")
        assert [*widths()] == [320, 320]

    def test_time_off_is_taken_by_keyboard_alone(self, open_dashboard, host, next_month):
        page = open_dashboard("/availability/time-off", reduced_motion="reduce")
        add = page.get_by_role("button", name="Add time off")
        add.focus()
        page.keyboard.press("Enter")
        first = page.get_by_label("First day")
        page.get_by_role("button", name="Certain hours").focus()
        page.keyboard.press("Tab")
        expect(first).to_be_focused()
        first.fill(str(next_month))
        page.keyboard.press("Enter")
        expect(toast(page)).to_contain_text("Time off is added.")
        expect(add).to_be_focused()
        assert OutOfOffice.objects.get(user=host).start_date == next_month
