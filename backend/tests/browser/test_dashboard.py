"""The organizer's dashboard in a browser: sign-in, lists of event types and bookings, settings."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from apps.common.models import OutboxRow
from apps.common.time import parse_instant, utc_now
from apps.events.models import Booking, EventType, EventTypeHost
from apps.events.selectors.slots import list_slots
from tests.cast import ALWAYS, book, make_event_type, make_host

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "correct horse battery"


@pytest.fixture
def event_type(host):
    return make_event_type(host)


@pytest.fixture
def booking(event_type):
    """Jonas in Berlin, the day after tomorrow."""
    now = utc_now()
    slots = list_slots(event_type, start=now, end=now + timedelta(days=4), now=now)
    return book(event_type, slots[100].start, now=now)


def toast(page):
    return page.locator(".toast")


def _sign_in(page):
    page.get_by_label("E-mail").fill("ana@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


class TestSignIn:
    def test_a_stranger_signs_up_and_offers_a_first_event_type(self, open_page):
        page = open_page("/event-types", timezone_id="Europe/Lisbon")
        page.get_by_role("link", name="Create an account").click()
        page.get_by_label("Your name").fill("Rita Sol")
        page.get_by_label("E-mail").fill("rita@example.com")
        page.get_by_label("Password").fill("short")
        expect(page.get_by_label("Your address")).to_have_value("rita-sol")
        page.get_by_role("button", name="Create account").click()
        expect(page.get_by_text("Use at least 10 characters.")).to_be_visible()
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Create account").click()
        expect(page.get_by_role("heading", name="No event types yet")).to_be_visible()
        rita = get_user_model().objects.get(email="rita@example.com")
        assert (rita.name, rita.slug, rita.timezone) == ("Rita Sol", "rita-sol", "Europe/Lisbon")

        page.get_by_role("link", name="Create your first event type").click()
        page.get_by_label("Name", exact=True).fill("Intro call")
        page.get_by_role("button", name="Create event type").click()
        expect(toast(page)).to_contain_text("Intro call is ready to be booked.")
        expect(page.get_by_role("link", name="Intro call")).to_be_visible()
        created = EventType.objects.get(organizer=rita)
        assert (created.event_type_slug, created.duration) == ("intro-call", 30)

    def test_a_wrong_password_is_told_and_the_right_one_leads_to_the_wanted_page(
        self, open_page, host
    ):
        page = open_page("/bookings?tab=past")
        page.get_by_label("E-mail").fill("ana@example.com")
        page.get_by_label("Password").fill("not this one")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_text("The e-mail address or the password is wrong.")).to_be_visible()
        expect(page.get_by_label("E-mail")).to_have_value("ana@example.com")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page).to_have_url(re.compile(r"/bookings\?tab=past$"))
        expect(page.get_by_role("heading", name="Bookings", level=1)).to_be_visible()

    def test_the_admin_gets_its_visitor_back_after_the_sign_in(self, open_page, host):
        host.is_staff = host.is_superuser = True
        host.save()
        page = open_page("/admin/")
        _sign_in(page)
        expect(page).to_have_url(re.compile(r"/admin/$"))
        expect(page.get_by_role("heading", name="Site administration")).to_be_visible()

    @pytest.mark.parametrize(
        "away", ["//evil.example", "https://evil.example/", "/%09/evil.example"]
    )
    def test_the_sign_in_leads_to_no_other_site(self, open_page, host, site, away):
        page = open_page(f"/login?next={away}")
        _sign_in(page)
        expect(page).to_have_url(f"{site}/event-types")

    def test_signing_out_ends_the_session(self, open_dashboard):
        page = open_dashboard("/event-types")
        page.get_by_role("button", name="Ana Duarte").click()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        page.goto("/bookings")
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()

    def test_a_session_that_ended_elsewhere_leads_to_the_sign_in(self, open_dashboard):
        page = open_dashboard("/event-types")
        expect(page.get_by_role("heading", name="No event types yet")).to_be_visible()
        Session.objects.all().delete()
        page.get_by_role("link", name="Bookings").first.click()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()

    def test_a_reset_link_gives_a_new_password_once(self, open_page, host):
        key = f"{user_pk_to_url_str(host)}-{default_token_generator.make_token(host)}"
        page = open_page(f"/password-reset/{key}")
        page.get_by_label("New password").fill("another good password")
        page.get_by_role("button", name="Change password").click()
        expect(page.get_by_role("heading", name="Your password is changed")).to_be_visible()
        host.refresh_from_db()
        assert host.check_password("another good password")
        page.goto(f"/password-reset/{key}")
        expect(page.get_by_role("heading", name="This link has expired")).to_be_visible()

    def test_asking_for_a_reset_tells_nobody_who_has_an_account(self, open_page, host):
        page = open_page("/password-reset")
        page.get_by_label("E-mail").fill("nobody@example.com")
        page.get_by_role("button", name="Send link").click()
        expect(page.get_by_text("If nobody@example.com has an account")).to_be_visible()


class TestEventTypes:
    def test_the_switch_turns_it_off_and_undo_turns_it_on(self, open_dashboard, event_type):
        page = open_dashboard("/event-types")
        switch = page.get_by_role("switch", name="Bookable: Intro call")
        switch.click()
        expect(toast(page)).to_contain_text("Intro call is off. Its bookings stay.")
        expect(switch).not_to_be_checked()
        event_type.refresh_from_db()
        assert not event_type.is_active
        page.get_by_role("button", name="Undo").click()
        expect(switch).to_be_checked()
        expect(toast(page)).to_contain_text("Intro call is on.")
        event_type.refresh_from_db()
        assert event_type.is_active

    def test_copies_the_link(self, open_dashboard, event_type, site):
        page = open_dashboard("/event-types", permissions=["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Copy link of Intro call").click()
        expect(toast(page)).to_contain_text("Link copied.")
        assert page.evaluate("navigator.clipboard.readText()") == f"{site}/ana/intro"

    def test_duplicates_and_deletes(self, open_dashboard, event_type):
        page = open_dashboard("/event-types")
        page.get_by_role("button", name="More for Intro call").click()
        page.get_by_role("menuitem", name="Duplicate").click()
        expect(page).to_have_url(re.compile(r"/event-types/[0-9a-f-]{36}/edit$"))
        copy = EventType.objects.exclude(pk=event_type.pk).get()
        expect(page.get_by_label("Name", exact=True)).to_have_value(copy.name)
        page.get_by_role("link", name="Event types").last.click()
        page.get_by_role("button", name="More for Intro call", exact=True).click()
        page.get_by_role("menuitem", name="Delete").click()
        question = page.get_by_role("alertdialog", name="Delete Intro call?")
        expect(question.get_by_role("button", name="Keep event type")).to_be_focused()
        question.get_by_role("button", name="Delete event type").click()
        expect(toast(page)).to_contain_text("Intro call is deleted.")
        expect(page.get_by_role("link", name="Intro call", exact=True)).to_be_hidden()
        event_type.refresh_from_db()
        assert event_type.is_archived

    def test_search_and_tabs_narrow_the_list(self, open_dashboard, host, event_type):
        make_event_type(host, name="Portrait sitting", event_type_slug="portrait", is_active=False)
        page = open_dashboard("/event-types")
        expect(page.get_by_role("link", name="Intro call")).to_be_visible()
        page.keyboard.press("/")
        page.keyboard.type("portrait")
        expect(page.get_by_role("link", name="Portrait sitting")).to_be_visible()
        expect(page.get_by_role("link", name="Intro call")).to_be_hidden()
        page.get_by_label("Search event types").fill("")
        page.get_by_role("link", name="Off 1").click()
        expect(page.get_by_role("link", name="Intro call")).to_be_hidden()

    def test_the_preview_shows_the_public_page(self, open_dashboard, event_type):
        page = open_dashboard(f"/event-types/{event_type.id}/preview")
        public = page.frame_locator("iframe")
        expect(public.get_by_role("heading", name="Intro call", level=1)).to_be_visible()
        page.get_by_role("button", name="Phone").click()
        assert page.locator("iframe").bounding_box()["width"] == pytest.approx(392, abs=3)


class TestBookings:
    def test_cancels_with_a_reason(self, open_dashboard, booking):
        page = open_dashboard("/bookings")
        page.get_by_role("link", name="Jonas Keller").click()
        panel = page.get_by_role("complementary", name="Booking")
        expect(panel.get_by_text("in Lisbon")).to_be_visible()
        expect(panel.get_by_text("for Jonas, Berlin")).to_be_visible()
        expect(panel.get_by_text("Booked by Jonas Keller")).to_be_visible()
        panel.get_by_role("button", name="Cancel").click()
        question = page.get_by_role("alertdialog")
        question.get_by_label("Reason").fill("A cold, sorry.")
        question.get_by_role("button", name="Cancel booking").click()
        expect(toast(page)).to_contain_text("Cancelled. Jonas gets an e-mail.")
        expect(panel.get_by_text("Cancelled by Ana Duarte")).to_be_visible()
        expect(panel.get_by_role("button", name="Cancel")).to_be_hidden()
        expect(page.get_by_role("heading", name="No bookings ahead")).to_be_visible()
        booking.refresh_from_db()
        assert (booking.status, booking.cancelled_by) == ("cancelled", "organizer")
        assert booking.cancellation_reason == "A cold, sorry."
        page.get_by_role("link", name="Cancelled", exact=True).click()
        expect(page.get_by_role("link", name="Jonas Keller")).to_be_visible()

    def test_moves_to_another_free_time(self, open_dashboard, booking):
        before = booking.start_time
        page = open_dashboard(f"/bookings/{booking.id}")
        page.get_by_role("button", name="Reschedule").click()
        move = page.get_by_role("dialog")
        move.locator("label.slot").first.click()
        expect(move.get_by_text("for Jonas in Berlin")).to_be_visible()
        move.get_by_role("button", name="Move booking").click()
        expect(toast(page)).to_contain_text("Moved. Jonas gets an e-mail.")
        expect(page.get_by_text("Moved by Ana Duarte")).to_be_visible()
        booking.refresh_from_db()
        assert booking.start_time != before
        assert Booking.objects.filter(status="rescheduled", start_time=before).count() == 1

    def test_a_host_moves_what_they_serve_for_somebody_else(self, open_dashboard, host):
        rita = make_host("rita", "Rita Sol", weekly=ALWAYS)
        team = make_event_type(rita, name="Kick-off", kind="collective")
        for position, user in enumerate((rita, host)):
            EventTypeHost.objects.create(event_type=team, user=user, position=position)
        now = utc_now()
        slots = list_slots(team, start=now, end=now + timedelta(days=4), now=now)
        booking = book(team, slots[100].start, now=now)
        page = open_dashboard(f"/bookings/{booking.id}")
        expect(page.get_by_text("You, Rita Sol host it")).to_be_visible()
        page.get_by_role("button", name="Reschedule").click()
        move = page.get_by_role("dialog")
        move.locator("label.slot").first.click()
        move.get_by_role("button", name="Move booking").click()
        expect(toast(page)).to_contain_text("Moved. Jonas gets an e-mail.")
        assert Booking.objects.get(pk=booking.pk).start_time != booking.start_time

    def test_a_time_taken_meanwhile_is_told_with_the_next_ones(
        self, open_dashboard, event_type, booking
    ):
        page = open_dashboard(f"/bookings/{booking.id}")
        page.get_by_role("button", name="Reschedule").click()
        move = page.get_by_role("dialog")
        move.locator("label.slot").nth(2).click()

        def be_faster(route):
            start = parse_instant(route.request.post_data_json["start_time"])
            book(event_type, start, now=utc_now(), invitee_name="Maya Okafor")
            route.continue_()

        page.route(re.compile("/reschedule/"), be_faster)
        with page.expect_response(re.compile("/reschedule/")) as answer:
            move.get_by_role("button", name="Move booking").click()
        assert answer.value.status == 409
        expect(move.get_by_text("That time was just taken.")).to_be_visible()

    def test_search_finds_by_name_and_the_address_keeps_it(self, open_dashboard, event_type):
        now = utc_now()
        slots = list_slots(event_type, start=now, end=now + timedelta(days=3), now=now)
        book(event_type, slots[20].start, now=now)
        maya = {"invitee_name": "Maya Okafor", "invitee_email": "maya@okafor.example"}
        book(event_type, slots[30].start, now=now, **maya)
        page = open_dashboard("/bookings")
        expect(page.get_by_role("link", name="Maya Okafor")).to_be_visible()
        page.get_by_label("Search bookings").fill("jonas")
        expect(page.get_by_role("link", name="Maya Okafor")).to_be_hidden()
        expect(page).to_have_url(re.compile("search=jonas"))
        page.reload()
        expect(page.get_by_role("link", name="Jonas Keller")).to_be_visible()
        expect(page.get_by_role("link", name="Maya Okafor")).to_be_hidden()

    def test_long_lists_come_in_pages(self, open_dashboard, event_type):
        now = utc_now()
        slots = list_slots(event_type, start=now, end=now + timedelta(days=4), now=now)
        for index in range(55):
            book(event_type, slots[index + 2].start, now=now, invitee_name=f"Guest {index:02}")
        page = open_dashboard("/bookings")
        expect(page.locator(".bookings .it")).to_have_count(50)
        page.get_by_role("button", name="Load more").click()
        expect(page.locator(".bookings .it")).to_have_count(55)
        expect(page.get_by_role("button", name="Load more")).to_be_hidden()

    def test_the_week_shows_it_and_opens_it(self, open_dashboard, booking):
        day = booking.start_time.date().isoformat()
        page = open_dashboard(f"/bookings?view=week&date={day}")
        page.get_by_role("link", name=re.compile("^Jonas Keller, Intro call")).click()
        panel = page.get_by_role("complementary", name="Booking")
        expect(panel.get_by_role("heading", name="Jonas Keller")).to_be_visible()
        page.get_by_role("button", name="Next week").click()
        expect(page.get_by_role("link", name=re.compile("^Jonas Keller"))).to_be_hidden()


class TestSettings:
    def test_changes_the_profile_and_tells_a_taken_address(self, open_dashboard, host):
        make_host("rita", "Rita Sol")
        page = open_dashboard("/settings")
        page.get_by_label("About you").fill("Designer, Lisbon.")
        page.get_by_label("Accent colour optional").fill("#ffd400")
        page.get_by_label("Week starts on").select_option("7")
        page.get_by_label("Address").fill("rita")
        page.get_by_role("button", name="Save changes").click()
        expect(page.get_by_text("Somebody has this address already.")).to_be_visible()
        expect(page.get_by_label("About you")).to_have_value("Designer, Lisbon.")
        page.get_by_label("Address").fill("ana-duarte")
        page.get_by_role("button", name="Save changes").click()
        expect(toast(page)).to_contain_text("Your settings are saved.")
        host.refresh_from_db()
        assert (host.slug, host.bio) == ("ana-duarte", "Designer, Lisbon.")
        assert (host.accent_color, host.week_start) == ("#ffd400", 7)
        expect(page.get_by_role("button", name="Ana Duarte")).to_contain_text("/ana-duarte")

    def test_an_unconfirmed_address_gets_its_link_again(self, open_dashboard, host):
        EmailAddress.objects.filter(user=host).update(verified=False)
        page = open_dashboard("/settings")
        page.get_by_role("button", name="Send the link again").click()
        expect(toast(page)).to_contain_text("We sent a link to ana@example.com.")
        queued = OutboxRow.objects.get(name="users.send_account_mail")
        assert queued.payload["email"] == "ana@example.com"


NARROW = {"viewport": {"width": 320, "height": 640}}
SCREENS = (
    "/event-types",
    "/event-types/new",
    "/event-types/{event_type}/edit",
    "/bookings",
    "/bookings?view=week",
    "/bookings?booking={booking}",
    "/bookings/{booking}",
    "/availability",
    "/settings",
)


class TestEverybody:
    @pytest.mark.parametrize("path", SCREENS)
    def test_axe_finds_nothing(
        self, open_dashboard, violations_in_every_look, event_type, booking, path
    ):
        page = open_dashboard(path.format(event_type=event_type.id, booking=booking.id))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert violations_in_every_look(page) == []

    @pytest.mark.parametrize("path", ["/login", "/signup", "/password-reset"])
    def test_axe_finds_nothing_before_sign_in(self, open_page, violations, path):
        page = open_page(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert violations(page) == []

    def test_axe_finds_nothing_in_dialogs(self, open_dashboard, violations, booking):
        page = open_dashboard(f"/bookings/{booking.id}")
        page.get_by_role("button", name="Reschedule").click()
        expect(page.locator("label.slot").first).to_be_visible()
        assert violations(page) == []
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Cancel", exact=True).click()
        expect(page.get_by_role("alertdialog")).to_be_visible()
        assert violations(page) == []

    @pytest.mark.parametrize("path", SCREENS)
    def test_nothing_scrolls_sideways(self, open_dashboard, event_type, booking, path):
        page = open_dashboard(path.format(event_type=event_type.id, booking=booking.id), **NARROW)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
        for direction in ("ltr", "rtl"):
            page.evaluate("(dir) => { document.documentElement.dir = dir }", direction)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width == 320, direction

    def test_the_keyboard_reaches_the_content_past_the_navigation(self, open_dashboard, event_type):
        page = open_dashboard("/event-types")
        expect(page.get_by_role("link", name="Intro call")).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
        page.keyboard.press("n")
        expect(page.get_by_role("heading", name="New event type")).to_be_visible()
