"""Undo everything from one source."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from apps.common.errors import ValidationFailed
from apps.common.models import OutboxRow
from apps.events.actors import Actor
from apps.events.models import (
    Attendee,
    Booking,
    BookingAuditLog,
    Occupancy,
    WaitlistEntry,
)
from apps.events.models.audit import ActorType
from apps.events.services.audit import verify_audit
from apps.events.services.bookings.undo import Source, count_from_source, undo_source
from tests.cast import ALWAYS, NOW, at, book, join, make_event_type, make_host

pytestmark = pytest.mark.django_db

ROBOT = "192.0.2.66"
ANA = Actor(ActorType.ORGANIZER, "Ana Duarte", "ana@example.com")


def from_robot(rows):
    rows.update(created_from=ROBOT)


def undo(host, **source):
    chosen = Source(**(source or {"ip_address": ROBOT}))
    return undo_source(organizer_id=host.pk, source=chosen, actor=ANA, now=NOW)


def sent_everything():
    OutboxRow.objects.update(state="done", done_at=NOW, attempts=1)


def mails():
    """Reader and kind of the mails that wait."""
    rows = OutboxRow.objects.filter(state="pending", name__contains="mail").order_by("id")
    return [(row.payload.get("audience"), row.payload["notice"]["kind"]) for row in rows]


@pytest.fixture
def spam(intro):
    """Two bookings of the robot's, one of somebody else's."""
    robots = [book(intro, at(hour), invitee_email=f"r{hour}@spam.example") for hour in (10, 11)]
    from_robot(Booking.objects.filter(pk__in=[one.pk for one in robots]))
    book(intro, at(12))
    return robots


def test_all_that_lies_ahead_is_cancelled_and_nothing_else(ana, spam):
    past = spam[0]
    Booking.objects.filter(pk=past.pk).update(start_time=at(7), end_time=at(7, 30))
    assert undo(ana).bookings == 1
    statuses = list(Booking.objects.order_by("start_time").values_list("status", flat=True))
    assert statuses == ["confirmed", "cancelled", "confirmed"]
    assert not Occupancy.objects.filter(booking=spam[1]).exists()
    actions = BookingAuditLog.objects.filter(booking=spam[1]).order_by("sequence")
    assert list(actions.values_list("action", flat=True)) == [
        "booking_created",
        "booking_cancelled",
        "booking_undone",
    ]
    assert actions.last().new_values == {"ip_address": ROBOT}
    assert verify_audit().is_whole


def test_mails_that_have_not_left_are_dropped_and_nobody_is_told(ana, spam):
    undo(ana)
    assert {row.payload["notice"]["booking_id"] for row in waiting_rows()} == {
        str(Booking.objects.get(status="confirmed").pk)
    }


def waiting_rows():
    return OutboxRow.objects.filter(state="pending", name="notifications.send_booking_mail")


def test_our_side_is_told_of_the_end_of_what_it_was_told_of(ana, spam):
    sent_everything()
    undo(ana)
    assert mails() == [("organizer", "cancelled"), ("organizer", "cancelled")]


def test_both_addresses_together_mean_both(ana, spam):
    both = {"ip_address": ROBOT, "email": "R11@spam.example"}
    assert undo(ana, **both).bookings == 1
    assert undo(ana, email="nobody@spam.example").bookings == 0
    assert undo(ana, ip_address=ROBOT, since=NOW + timedelta(days=1)).bookings == 0
    assert undo(ana, ip_address=ROBOT, since=NOW).bookings == 1


@pytest.mark.parametrize(("source", "hours"), [
    ({"ip_address": "2001:db8::ffff"}, {10, 11}),
    ({"ip_address": "2001:db8:0:1::1"}, {12}),
    ({"ip_address": "192.0.2.7"}, {13, 14}),
    ({"email": "Rob.Ot+7@googlemail.com"}, {10, 13}),
    ({"ip_address": "2001:db8::ffff", "email": "robot@gmail.com"}, {10}),
    ({"ip_address": "::ffff:192.0.2.8"}, set()),
])  # fmt: skip
def test_addresses_that_budgets_count_as_one_are_one_source(ana, intro, yoga, source, hours):
    """Bookings, seats and waits of networks and mailboxes in several spellings."""
    came = {
        10: ("2001:db8::1", "robot@gmail.com"),
        11: ("2001:db8:0:0:a:b:c:d", "other@gmail.com"),
        12: ("2001:db8:0:1::2", "robot@spam.example"),
        13: ("192.0.2.7", "r.obot+x@gmail.com"),
        14: ("::ffff:192.0.2.7", "rob@gmail.com"),
    }
    for hour, (address, email) in came.items():
        booking = book(intro, at(hour), invitee_email=email)
        Booking.objects.filter(pk=booking.pk).update(created_from=address)
        seat = join(yoga, at(hour, days=7), f"N{hour}", invitee_email=email)
        Attendee.objects.filter(pk=seat.attendee.pk).update(created_from=address)
        WaitlistEntry.objects.create(
            event_type=intro,
            organizer=ana,
            desired_start_time=at(hour),
            invitee_name=f"N{hour}",
            invitee_email=email,
            created_from=address,
            queued_at=NOW,
            expires_at=at(hour),
            created_at=NOW,
        )
    undone = undo(ana, **source)
    assert (undone.bookings, undone.attendees, undone.waitlist) == (len(hours),) * 3
    assert undone.remaining == 0
    gone = Booking.objects.filter(status="cancelled", event_type=intro)
    assert {one.start_time.hour for one in gone} == hours


def test_the_preview_counts_and_changes_nothing(ana, spam):
    counted = count_from_source(organizer_id=ana.pk, source=Source(ip_address=ROBOT), now=NOW)
    assert (counted.bookings, counted.attendees, counted.waitlist) == (2, 0, 0)
    assert Booking.objects.filter(status="confirmed").count() == 3


def test_a_source_must_be_named(ana):
    with pytest.raises(ValidationFailed):
        undo(ana, since=NOW)


def test_other_organizers_keep_theirs(charlie, spam):
    assert undo(charlie).bookings == 0


@pytest.fixture
def yoga(ana):
    return make_event_type(
        ana,
        name="Yoga",
        event_type_slug="yoga",
        kind="group",
        max_attendees=5,
        enable_waitlist=True,
    )


def test_seats_are_taken_back_with_those_they_brought(ana, yoga):
    from apps.events.services.bookings import Guest

    join(yoga, at(10), "Max")
    robot = join(yoga, at(10), "Robot", guests=(Guest("Second", "second@spam.example"),))
    from_robot(Attendee.objects.filter(pk=robot.attendee.pk))
    undone = undo(ana)
    assert (undone.bookings, undone.attendees) == (0, 2)
    session = Booking.objects.get()
    assert (session.status, session.attendee_count) == ("confirmed", 1)
    assert list(Attendee.objects.exclude(status="cancelled").values_list("name", flat=True)) == [
        "Max"
    ]
    readers = {row.payload["notice"]["attendee_id"] for row in waiting_rows()}
    assert str(robot.attendee.pk) not in readers
    assert verify_audit().is_whole


def test_a_session_that_nobody_else_is_in_is_cancelled(ana, yoga):
    robot = join(yoga, at(10), "Robot")
    from_robot(Attendee.objects.filter(pk=robot.attendee.pk))
    assert undo(ana).attendees == 1
    assert Booking.objects.get().status == "cancelled"
    assert not Occupancy.objects.exists()


def test_waits_end_first_so_that_nothing_is_offered_to_them(ana, yoga, spam):
    WaitlistEntry.objects.create(
        event_type=spam[0].event_type,
        organizer=ana,
        desired_start_time=at(10),
        invitee_name="Robot",
        invitee_email="robot@spam.example",
        created_from=ROBOT,
        queued_at=NOW,
        expires_at=at(10),
        created_at=NOW,
    )
    undone = undo(ana)
    assert (undone.bookings, undone.waitlist, undone.remaining) == (2, 1, 0)
    assert WaitlistEntry.objects.get().status == "cancelled"
    assert not OutboxRow.objects.filter(name__contains="waiting_mail").exists()


def test_over_the_api(client):
    now = datetime.now(UTC)
    start = (now + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
    host = make_host(weekly=ALWAYS, timezone="UTC")
    book(make_event_type(host), start, now=now)
    client.force_login(host)

    def post(**body):
        return client.post("/api/v1/events/bookings/undo/", body, content_type="application/json")

    assert post().status_code == 422
    assert post(ip_address="nonsense").json()["errors"][0]["pointer"] == "/ip_address"
    jonas = {"email": "jonas@keller.example"}
    counted = {"bookings": 1, "attendees": 0, "waitlist": 0, "remaining": 0}
    assert post(**jonas, preview=True).json() == counted
    assert post(**jonas).json() == counted
    assert post(**jonas).json() == {**counted, "bookings": 0}
