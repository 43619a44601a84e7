"""The form of an event type, what it says about hosts, and being a host of others."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from apps.events.models import EventType, EventTypeHost
from tests.cast import make_event_type, make_host

pytestmark = pytest.mark.django_db(transaction=True)

NARROW = {"viewport": {"width": 320, "height": 640}}


@pytest.fixture
def event_type(host):
    return make_event_type(host)


@pytest.fixture
def rita():
    return make_host("rita", "Rita Sol")


@pytest.fixture
def turns(host, rita):
    """A round robin of Ana, who always attends, and Rita, who takes turns."""
    event_type = make_event_type(
        host, name="Support call", event_type_slug="support", kind="round_robin"
    )
    _serve(event_type, host, required=True)
    _serve(event_type, rita, position=1)
    return event_type


def _serve(event_type, user, **fields):
    return EventTypeHost.objects.create(event_type=event_type, user=user, **fields)


@pytest.fixture
def open_form(open_dashboard):
    """Opens an event type's form; the new one when none is given."""

    def open_(event_type=None, **options):
        path = f"/event-types/{event_type.id}/edit" if event_type else "/event-types/new"
        page = open_dashboard(path, **options)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        return page

    return open_


def toast(page):
    return page.locator(".toast")


def save(page, said="is saved."):
    page.get_by_role("button", name="Save changes").click()
    expect(toast(page)).to_contain_text(said)
    expect(page.get_by_role("button", name="Save changes")).to_be_hidden()


def stored(event_type, *names):
    event_type.refresh_from_db()
    return tuple(getattr(event_type, name) for name in names)


def hosts_of(event_type):
    rows = EventTypeHost.objects.filter(event_type=event_type).select_related("user")
    return [(row.user.name, row.required, row.weight, row.priority) for row in rows]


class TestFields:
    def test_every_field_survives_saving(self, open_form, event_type):
        page = open_form(event_type)
        page.get_by_label("Name", exact=True).fill("Design review")
        page.get_by_role("textbox", name="Address optional").fill("review")
        page.get_by_label("Description").fill("Bring your sketches.")
        page.get_by_label("Duration in minutes").fill("45")
        page.get_by_text("90 min", exact=True).click()
        page.get_by_text("Violet").click()
        page.get_by_label("Minimum notice", exact=True).fill("2")
        page.get_by_label("Unit of minimum notice").select_option("days")
        page.get_by_role("radio", name="Between two dates").check()
        page.get_by_label("First day").fill("2027-01-04")
        page.get_by_label("Last day").fill("2027-06-30")
        page.get_by_label("And at most this far ahead", exact=False).first.fill("30")
        page.get_by_label("Minutes free before").fill("5")
        page.get_by_label("Minutes free after").fill("10")
        page.get_by_label("Start times").select_option("clock")
        page.get_by_label("Minutes between starts").fill("15")
        page.get_by_label("At most a day").fill("4")
        page.get_by_role("button", name="Add a limit").click()
        page.get_by_label("Of what").select_option("week")
        page.get_by_label("At most", exact=True).fill("12")
        page.get_by_label("Kind of place").select_option("in_person")
        page.get_by_label("Place", exact=True).fill("Rua do Século 4")
        page.get_by_label("Repeats").select_option("weekly")
        page.get_by_label("At most this many").fill("6")
        page.get_by_role("switch", name="Bookable").uncheck()
        page.get_by_role("switch", name="Private").check()
        page.get_by_label("Send invitees on to").fill("https://example.com/thanks")
        save(page)
        event_type.refresh_from_db()
        expected = {
            "name": "Design review",
            "event_type_slug": "review",
            "description": "Bring your sketches.",
            "duration": 45,
            "durations": [90],
            "color": "violet",
            "kind": "one_on_one",
            "min_scheduling_notice": 2 * 1440,
            "max_scheduling_horizon": 30 * 1440,
            "date_range_start": date(2027, 1, 4),
            "date_range_end": date(2027, 6, 30),
            "rolling_days": None,
            "buffer_time_before": 5,
            "buffer_time_after": 10,
            "slot_alignment": "clock",
            "slot_interval_minutes": 15,
            "max_bookings_per_day": 4,
            "limits": [{"per": "week", "max": 12}],
            "location_type": "in_person",
            "location_details": "Rua do Século 4",
            "recurrence_type": "weekly",
            "max_occurrences": 6,
            "is_active": False,
            "is_private": True,
            "redirect_url_after_booking": "https://example.com/thanks",
        }
        assert {name: getattr(event_type, name) for name in expected} == expected

    def test_any_length_can_be_offered_besides(self, open_form, event_type):
        page = open_form(event_type)
        other = page.get_by_label("Another length in minutes")
        other.fill("30")
        other.press("Enter")
        expect(page.get_by_text("This length is offered already.")).to_be_visible()
        other.fill("20")
        other.press("Enter")
        expect(page.get_by_role("checkbox", name="20 min", exact=True)).to_be_checked()
        expect(other).to_have_value("")
        save(page)
        assert stored(event_type, "durations") == ([20],)

    def test_the_servers_refusal_stands_at_its_field_and_keeps_the_input(
        self, open_form, host, event_type
    ):
        page = open_form(make_event_type(host, name="Long call", event_type_slug="long"))
        name = page.get_by_label("Name", exact=True)
        name.fill("Intro call")
        page.get_by_label("Description").fill("Not lost.")
        page.get_by_role("button", name="Save changes").click()
        expect(
            page.get_by_text('You have an event type named "Intro call" already.')
        ).to_be_visible()
        expect(name).to_be_focused()
        expect(page.get_by_label("Description")).to_have_value("Not lost.")
        name.fill("Longer call")
        save(page)

    def test_leaving_with_changes_asks_first(self, open_form, event_type):
        page = open_form(event_type)
        page.get_by_label("Description").fill("Half done")
        page.get_by_role("link", name="Event types").last.click()
        question = page.get_by_role("alertdialog", name="Leave without saving?")
        question.get_by_role("button", name="Keep editing").click()
        expect(page.get_by_label("Description")).to_have_value("Half done")
        page.get_by_role("link", name="Bookings").first.click()
        question.get_by_role("button", name="Leave").click()
        expect(page.get_by_role("heading", name="Bookings", level=1)).to_be_visible()


