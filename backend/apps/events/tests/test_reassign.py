"""Giving a booking to another host: who may take it, what stays, who is told, who wins a race."""

from __future__ import annotations

from functools import partial

import pytest
import time_machine
from django.core import mail

from apps.common.errors import InvalidState, ValidationFailed
from apps.common.models import OutboxRow
from apps.common.outbox.draining import drain
from apps.events.actors import Actor
from apps.events.errors import SlotTaken
from apps.events.models import Booking, BookingAuditLog, BookingCoHost, Occupancy
from apps.events.models.audit import ActorType
from apps.events.request_effects import EXPIRE
from apps.events.services.bookings import cancel_booking, reschedule_booking
from apps.events.services.bookings.reassign import reassign_booking
from tests.cast import ALWAYS, NOW, add_hosts, at, book, join, make_event_type, make_host
from tests.races import run_at_once

ORGANIZER = Actor(ActorType.ORGANIZER, "Ana Duarte", "ana@example.com")

pytestmark = pytest.mark.django_db


@pytest.fixture
def bob(ana):
    return make_host("bob", "Bob Team")


@pytest.fixture
def cleo(ana):
    return make_host("cleo", "Cleo Team", timezone="Europe/Berlin")


@pytest.fixture
def turns(ana, bob, cleo):
    """Bob and Cleo take turns."""
    return add_hosts(make_event_type(ana, kind="round_robin"), bob, cleo)


def reassign(booking, host=None, *, now=NOW, **fields):
    return reassign_booking(
        booking=booking, host=host.pk if host else None, actor=ORGANIZER, now=now, **fields
    )


def sent():
    """(address, subject's first words, calendar method, status) of what was sent."""
    OutboxRow.objects.filter(name=EXPIRE).delete()
    drain()
    found = []
    for message in mail.outbox:
        calendars = [part for part in message.alternatives if "calendar" in part.mimetype]
        method = calendars[0].mimetype.partition("method=")[2] if calendars else None
        status = (
            "CANCELLED" if calendars and "STATUS:CANCELLED" in calendars[0].content else "standing"
        )
        found.append((message.to[0].split("<")[-1].rstrip(">"), message.subject, method, status))
    mail.outbox.clear()
    return {
        address: (subject.split(":")[0], method, status)
        for address, subject, method, status in found
    }


def test_the_time_changes_hands_in_one_go(turns, bob, cleo):
    booking = book(turns, at(10))
    assert booking.host == bob
    sent()
    changed = reassign(booking, cleo)
    booking.refresh_from_db()
    assert (booking.host, changed.pk) == (cleo, booking.pk)
    assert booking.access_token == changed.access_token
    assert (booking.ical_sequence, booking.ical_uid) == (1, changed.ical_uid)
    assert (booking.host_timezone, booking.wall_time) == ("Europe/Berlin", "2026-03-02T11:00:00")
    row = Occupancy.objects.get()
    assert (row.host, row.booking, row.starts_at) == (cleo, booking, at(10))
    audit = BookingAuditLog.objects.get(booking=booking, action="host_reassigned")
    assert (audit.old_values, audit.new_values) == ({"host": str(bob.pk)}, {"host": str(cleo.pk)})
    assert sent() == {
        "jonas@keller.example": ("Another host", "REQUEST", "standing"),
        "ana@example.com": ("Another host", "PUBLISH", "standing"),
        "cleo@example.com": ("Given to you", "PUBLISH", "standing"),
        "bob@example.com": ("No longer yours", "PUBLISH", "CANCELLED"),
    }


def test_the_next_in_turn_takes_it(turns, bob, cleo):
    booking = book(turns, at(10))
    assert reassign(booking).host == cleo
    why = BookingAuditLog.objects.get(action="host_reassigned").metadata["host_choice"]
    assert why["rule"] == "next in turn"
    # And back: Bob is the only other one.
    assert reassign(Booking.objects.get(pk=booking.pk)).host == bob


def test_nobody_takes_it_who_is_not_free(turns, bob, cleo):
    first, second = book(turns, at(10)), book(turns, at(10))
    assert {first.host, second.host} == {bob, cleo}
    with pytest.raises(SlotTaken) as refused:
        reassign(first, second.host)
    assert refused.value.extra["reasons"] == ["booked"]
    with pytest.raises(InvalidState, match="No other host"):
        reassign(first)


def test_the_new_host_is_open_then(turns, bob, cleo):
    booking = book(turns, at(16, 30))  # 17:30 in Berlin, where Cleo goes home at 17:00
    assert booking.host == bob
    with pytest.raises(SlotTaken) as refused:
        reassign(booking, cleo)
    assert refused.value.extra["reasons"] == ["outside_hours"]


def test_notice_and_grid_do_not_matter(turns, cleo):
    booking = book(turns, at(10))
    turns.min_scheduling_notice, turns.slot_interval_minutes = 24 * 60, 60
    turns.slot_alignment = "clock"
    turns.max_bookings_per_day = 1
    turns.save()
    assert reassign(booking, cleo).host == cleo


def test_only_hosts_of_the_event_type_and_no_one_twice(turns, bob, charlie):
    booking = book(turns, at(10))
    for host, code in ((charlie, "no_host"), (bob, "serves_already")):
        with pytest.raises(ValidationFailed) as refused:
            reassign(booking, host)
        assert [(error.pointer, error.code) for error in refused.value.errors] == [("/host", code)]
    assert not BookingAuditLog.objects.filter(action="host_reassigned").exists()


def test_what_is_over_stays(turns, cleo):
    booking = book(turns, at(10))
    with pytest.raises(InvalidState):
        reassign(booking, cleo, now=at(10))
    cancel_booking(booking=booking, cancelled_by="organizer", reason="", actor=ORGANIZER, now=NOW)
    booking.refresh_from_db()
    with pytest.raises(InvalidState):
        reassign(booking, cleo)


