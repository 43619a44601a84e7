"""What an organizer does over a booking's life: requests, seats, series, the waitlist, the form."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from apps.common.idempotency import OnceOnly, StoredAnswer
from apps.common.time import utc_now
from apps.events.actors import Actor
from apps.events.models import Attendee, Booking, BookingStatus, WaitingStatus, WaitlistEntry
from apps.events.models.audit import ActorType
from apps.events.selectors.slots import list_slots
from apps.events.services.waiting.join import join_waitlist
from apps.events.services.waiting.request import WaitlistRequest
from tests.cast import book, make_event_type

pytestmark = pytest.mark.django_db(transaction=True)

PAUL = Actor(ActorType.INVITEE, "Paul Girard", "paul@example.net")


def toast(page):
    return page.locator(".toast")


def _start(event_type, position):
    """A free start in the next days, the same distance away at any time of day."""
    now = utc_now()
    slots = list_slots(event_type, start=now, end=now + timedelta(days=6), now=now)
    return slots[position].start


def _book(event_type, position, **fields):
    return book(event_type, _start(event_type, position), now=utc_now(), **fields)


class TestRequests:
    @pytest.fixture
    def asked(self, host):
        event_type = make_event_type(host, requires_confirmation=True)
        return [_book(event_type, 60), _book(event_type, 110, invitee_name="Maya Okafor")]

    def test_they_are_confirmed_from_the_list_and_rejected_from_their_own_view(
        self, open_dashboard, asked, violations
    ):
        page = open_dashboard("/bookings?tab=requests")
        expect(page.get_by_role("link", name="Requests 2")).to_be_visible()
        expect(page.get_by_role("link", name="Bookings 2 to confirm").first).to_be_visible()
        assert violations(page) == []
        page.get_by_role("button", name="Confirm Jonas Keller").click()
        expect(toast(page)).to_contain_text("Confirmed. Jonas gets an e-mail.")
        expect(page.get_by_role("link", name="Requests 1")).to_be_visible()

        page.get_by_role("link", name="Maya Okafor").click()
        request = page.get_by_role("region", name="Request")
        expect(request).to_contain_text("Maya asks for this time")
        expect(request).to_contain_text("left to answer")
        assert violations(page) == []
        request.get_by_role("button", name="Reject").click()
        page.get_by_label("Reason").fill("I am away that week.")
        page.get_by_role("button", name="Reject request").click()
        expect(toast(page)).to_contain_text("Rejected. Maya gets an e-mail.")
        expect(page.get_by_role("heading", name="No requests to answer")).to_be_visible()
        rejected = Booking.objects.get(pk=asked[1].pk)
        assert rejected.status == BookingStatus.REJECTED
        assert rejected.cancellation_reason == "I am away that week."
        assert Booking.objects.get(pk=asked[0].pk).status == BookingStatus.CONFIRMED


class TestSessions:
    @pytest.fixture
    def session(self, host):
        event_type = make_event_type(host, kind="group", max_attendees=3)
        return _book(event_type, 60)

    def test_seats_are_given_taken_back_and_counted(self, open_dashboard, session, violations):
        page = open_dashboard(f"/bookings/{session.pk}")
        expect(page.get_by_text("1 of 3 seats taken")).to_be_visible()
        page.get_by_role("button", name="Add somebody").click()
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_text("Enter their name.")).to_be_visible()
        assert violations(page) == []
        page.get_by_label("Name").fill("Hana Sato")
        page.get_by_label("E-mail", exact=True).fill("hana@example.net")
        page.get_by_role("button", name="Add", exact=True).click()
        expect(toast(page)).to_contain_text("Hana is in. They get an e-mail with their link.")
        expect(page.get_by_text("2 of 3 seats taken")).to_be_visible()

        page.get_by_role("button", name="Change", exact=True).click()
        seats = page.get_by_role("spinbutton", name="Seats")
        seats.fill("1")
        page.get_by_role("button", name="Change seats").click()
        expect(page.get_by_text("2 seats are taken or held.")).to_be_visible()
        seats.fill("2")
        page.get_by_role("button", name="Change seats").click()
        expect(page.get_by_text("2 of 2 seats taken")).to_be_visible()
        expect(page.get_by_role("button", name="No seat left")).to_be_disabled()

        page.get_by_role("button", name="More for Jonas Keller", exact=True).click()
        page.get_by_role("menuitem", name="Remove Jonas").click()
        page.get_by_role("button", name="Remove Jonas").click()
        expect(page.get_by_text("1 of 2 seats taken")).to_be_visible()
        seats_of = Attendee.objects.filter(booking=session).order_by("joined_at")
        assert [attendee.is_in for attendee in seats_of] == [False, True]
        assert violations(page) == []


class TestSeries:
    @pytest.fixture
    def dates(self, host):
        event_type = make_event_type(host, recurrence_type="weekly", max_occurrences=3)
        first = _book(event_type, 60, occurrences="all")
        return list(Booking.objects.filter(recurrence=first.recurrence).order_by("start_time"))

    def test_a_cancellation_asks_for_which_dates_it_is(self, open_dashboard, dates):
        page = open_dashboard(f"/bookings/{dates[1].pk}")
        expect(page.get_by_text("Date 2 of 3, weekly")).to_be_visible()
        page.get_by_role("button", name="Cancel", exact=True).click()
        expect(page.get_by_role("radio", name="Only this date")).to_be_checked()
        page.get_by_role("radio", name="This and all following dates").check()
        page.get_by_role("button", name="Cancel these dates").click()
        expect(toast(page)).to_contain_text("This and all following dates are cancelled.")
        states = [Booking.objects.get(pk=date.pk).status for date in dates]
        assert states == ["confirmed", "cancelled", "cancelled"]


class TestWaitlist:
    @pytest.fixture
    def entry(self, host):
        event_type = make_event_type(host, enable_waitlist=True)
        taken = _book(event_type, 60)
        join_waitlist(
            request=WaitlistRequest(
                organizer_slug=host.slug,
                event_type_slug=event_type.event_type_slug,
                desired_start=taken.start_time,
                invitee_name="Paul Girard",
                invitee_email="paul@example.net",
                invitee_timezone="Europe/Paris",
            ),
            actor=PAUL,
            now=utc_now(),
            once=OnceOnly.for_call(scope="waitlist", key=None, payload={}),
            answer=lambda _: StoredAnswer(201, {}),
        )
        return WaitlistEntry.objects.get()

    def test_it_shows_who_waits_and_lets_them_go(self, open_dashboard, entry, violations):
        page = open_dashboard("/waitlist")
        expect(page.get_by_text("No. 1 in line")).to_be_visible()
        assert violations(page) == []
        page.get_by_role("button", name="Offer Paul Girard a time now").click()
        # It is taken, so there is nothing to offer.
        expect(toast(page)).to_be_visible()
        page.get_by_role("button", name="More for Paul Girard").click()
        page.get_by_role("menuitem", name="Remove Paul").click()
        page.get_by_role("button", name="Remove Paul").click()
        expect(page.get_by_role("heading", name="Nobody is waiting")).to_be_visible()
        page.get_by_role("link", name="Lapsed and left").click()
        expect(page.get_by_role("listitem").filter(has_text="Paul Girard")).to_contain_text("Left")
        entry.refresh_from_db()
        assert entry.status == WaitingStatus.CANCELLED


class TestForm:
    def test_it_says_how_bookings_are_asked_for_and_who_may_book(
        self, open_dashboard, host, violations
    ):
        event_type = make_event_type(host)
        page = open_dashboard(f"/event-types/{event_type.pk}/edit")
        page.get_by_role("switch", name="I confirm bookings").check()
        page.get_by_role("radio", name="Only when it is near").check()
        page.get_by_label("Nearer than", exact=True).fill("2")
        page.get_by_role("switch", name="A request holds its time").uncheck()
        page.get_by_role("switch", name="Waitlist").check()
        domains = page.get_by_role("textbox", name="Only e-mail addresses at")
        domains.fill("@Studio.example")
        domains.press("Enter")
        domains.fill("no domain")
        domains.press("Enter")
        page.get_by_label("Moves per booking").fill("0")
        page.get_by_label("Days to keep personal data").fill("30")
        assert violations(page) == []
        page.get_by_role("button", name="Save changes").click()
        # The server's word stands at the field, and names the entry.
        expect(page.get_by_text("no: Write a domain such as example.com.")).to_be_visible()
        page.get_by_role("button", name="Remove no", exact=True).click()
        page.get_by_role("button", name="Remove domain", exact=True).click()
        page.get_by_role("button", name="Save changes").click()
        expect(toast(page)).to_contain_text("is saved.")
        event_type.refresh_from_db()
        assert event_type.confirmation_within_minutes == 2 * 24 * 60
        assert (event_type.requires_confirmation, event_type.pending_holds_slot) == (True, False)
        assert event_type.allowed_email_domains == ["studio.example"]
        assert (event_type.max_reschedules, event_type.retention_days) == (0, 30)

        page.get_by_role("radio", name="Group with seats").check()
        expect(page.get_by_text("a seat of a group is taken at once")).to_be_visible()
        page.get_by_role("button", name="Save changes").click()
        expect(page.get_by_text("Switch this off, or change that.")).to_be_visible()