class TestBookingWindow:
    NAMES = ("max_scheduling_horizon", "rolling_days", "rolling_days_kind", "date_range_start")

    @pytest.mark.parametrize("kind", ["calendar", "business", "available"])
    def test_the_coming_days_count_three_ways(self, open_form, event_type, kind):
        page = open_form(event_type)
        page.get_by_role("radio", name="The coming days").check()
        page.get_by_label("How many").fill("14")
        page.get_by_label("Counted in").select_option(kind)
        save(page)
        assert stored(event_type, *self.NAMES) == (0, 14, kind, None)
        page.reload()
        expect(page.get_by_role("radio", name="The coming days")).to_be_checked()
        expect(page.get_by_label("Counted in")).to_have_value(kind)

    def test_one_choice_replaces_the_other(self, open_form, event_type):
        page = open_form(event_type)
        page.get_by_role("radio", name="The coming days").check()
        page.get_by_label("How many").fill("14")
        save(page)
        page.get_by_role("radio", name="Between two dates").check()
        page.get_by_label("First day").fill("2027-01-04")
        save(page)
        assert stored(event_type, *self.NAMES) == (0, None, "calendar", date(2027, 1, 4))
        page.get_by_role("radio", name="Some time ahead").check()
        expect(page.get_by_label("Bookable ahead", exact=True)).to_have_value("60")
        save(page)
        assert stored(event_type, *self.NAMES) == (86_400, None, "calendar", None)
        page.get_by_role("radio", name="No end").check()
        save(page)
        assert stored(event_type, *self.NAMES) == (0, None, "calendar", None)

    def test_what_is_missing_is_asked_for_where_it_belongs(self, open_form, event_type):
        page = open_form(event_type)
        page.get_by_role("radio", name="The coming days").check()
        page.get_by_role("button", name="Save changes").click()
        expect(page.get_by_text("Say how many days.")).to_be_visible()
        expect(page.get_by_label("How many")).to_be_focused()
        expect(page.get_by_role("link", name="Booking window Look")).to_be_visible()


