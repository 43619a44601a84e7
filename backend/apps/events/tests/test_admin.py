"""The scheduling core in the admin: rules hold, bookings change through services only."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from apps.availability.models import Schedule
from apps.events.models import (
    Attendee,
    Booking,
    BookingAuditLog,
    BookingCoHost,
    EventType,
    EventTypeHost,
    Occupancy,
    WaitlistEntry,
)
from apps.events.services.event_types import create_event_type
from apps.users.models import User
from tests.cast import ALWAYS, book, make_event_type, make_host

pytestmark = pytest.mark.django_db
EVENT_TYPES = "/admin/events/eventtype/"
BOOKINGS = "/admin/events/booking/"


@pytest.fixture
def admin():
    boss = User.objects.create_superuser("boss@example.com", "a long password", timezone="UTC")
    client = Client()
    client.force_login(boss)
    return client


@pytest.fixture
def booking():
    now = datetime.now(UTC)
    start = (now + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
    host = make_host(weekly=ALWAYS, timezone="UTC")
    return book(make_event_type(host), start, now=now)


def act(client, url, action, *chosen):
    body = {"action": action, "_selected_action": [str(row.pk) for row in chosen]}
    return client.post(url, body, follow=True)


def form(event_type, **changes):
    """The change form as a browser would send it back."""
    fields = [
        "name",
        "event_type_slug",
        "description",
        "color",
        "duration",
        "max_attendees",
        "min_scheduling_notice",
        "max_scheduling_horizon",
        "buffer_time_before",
        "buffer_time_after",
        "slot_interval_minutes",
        "slot_alignment",
        "kind",
        "rolling_days_kind",
        "recurrence_type",
        "recurrence_rule",
        "request_expires_minutes",
        "waitlist_offer_minutes",
        "change_cutoff_minutes",
        "location_type",
        "location_details",
        "redirect_url_after_booking",
    ]
    lists = {"durations": "[]", "limits": "[]", "custom_questions": "[]"}
    lists |= {"allowed_email_domains": "[]", "denied_email_domains": "[]"}
    lists |= {"questions-TOTAL_FORMS": 0, "questions-INITIAL_FORMS": 0}
    sent = {name: getattr(event_type, name) for name in fields}
    return {**sent, **lists, **host_rows(event_type), **changes}


def host_rows(event_type, *added, **changes):
    """The rows of hosts as a browser would send them, with more at the end."""
    rows = list(EventTypeHost.objects.filter(event_type=event_type))
    sent = {"hosts-TOTAL_FORMS": len(rows) + len(added), "hosts-INITIAL_FORMS": len(rows)}
    plain = {"position": 0, "weight": 1, "priority": 0}
    stored = [
        {
            "id": row.pk,
            "user": row.user_id,
            "position": row.position,
            "weight": row.weight,
            "priority": row.priority,
        }
        for row in rows
    ]
    for number, row in enumerate([*stored, *({**plain, **row} for row in added)]):
        sent |= {f"hosts-{number}-{name}": value for name, value in row.items()}
    return {**sent, **changes}


def test_an_event_type_is_changed_under_the_rules(admin):
    host = make_host()
    made = create_event_type(organizer_id=host.pk, fields={"name": "Call"})
    url = f"{EVENT_TYPES}{made.pk}/change/"
    refused = admin.post(url, form(made, duration=15, buffer_time_before=20))
    assert "A buffer is at most as long as the meeting" in refused.content.decode()
    refused = admin.post(url, form(made, limits='[{"per": "year", "max": 1}]'))
    assert "0/per: Use one of" in refused.content.decode()
    assert admin.post(url, form(made, duration=20, event_type_slug="")).status_code == 302
    changed = EventType.objects.get(pk=made.pk)
    assert (changed.duration, changed.event_type_slug) == (20, "call")


def test_hosts_are_held_to_the_rules(admin):
    host, bob = make_host(), make_host("bob", "Bob Host")
    closed = make_host("dan", "Dan Gone", is_active=False)
    made = create_event_type(organizer_id=host.pk, fields={"name": "Call"})
    url = f"{EVENT_TYPES}{made.pk}/change/"
    both = ({"user": host.pk}, {"user": bob.pk, "weight": 3, "position": 1})
    wrong_schedule = Schedule.objects.get(user=host).pk
    for rows, kind, told in (
        (both, "one_on_one", "has exactly one host"),
        (({"user": host.pk, "required": "on"},), "round_robin", "who is not required"),
        (({"user": closed.pk},), "collective", "There is no account with this id"),
        (
            ({"user": bob.pk, "schedule": wrong_schedule},),
            "collective",
            "This host has no schedule",
        ),
        (({"user": bob.pk, "weight": 101},), "collective", "less than or equal to 100"),
        (both + both[:1], "collective", "duplicate"),
    ):
        page = admin.post(url, form(made, kind=kind, **host_rows(made, *rows)))
        assert (page.status_code, told in page.content.decode()) == (200, True), told
        assert not EventTypeHost.objects.exists()
    rows = host_rows(made, *both)
    assert admin.post(url, form(made, kind="round_robin", **rows)).status_code == 302
    saved = EventTypeHost.objects.filter(event_type=made).values_list("user_id", "weight")
    assert list(saved) == [(host.pk, 1), (bob.pk, 3)]
    assert EventType.objects.get(pk=made.pk).kind == "round_robin"
    # Back to one host: the kind and the deleted rows are judged together.
    rows = host_rows(made, **{"hosts-0-DELETE": "on", "hosts-1-DELETE": "on"})
    assert admin.post(url, form(made, kind="one_on_one", **rows)).status_code == 302
    assert not EventTypeHost.objects.exists()


def test_an_event_type_is_added_with_its_hosts(admin):
    host, bob = make_host(), make_host("bob", "Bob Host")
    blank = EventType(organizer=host, name="Team")
    rows = host_rows(blank, {"user": host.pk}, {"user": bob.pk})
    body = {**form(blank, kind="collective", **rows), "organizer": host.pk}
    assert admin.get(f"{EVENT_TYPES}add/").status_code == 200
    assert admin.post(f"{EVENT_TYPES}add/", body).status_code == 302
    assert EventType.objects.get().hosts.count() == 2


def test_co_hosts_are_shown_with_their_booking(admin, booking):
    bob = make_host("bob", "Bob Host")
    BookingCoHost.objects.create(booking=booking, user=bob)
    page = admin.get(f"{BOOKINGS}{booking.pk}/change/").content.decode()
    assert "bob@example.com" in page
    assert "co_hosts-0-user" not in page


def test_attendees_are_shown_without_their_links(admin):
    now = datetime.now(UTC)
    start = (now + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
    host = make_host(weekly=ALWAYS, timezone="UTC")
    session = book(make_event_type(host, kind="group", max_attendees=3), start, now=now)
    attendee = Attendee.objects.get(booking=session)
    for url in (
        f"{BOOKINGS}{session.pk}/change/",
        f"/admin/events/attendee/{attendee.pk}/change/",
    ):
        page = admin.get(url).content.decode()
        assert attendee.email in page
        assert str(attendee.access_token) not in page


def test_a_bookings_chain_is_shown_and_verified(admin, booking):
    page = admin.get(f"{BOOKINGS}{booking.pk}/change/").content.decode()
    row = BookingAuditLog.objects.get(booking=booking)
    assert "booking_created" in page or "Booked" in page
    rows = "/admin/events/bookingauditlog/"
    assert row.salt not in admin.get(f"{rows}{row.pk}/change/").content.decode()
    assert "1 of 1 chains are whole." in act(admin, rows, "verify", row).content.decode()
    BookingAuditLog.objects.update(description="Nothing")
    told = act(admin, rows, "verify", row).content.decode()
    assert "0 of 1 chains are whole." in told
    assert f"booking {booking.pk}, row 1, id {row.pk}: was changed" in told


def test_event_types_are_switched_and_archived_through_services(admin):
    host = make_host()
    made = create_event_type(organizer_id=host.pk, fields={"name": "Call"})
    versions = [User.objects.get(pk=host.pk).availability_version]
    for action, is_active, is_archived in (
        ("switch_off", False, False),
        ("switch_on", True, False),
        ("archive", False, True),
    ):
        assert act(admin, EVENT_TYPES, action, made).status_code == 200
        made.refresh_from_db()
        assert (made.is_active, made.is_archived) == (is_active, is_archived)
        versions.append(User.objects.get(pk=host.pk).availability_version)
    assert versions == sorted(set(versions))


def test_bookings_can_be_seen_and_not_written(admin, booking):
    assert admin.get(BOOKINGS).status_code == 200
    page = admin.get(f"{BOOKINGS}{booking.pk}/change/")
    assert page.status_code == 200
    assert str(booking.access_token) not in page.content.decode()
    assert admin.post(f"{BOOKINGS}{booking.pk}/change/", {"invitee_name": "X"}).status_code == 403
    assert admin.post(f"{BOOKINGS}{booking.pk}/delete/", {"post": "yes"}).status_code == 403
    assert admin.get(f"{BOOKINGS}add/").status_code == 403


def test_a_booking_is_cancelled_with_all_that_follows(admin, booking):
    assert act(admin, BOOKINGS, "cancel", booking).status_code == 200
    booking.refresh_from_db()
    assert (booking.status, booking.cancelled_by) == ("cancelled", "system")
    assert not Occupancy.objects.filter(booking=booking).exists()
    row = BookingAuditLog.objects.filter(booking=booking).last()
    assert (row.action, row.actor_email) == ("booking_cancelled", "boss@example.com")


def test_what_cannot_be_cancelled_is_told(admin, booking):
    act(admin, BOOKINGS, "cancel", booking)
    page = act(admin, BOOKINGS, "cancel", booking)
    assert "is cancelled already" in page.content.decode()
    assert Booking.objects.get(pk=booking.pk).ical_sequence == 1


def test_personal_data_is_erased_for_who_asks(admin, booking):
    page = act(admin, BOOKINGS, "erase", booking)
    assert "Cancel it first" in page.content.decode()
    act(admin, BOOKINGS, "cancel", booking)
    page = act(admin, BOOKINGS, "erase", booking).content.decode()
    assert "jonas@keller.example" not in page
    assert "Erased" in admin.get(f"{BOOKINGS}{booking.pk}/change/").content.decode()
    row = BookingAuditLog.objects.filter(booking=booking).last()
    assert (row.action, row.actor_email) == ("personal_data_erased", "boss@example.com")


def test_who_waited_is_erased_for_who_asks(admin, booking):
    entry = WaitlistEntry.objects.create(
        event_type=booking.event_type,
        organizer=booking.organizer,
        desired_start_time=booking.start_time,
        invitee_name="Wanda Waits",
        invitee_email="wanda@example.org",
        queued_at=booking.created_at,
        expires_at=booking.start_time,
        created_at=booking.created_at,
    )
    url = "/admin/events/waitlistentry/"
    assert "Leave it first" in act(admin, url, "erase", entry).content.decode()
    WaitlistEntry.objects.update(status="cancelled")
    assert "wanda@example.org" not in act(admin, url, "erase", entry).content.decode()


@pytest.mark.parametrize(
    "model",
    [
        "occupancy",
        "bookingauditlog",
        "auditseal",
        "eventtypehost",
        "bookingcohost",
        "attendee",
        "hold",
        "waitlistentry",
        "soonerrequest",
        "bookingseries",
        "customquestion",
        "emailcode",
    ],
)
def test_what_the_database_guards_is_shown_only(admin, booking, model):
    url = f"/admin/events/{model}/"
    assert admin.get(url).status_code == 200
    assert admin.get(f"{url}add/").status_code == 403


def test_workflows_have_a_page(admin):
    assert admin.get("/admin/workflows/workflow/").status_code == 200
    assert admin.get("/admin/workflows/workflow/add/").status_code == 200
