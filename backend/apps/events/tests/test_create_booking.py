"""Booking a time through the service."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.availability.models import Schedule
from apps.common.errors import InvalidTimezone, NotFound, ValidationFailed
from apps.common.idempotency import OnceOnly, Replay, StoredAnswer
from apps.common.models import IdempotencyRecord, OutboxRow
from apps.events import errors
from apps.events.models import Booking, BookingAuditLog, Occupancy
from apps.events.services.bookings import create_booking
from apps.events.services.bookings import judging as judging_module
from tests.cast import JONAS, NOW, ask, at, book, make_event_type, make_host, no_key

pytestmark = pytest.mark.django_db


def test_writes_booking_occupancy_audit_and_mails_together(intro):
    booking = book(intro, at(10))

    assert booking.status == "confirmed"
    assert booking.start_time == at(10)
    assert booking.end_time == at(10, 30)
    assert (booking.host_timezone, booking.wall_time) == ("Europe/Lisbon", "2026-03-02T10:00:00")
    assert booking.tz_version
    assert booking.access_token_expires_at == at(10, 30, days=30)
    assert booking.ical_uid.startswith(str(booking.pk))
    occupancy = Occupancy.objects.get()
    assert (occupancy.host, occupancy.starts_at, occupancy.ends_at) == (
        intro.organizer,
        at(10),
        at(10, 30),
    )
    audit = BookingAuditLog.objects.get()
    assert (audit.action, audit.actor_email) == ("booking_created", "jonas@keller.example")
    assert OutboxRow.objects.count() == 2


def test_buffers_belong_to_the_occupancy_not_to_the_booking(ana):
    event_type = make_event_type(ana, buffer_time_before=10, buffer_time_after=20)
    booking = book(event_type, at(10))
    occupancy = Occupancy.objects.get()
    assert (booking.start_time, booking.end_time) == (at(10), at(10, 30))
    assert (occupancy.starts_at, occupancy.ends_at) == (at(9, 50), at(10, 50))


def test_a_taken_time_is_refused_with_alternatives(intro):
    book(intro, at(10))
    with pytest.raises(errors.SlotTaken) as refused:
        book(intro, at(10))
    assert refused.value.extra["reasons"] == ["booked"]
    assert refused.value.extra["alternatives"][:2] == [
        "2026-03-02T09:30:00Z",
        "2026-03-02T10:30:00Z",
    ]
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    ("start", "fields", "refusal"),
    [
        (at(7), {}, errors.OutsideHours),
        (at(8, 30), {}, errors.OutsideHours),
        (at(16, 45), {}, errors.OutsideHours),
        (at(10, 10), {}, errors.OffGrid),
        (at(10).replace(microsecond=1), {}, errors.OffGrid),
        (at(10), {"min_scheduling_notice": 180}, errors.TooSoon),
        (at(10, days=2), {"max_scheduling_horizon": 24 * 60}, errors.TooFar),
        (at(10, days=-7), {}, errors.TooSoon),
    ],
)
def test_each_refusal_names_its_rule(ana, start, fields, refusal):
    event_type = make_event_type(ana, **fields)
    with pytest.raises(refusal):
        book(event_type, start)
    assert not Booking.objects.exists()


def test_the_daily_limit_counts_live_bookings(ana):
    event_type = make_event_type(ana, max_bookings_per_day=1)
    book(event_type, at(10))
    with pytest.raises(errors.LimitReached):
        book(event_type, at(12))
    assert book(event_type, at(12, days=1)).status == "confirmed"


def test_the_organizers_limit_counts_every_event_type(ana, intro):
    review = make_event_type(ana, name="Review", event_type_slug="review")
    ana.booking_limits = [{"per": "day", "max": 2}, {"per": "total_minutes_per_week", "max": 90}]
    ana.save()
    book(intro, at(10))
    book(review, at(11))
    with pytest.raises(errors.LimitReached):
        book(intro, at(12))
    book(intro, at(12, days=1))
    with pytest.raises(errors.LimitReached):
        book(review, at(14, days=1))
    assert book(review, at(14, days=7)).status == "confirmed"


def test_a_booking_of_another_event_type_takes_the_host_too(ana, intro):
    review = make_event_type(ana, name="Review", event_type_slug="review", duration=60)
    book(intro, at(10))
    with pytest.raises(errors.SlotTaken):
        book(review, at(10))


def test_buffers_of_both_sides_add_up(ana):
    first = make_event_type(ana, name="A", event_type_slug="a", buffer_time_after=15)
    second = make_event_type(
        ana, name="B", event_type_slug="b", buffer_time_before=15, slot_interval_minutes=15
    )
    book(first, at(10))
    with pytest.raises(errors.SlotTaken) as refused:
        book(second, at(10, 45))
    assert refused.value.extra["reasons"] == ["buffer"]
    assert book(second, at(11)).status == "confirmed"


@pytest.mark.parametrize("change", [{"is_active": False}, {"archived_at": NOW}])
def test_what_cannot_be_booked_is_unknown(ana, change):
    event_type = make_event_type(ana, **change)
    with pytest.raises(NotFound):
        book(event_type, at(10))


def test_a_private_event_type_can_be_booked_by_its_link(ana):
    assert book(make_event_type(ana, is_private=True), at(10)).status == "confirmed"


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"invitee_name": "   "}, "/invitee_name"),
        ({"invitee_name": "Jonas\r\nBcc: all@example.com"}, "/invitee_name"),
        ({"invitee_email": "jonas"}, "/invitee_email"),
        ({"invitee_email": "jonas@keller.example\nBcc: x@example.com"}, "/invitee_email"),
        ({"invitee_phone": "call me"}, "/invitee_phone"),
        ({"duration": 45}, "/duration"),
    ],
)
def test_wrong_details_name_the_field(intro, fields, pointer):
    with pytest.raises(ValidationFailed) as refused:
        book(intro, at(10), **fields)
    assert [error.pointer for error in refused.value.errors] == [pointer]


def test_an_unknown_zone_is_refused(intro):
    with pytest.raises(InvalidTimezone):
        book(intro, at(10), invitee_timezone="Mars/Olympus")


def test_one_of_several_durations(ana):
    event_type = make_event_type(ana, durations=[30, 60])
    assert book(event_type, at(10), duration=60).end_time == at(11)


def test_a_change_between_check_and_lock_is_seen(intro, monkeypatch):
    """The event type goes off after the check without a lock: the recheck must notice."""
    from apps.events.services.bookings import attempts as module

    lock = module.lock_hosts

    def switch_off_then_lock(organizer_id, host_ids):
        intro.is_active = False
        intro.save()
        return lock(organizer_id, host_ids)

    monkeypatch.setattr(module, "lock_hosts", switch_off_then_lock)
    with pytest.raises(NotFound):
        book(intro, at(10))


def test_the_same_key_is_carried_out_once(intro):
    once = OnceOnly.for_call(scope="create_booking", key="k1", payload={"a": 1})
    booking = book(intro, at(10), once=once)
    with pytest.raises(Replay) as replay:
        book(intro, at(10), once=once)
    assert replay.value.answer.body == {"id": str(booking.pk)}
    assert (Booking.objects.count(), IdempotencyRecord.objects.count()) == (1, 1)


def test_a_failed_call_stores_no_answer(intro):
    book(intro, at(10))
    once = OnceOnly.for_call(scope="create_booking", key="k1", payload={"a": 1})
    with pytest.raises(errors.SlotTaken):
        book(intro, at(10), once=once)
    assert not IdempotencyRecord.objects.exists()
    assert book(intro, at(11), once=once).status == "confirmed"


def test_two_hosts_do_not_take_each_others_time(intro):
    other = make_event_type(make_host("bo", "Bo Lind"))
    book(intro, at(10))
    assert book(other, at(10)).status == "confirmed"


@pytest.mark.django_db(transaction=True)
def test_booking_takes_few_queries(intro):
    """With its offer kept: version, time, lock, time again, lapsed holds, booking, occupancy, audit,
    outbox.
    """
    book(intro, at(10))
    with CaptureQueriesContext(connection) as queries:
        create_booking(
            request=ask(intro, at(11)),
            actor=JONAS,
            now=NOW,
            once=no_key(),
            answer=lambda booking: StoredAnswer(201, {}),
        )
    asked = [
        query["sql"]
        for query in queries
        if query["sql"] not in {"BEGIN IMMEDIATE", "BEGIN", "COMMIT"}
    ]
    assert len(asked) == 9, asked


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", ["orm", "update", "sql", "schedule", "profile"])
def test_any_writers_change_is_seen_by_the_next_request(
    client, intro, change, django_assert_num_queries
):
    """Offers are kept in the process under a number that the database itself raises."""
    path = "/api/v1/events/slots/ana/intro/?start_date=2026-03-02&end_date=2026-03-02"
    with time_machine.travel(NOW, tick=False):
        before = client.get(path).json()["slots"]
        with django_assert_num_queries(2):  # the offer is kept
            client.get(path)
        if change == "orm":
            intro.duration = 60
            intro.save()
        elif change == "update":
            type(intro).objects.update(duration=60)
        elif change == "sql":
            with connection.cursor() as cursor:
                cursor.execute("UPDATE events_eventtype SET duration = 60")
        elif change == "schedule":
            Schedule.objects.update(weekly=[])
        else:
            type(intro.organizer).objects.update(default_slot_interval=60)
        after = client.get(path).json()["slots"]
    assert before != after


def test_a_stale_profile_saved_whole_does_not_turn_the_version_back(ana, intro):
    stale = type(ana).objects.get(pk=ana.pk)
    intro.save()
    now = type(ana).objects.get(pk=ana.pk).availability_version
    stale.bio = "New"
    stale.save()
    assert type(ana).objects.get(pk=ana.pk).availability_version > now


def test_a_call_made_twice_at_once_is_not_told_that_it_took_its_own_time(intro, monkeypatch):
    """The first commits after the second looked back and before it is judged."""
    once = OnceOnly.for_call(scope="create_booking", key="k1", payload={"a": 1})
    judge = judging_module.judge_start
    made = []

    def let_the_first_through(*args, **kwargs):
        if not made:
            made.append(True)
            book(intro, at(10), once=once)
        return judge(*args, **kwargs)

    monkeypatch.setattr(judging_module, "judge_start", let_the_first_through)
    with pytest.raises(Replay):
        book(intro, at(10), once=once)
    assert Booking.objects.count() == 1