class TestWhoMeets:
    def test_a_group_has_seats(self, open_form, event_type):
        page = open_form(event_type)
        page.get_by_role("radio", name="Group with seats").check()
        seats = page.get_by_label("Seats", exact=True)
        expect(seats).to_have_value("10")
        seats.fill("1")
        page.get_by_role("button", name="Save changes").click()
        expect(page.get_by_text("A group has at least two seats.")).to_be_visible()
        seats.fill("6")
        page.get_by_role("switch", name="Waitlist").check()
        save(page)
        names = ("kind", "max_attendees", "enable_waitlist")
        assert stored(event_type, *names) == ("group", 6, True)
        page.get_by_role("radio", name="One-on-one").check()
        save(page)
        assert stored(event_type, "kind", "max_attendees") == ("one_on_one", 1)
        assert hosts_of(event_type) in ([], [("Ana Duarte", True, 1, 0)])

    def test_hosts_are_added_by_their_code_and_take_turns(self, open_form, event_type, rita):
        page = open_form(event_type)
        page.get_by_role("radio", name="Hosts take turns").check()
        code = page.get_by_label("Add a host")
        code.fill("Rita")
        code.press("Enter")
        expect(page.get_by_text("This is no host code.")).to_be_visible()
        code.fill(f" {str(rita.pk).upper()} ")
        code.press("Enter")
        short = f"{str(rita.pk)[:8]}…"
        expect(page.get_by_role("listitem", name=short)).to_contain_text("once this is saved")
        expect(code).to_be_focused()
        expect(page.get_by_label("Part of Ana Duarte")).to_have_value("turns")
        page.get_by_label("Part of Ana Duarte").select_option("always")
        page.get_by_label(f"Weight of {short}").fill("3")
        page.get_by_label(f"Priority of {short}").fill("7")
        save(page)
        assert hosts_of(event_type) == [("Ana Duarte", True, 1, 0), ("Rita Sol", False, 3, 7)]
        expect(page.get_by_role("listitem", name="Rita Sol")).to_be_visible()
        expect(page.get_by_label("Weight of Rita Sol")).to_have_value("3")

    def test_hosts_change_places_and_leave(self, open_form, turns):
        page = open_form(turns)
        more = page.get_by_role("button", name="More for Rita Sol")
        more.click()
        page.get_by_role("menuitem", name="Move up").click()
        names = page.locator(".host b")
        expect(names).to_have_text(["Rita Sol", "Ana Duarte"])
        expect(more).to_be_focused()
        page.get_by_role("button", name="More for Ana Duarte").click()
        page.get_by_role("menuitem", name="Remove").click()
        expect(names).to_have_text(["Rita Sol"])
        expect(page.get_by_label("Add a host")).to_be_focused()
        save(page)
        assert hosts_of(turns) == [("Rita Sol", False, 1, 0)]

    def test_somebody_has_to_take_turns(self, open_form, turns):
        page = open_form(turns)
        page.get_by_label("Part of Rita Sol").select_option("always")
        page.get_by_role("button", name="Save changes").click()
        expect(page.get_by_text("Let at least one host take turns.")).to_be_visible()
        page.get_by_role("radio", name="All hosts together").check()
        save(page)
        assert stored(turns, "kind") == ("collective",)

    def test_a_code_of_nobody_is_refused_at_its_host(self, open_form, turns):
        page = open_form(turns)
        nobody = str(uuid4())
        page.get_by_label("Add a host").fill(nobody)
        page.get_by_role("button", name="Add host").click()
        page.get_by_role("button", name="Save changes").click()
        row = page.get_by_role("listitem", name=f"{nobody[:8]}…")
        expect(row.locator(".hint.error").first).to_contain_text("no account")
        expect(row).to_be_focused()
        expect(page.get_by_role("link", name="Who meets Look")).to_be_visible()
        assert len(hosts_of(turns)) == 2

    def test_a_new_event_type_starts_with_its_organizer(self, open_form, host):
        page = open_form()
        page.get_by_label("Name", exact=True).fill("Kick-off")
        page.get_by_role("radio", name="All hosts together").check()
        expect(page.get_by_role("listitem", name="Ana Duarte")).to_contain_text("You")
        page.get_by_role("button", name="Create event type").click()
        expect(toast(page)).to_contain_text("Kick-off is ready to be booked.")
        assert EventType.objects.get(organizer=host).kind == "collective"