def test_one_of_several_hosts_is_replaced(ana, bob, cleo):
    panel = add_hosts(make_event_type(ana, kind="collective"), ana, bob)
    booking = book(panel, at(10))
    panel.hosts.create(user=cleo, position=2)
    reassign(booking, cleo, replaces=bob.pk)
    booking = Booking.objects.get(pk=booking.pk)
    assert booking.hosts == [ana, cleo]
    assert BookingCoHost.objects.get().user == cleo
    assert set(Occupancy.objects.values_list("host", flat=True)) == {ana.pk, cleo.pk}
    with pytest.raises(ValidationFailed) as refused:
        reassign(booking, bob, replaces=bob.pk)
    assert refused.value.errors[0].pointer == "/replaces"


def test_a_session_keeps_its_people_and_tells_each_alone(ana, bob, cleo):
    yoga = make_event_type(ana, name="Yoga", event_type_slug="yoga", max_attendees=5)
    add_hosts(yoga, bob)
    join(yoga, at(10), "Jonas")
    join(yoga, at(10), "Mia")
    yoga.hosts.create(user=cleo, position=1)
    session = Booking.objects.get()
    sent()
    reassign(session, cleo)
    drain()
    to_jonas = [str(one.message()) for one in mail.outbox if "jonas@" in one.to[0]]
    assert len(to_jonas) == 1
    assert "mia" not in to_jonas[0].lower()
    assert set(sent()) == {
        "jonas@example.net",
        "mia@example.net",
        "ana@example.com",
        "cleo@example.com",
        "bob@example.com",
    }


def test_a_request_is_given_on_without_a_calendar_message(turns, cleo):
    turns.requires_confirmation, turns.pending_holds_slot = True, False
    turns.save()
    booking = book(turns, at(10))
    sent()
    changed = reassign(booking, cleo)
    assert (changed.status, changed.host) == ("pending", cleo)
    assert not Occupancy.objects.exists()
    assert {method for _, method, _ in sent().values()} == {None}


def test_over_http_the_organizer_sees_who_is_free(ana_client, client, turns, bob, cleo):
    booking = book(turns, at(10))
    url = f"/api/v1/events/bookings/{booking.pk}/reassign/"
    with time_machine.travel(NOW, tick=False):
        assert ana_client.get(url).json()["hosts"] == [
            {"user": str(cleo.pk), "name": "Cleo Team", "is_free": True, "reason": ""}
        ]
        other = book(turns, at(10))
        [listed] = ana_client.get(url).json()["hosts"]
        assert (listed["is_free"], listed["reason"]) == (False, "booked")
        refused = ana_client.post(url, {"host": str(cleo.pk)}, "application/json")
        assert (refused.status_code, refused.json()["code"]) == (409, "slot_taken")
        assert refused.json()["errors"][0]["pointer"] == "/host"
        cancel_booking(booking=other, cancelled_by="organizer", reason="", actor=ORGANIZER, now=NOW)
        done = ana_client.post(url, {}, "application/json")
        assert (done.status_code, done.json()["host"]["name"]) == (200, "Cleo Team")
        client.force_login(cleo)
        for answer in (client.get(url), client.post(url, {}, "application/json")):
            assert answer.status_code == 403


# --- Several at once


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_two_bookings_given_to_one_host_at_once():
    """Neither host is ever given two bookings of one time; whoever loses keeps theirs."""
    ana = make_host(weekly=ALWAYS)
    bob, cleo, dan = (
        make_host(slug, slug.title(), weekly=ALWAYS) for slug in ("bob", "cleo", "dan")
    )
    turns = add_hosts(make_event_type(ana, kind="round_robin"), bob, cleo, dan)
    for day in range(1, 21):
        start = at(10, days=day)
        first, second = book(turns, start), book(turns, start)
        [free] = {bob.pk, cleo.pk, dan.pk} - {first.host_id, second.host_id}
        outcomes = run_at_once(
            partial(reassign_booking, booking=first, host=free, actor=ORGANIZER, now=NOW),
            partial(reassign_booking, booking=second, host=free, actor=ORGANIZER, now=NOW),
            done="given",
            refused={SlotTaken: "not free"},
        )
        assert sorted(outcomes) == ["given", "not free"]
        rows = Occupancy.objects.filter(starts_at=start)
        held = dict(rows.values_list("booking_id", "host_id"))
        assert held == dict(Booking.objects.filter(start_time=start).values_list("pk", "host_id"))
        assert free in held.values()


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_booking_given_away_while_it_is_moved_and_cancelled():
    ana = make_host(weekly=ALWAYS)
    bob, cleo = (make_host(slug, slug.title(), weekly=ALWAYS) for slug in ("bob", "cleo"))
    turns = add_hosts(make_event_type(ana, kind="round_robin"), bob, cleo)
    for day in range(1, 11):
        booking = book(turns, at(10, days=day))
        outcomes = run_at_once(
            partial(reassign_booking, booking=booking, actor=ORGANIZER, now=NOW),
            partial(
                reschedule_booking,
                booking=booking,
                start=at(14, days=day),
                actor=ORGANIZER,
                now=NOW,
            ),
            partial(
                cancel_booking,
                booking=booking,
                cancelled_by="organizer",
                reason="",
                actor=ORGANIZER,
                now=NOW,
            ),
            done="done",
            refused={InvalidState: "too late", SlotTaken: "not free"},
        )
        assert set(outcomes) <= {"done", "too late"}
        booking.refresh_from_db()
        assert booking.status == "cancelled"
        assert not Occupancy.objects.filter(booking=booking).exists()