class TestBeingAHost:
    def test_lists_what_one_serves_and_leaves_it(self, open_dashboard, host, rita, site):
        kick_off = make_event_type(rita, name="Kick-off", kind="collective")
        _serve(kick_off, rita)
        _serve(kick_off, host, position=1)
        page = open_dashboard("/event-types")
        row = page.get_by_role("list", name="You are a host of").get_by_role("listitem").last
        expect(row).to_contain_text("Rita Sol")
        expect(row.get_by_role("link", name="Kick-off")).to_have_attribute(
            "href", f"{site}/rita/intro"
        )
        row.get_by_role("button", name="More for Kick-off").click()
        page.get_by_role("menuitem", name="Leave").click()
        question = page.get_by_role("alertdialog", name="Leave Kick-off?")
        expect(question.get_by_role("button", name="Stay a host")).to_be_focused()
        question.get_by_role("button", name="Leave event type").click()
        expect(toast(page)).to_contain_text("You are no longer a host of Kick-off.")
        expect(page.get_by_role("heading", name="You are a host of")).to_be_hidden()
        assert not EventTypeHost.objects.filter(event_type=kick_off, user=host).exists()

    def test_the_settings_hand_out_the_host_code(self, open_dashboard, host):
        page = open_dashboard("/settings", permissions=["clipboard-read", "clipboard-write"])
        expect(page.get_by_label("Your host code")).to_have_value(str(host.pk))
        page.get_by_role("button", name="Copy code").click()
        expect(toast(page)).to_contain_text("Host code copied.")
        assert page.evaluate("navigator.clipboard.readText()") == str(host.pk)

    def test_the_settings_limit_all_event_types_together(self, open_dashboard, host):
        page = open_dashboard("/settings")
        page.get_by_role("button", name="Add a limit").click()
        page.get_by_label("Of what").select_option("total_minutes_per_week")
        page.get_by_label("At most", exact=True).fill("600")
        save(page, said="Your settings are saved.")
        host.refresh_from_db()
        assert host.booking_limits == [{"per": "total_minutes_per_week", "max": 600}]
        page.get_by_role("button", name="Remove limit 1").click()
        save(page, said="Your settings are saved.")
        host.refresh_from_db()
        assert host.booking_limits == []


class TestEverybody:
    def test_axe_finds_nothing(self, open_form, violations_in_every_look, turns):
        page = open_form(turns)
        page.get_by_label("Part of Rita Sol").select_option("always")
        page.get_by_role("radio", name="The coming days").check()
        page.get_by_role("button", name="Save changes").click()
        expect(page.get_by_text("Say how many days.")).to_be_visible()
        assert violations_in_every_look(page) == []

    def test_axe_finds_nothing_where_one_is_a_host(self, open_dashboard, violations, host, rita):
        kick_off = make_event_type(rita, name="Kick-off", kind="collective")
        _serve(kick_off, host)
        page = open_dashboard("/event-types")
        expect(page.get_by_role("heading", name="You are a host of")).to_be_visible()
        assert violations(page) == []

    def test_the_keyboard_alone_makes_a_team(self, open_form, event_type, rita):
        page = open_form(event_type)
        page.get_by_role("radio", name="One-on-one").focus()
        for _ in range(3):
            page.keyboard.press("ArrowDown")
        expect(page.get_by_role("radio", name="Hosts take turns")).to_be_checked()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="More for Ana Duarte")).to_be_focused()
        page.get_by_label("Add a host").focus()
        page.keyboard.type(str(rita.pk))
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".host")).to_have_count(2)

    def test_nothing_scrolls_sideways(self, open_form, turns):
        turns.rolling_days = 10
        turns.limits = [{"per": "total_minutes_per_month", "max": 600}]
        turns.save()
        page = open_form(turns, **NARROW)
        expect(page.locator(".host")).to_have_count(2)
        for direction in ("rtl", "ltr"):
            page.evaluate("(dir) => { document.documentElement.dir = dir }", direction)
            assert page.evaluate("document.documentElement.scrollWidth") == 320
        expect(page.get_by_role("button", name=re.compile("^Add"))).to_have_count(4)
