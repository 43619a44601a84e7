"""Moving one's own seats out of a session that others are in, and into another."""

from __future__ import annotations

from collections import Counter
from functools import partial

import pytest
import time_machine
from django.db import transaction

from apps.common.errors import InvalidState, ValidationFailed
from apps.common.models import OutboxRow
from apps.events import errors
from apps.events.models import Attendee, Booking, BookingAuditLog, Occupancy
from apps.events.selectors.slots import list_slots_for_move
from apps.events.services.attendees import move_attendee
from apps.events.services.attendees.move import _move as move_seats
from apps.events.services.attendees.move import _read_offer as read_offer
from apps.events.services.bookings import Guest
from apps.events.services.bookings.seats import get_holder, get_party
from apps.events.tests.groups import ANA, BOOKINGS, holder, leave, make_yoga, move, seen, told
from tests.cast import NOW, add_hosts, at, join, make_host
from tests.races import run_at_once

pytestmark = pytest.mark.django_db
KIM = (Guest("Kim", "kim@x.example"),)


@pytest.fixture
def yoga(ana):
    return make_yoga(ana)


def _go(seat, start):
    shown = seen(seat)
    return move(shown, start, holder(shown))


def _at(start) -> Booking:
    return Booking.objects.get(start_time=start, status="confirmed")


def _people(session: Booking) -> set[str]:
    return set(session.attendees.exclude(status="cancelled").values_list("name", flat=True))


def test_seats_move_into_a_session_that_is_there(yoga):
    mia = join(yoga, at(10), "Mia", guests=KIM)
    join(yoga, at(10), "Jonas")
    join(yoga, at(12), "Lou")
    before = seen(mia)
    OutboxRow.objects.all().delete()
    moved = _go(mia, at(12))
    assert (moved.start_time, moved.attendee_count, moved.invitee_name) == (at(12), 2, "Mia")
    assert (_people(_at(at(10))), _people(_at(at(12)))) == ({"Jonas"}, {"Mia", "Kim", "Lou"})
    assert (_at(at(10)).attendee_count, _at(at(12)).attendee_count) == (1, 3)
    # Link, id and UID stay; SEQUENCE goes up.
    after = seen(mia)
    assert (after.attendee.pk, after.access_token) == (before.attendee.pk, before.access_token)
    assert (after.ical_uid, after.ical_sequence) == (before.ical_uid, before.ical_sequence + 1)
    assert after.attendee.access_token_expires_at.date() == at(12, days=30).date()
    assert told() == [
        ("rescheduled", "invitee", "Mia"),
        ("rescheduled", "invitee", "Kim"),
        ("joined", "organizer", "Mia"),
        ("left", "organizer", "Mia"),
    ]


def test_seats_move_to_a_start_of_their_own(yoga):
    mia, jonas = join(yoga, at(10), "Mia"), join(yoga, at(10), "Jonas")
    _go(mia, at(14))
    assert (_people(_at(at(10))), _people(_at(at(14)))) == ({"Jonas"}, {"Mia"})
    fresh = _at(at(14))
    assert (fresh.capacity, fresh.ical_sequence, fresh.access_token) == (5, 0, None)
    assert (fresh.occupancies.count(), Occupancy.objects.count()) == (1, 2)
    assert seen(mia).ical_sequence == 1
    actions = list(BookingAuditLog.objects.filter(booking=fresh).values_list("action", flat=True))
    assert actions == ["booking_created"]
    left = BookingAuditLog.objects.get(action="attendee_left")
    assert (left.booking_id, left.metadata["moved_to"]) == (seen(jonas).pk, str(fresh.pk))


def test_mails_of_one_seat_stay_one_thread(yoga):
    mia = join(yoga, at(10), "Mia")
    join(yoga, at(10), "Jonas")
    _go(mia, at(14))
    _go(mia, at(15))
    rows = [
        row
        for row in OutboxRow.objects.order_by("id")
        if row.payload["audience"] == "invitee"
        and row.payload["notice"]["invitee"]["name"] == "Mia"
    ]
    first = rows[0].payload["message_id"]
    assert [row.payload["references"] for row in rows] == [first] * 3
    assert len({row.payload["message_id"] for row in rows}) == 3
    assert {row.ordering_key for row in rows} == {rows[0].ordering_key}
    assert [row.sequence for row in rows] == [0, 1, 2]


def test_sequence_never_turns_back(yoga):
    mia = join(yoga, at(10), "Mia")
    join(yoga, at(10), "Jonas")
    for start in (at(11), at(12), at(13)):
        move(_at(seen(mia).start_time), start)
    assert seen(mia).ical_sequence == 3
    _go(mia, at(15))
    assert (seen(mia).ical_sequence, _at(at(15)).ical_sequence) == (4, 0)
    join(yoga, at(15), "Lou")
    move(_at(at(15)), at(16))
    assert seen(mia).ical_sequence == 5
    leave(seen(mia))
    assert seen(mia).ical_sequence == 6


def test_who_is_alone_moves_the_session_itself(yoga):
    mia = join(yoga, at(10), "Mia", guests=KIM)
    session = _at(at(10))
    moved = _go(mia, at(10, 30))
    assert (moved.pk, moved.start_time, moved.attendee_count) == (session.pk, at(10, 30), 2)
    assert seen(mia).reschedule_count == 1
    assert Occupancy.objects.count() == 1


def test_who_is_alone_joins_others_and_their_session_ends(yoga):
    mia = join(yoga, at(10), "Mia")
    join(yoga, at(12), "Lou")
    former = seen(mia).pk
    OutboxRow.objects.all().delete()
    _go(mia, at(12))
    ended = Booking.objects.get(pk=former)
    assert (ended.status, ended.cancelled_by, ended.attendee_count) == ("cancelled", "invitee", 0)
    assert _people(_at(at(12))) == {"Mia", "Lou"}
    assert Occupancy.objects.count() == 1
    assert ("cancelled", "organizer", "Mia") in told()
    assert seen(mia).status == "confirmed"


def test_seats_that_are_not_there(yoga):
    mia = join(yoga, at(10), "Mia", guests=KIM)
    join(yoga, at(10), "Jonas")
    join(yoga, at(12), "Lou", guests=tuple(Guest(f"G{n}", f"g{n}@x.example") for n in range(3)))
    with pytest.raises(errors.Full) as refused:
        _go(mia, at(12))
    assert "2026-03-02T10:00:00Z" not in refused.value.extra["alternatives"]
    with pytest.raises(errors.SlotTaken):
        _go(mia, at(12, 15))
    with pytest.raises(ValidationFailed):
        _go(mia, at(10))
    with pytest.raises(errors.OutsideHours):
        _go(mia, at(20))
    assert _people(_at(at(10))) == {"Mia", "Kim", "Jonas"}


def test_the_calendar_lists_where_seats_may_go(yoga):
    mia = join(yoga, at(10), "Mia", guests=KIM)
    join(yoga, at(10), "Jonas")
    join(yoga, at(12), "Lou", guests=tuple(Guest(f"G{n}", f"g{n}@x.example") for n in range(3)))
    join(yoga, at(13), "Nia")

    def starts(seat):
        slots = list_slots_for_move(seen(seat), start=NOW, end=at(17), now=NOW)
        return {slot.start: slot.seats_left for slot in slots}

    listed = starts(mia)
    assert (listed[at(13)], listed[at(11)]) == (4, 5)
    assert not {at(10), at(12)} & set(listed)
    assert starts(Attendee.objects.get(name="Nia"))[at(12)] == 1
    for start in (at(13), at(11)):
        _go(mia, start)


def test_nobody_moves_too_often_or_too_late(yoga):
    yoga.max_reschedules = 1
    yoga.save()
    mia = join(yoga, at(10), "Mia")
    join(yoga, at(10), "Jonas")
    _go(mia, at(12))
    join(yoga, at(12), "Lou")
    with pytest.raises(InvalidState, match="as often"):
        _go(mia, at(14))
    # Another one's moves do not count.
    _go(Attendee.objects.get(name="Lou"), at(14))
    yoga.change_cutoff_minutes = 24 * 60
    yoga.save()
    with pytest.raises(InvalidState, match="too late"):
        _go(Attendee.objects.get(name="Jonas"), at(14))


def test_a_guest_moves_alone(yoga):
    mia = join(yoga, at(10), "Mia", guests=KIM)
    _go(Attendee.objects.get(name="Kim"), at(12))
    assert (_people(_at(at(10))), _people(_at(at(12)))) == ({"Mia"}, {"Kim"})
    assert Attendee.objects.get(name="Kim").brought_by is None
    leave(seen(mia))
    assert Attendee.objects.get(name="Kim").status == "confirmed"


def test_the_organizer_moves_one_seat(yoga):
    join(yoga, at(10), "Mia", guests=KIM)
    mia = Attendee.objects.get(name="Mia")
    OutboxRow.objects.all().delete()
    there = move_attendee(booking=mia.booking, attendee_id=mia.pk, start=at(12), actor=ANA, now=NOW)
    assert (_people(_at(at(10))), _people(there)) == ({"Kim"}, {"Mia"})
    assert Attendee.objects.get(name="Kim").brought_by is None
    mia.refresh_from_db()
    assert mia.reschedule_count == 0
    assert told()[0] == ("rescheduled", "invitee", "Mia")
    # The only one left: the session itself moves.
    kim = Attendee.objects.get(name="Kim")
    same = move_attendee(booking=kim.booking, attendee_id=kim.pk, start=at(14), actor=ANA, now=NOW)
    assert (same.pk, same.start_time) == (kim.booking_id, at(14))


def test_seats_of_a_team_stay_with_its_hosts(yoga):
    yoga.kind = "collective"
    yoga.save()
    add_hosts(yoga, yoga.organizer, make_host("ben", "Ben Osei"))
    mia = join(yoga, at(10), "Mia")
    join(yoga, at(10), "Jonas")
    moved = _go(mia, at(12))
    assert [host.slug for host in moved.hosts] == ["ana", "ben"]
    assert (_at(at(12)).occupancies.count(), Occupancy.objects.count()) == (2, 4)


def test_seats_move_over_http(client, yoga):
    mia = join(yoga, at(10), "Mia")
    join(yoga, at(10), "Jonas")
    path = f"/api/v1/events/booking/{mia.access_token}/manage/"
    with time_machine.travel(NOW, tick=False):
        assert client.get(path).json()["can_reschedule"] is True
        body = {"action": "reschedule", "start_time": "2026-03-02T12:00:00Z"}
        key = {"Idempotency-Key": "once-is-enough"}
        moved, again = (
            client.post(path, body, content_type="application/json", headers=key) for _ in range(2)
        )
        assert (moved.status_code, moved.json()["access_token"]) == (200, str(mia.access_token))
        assert again.json() == moved.json()
        page = f"/booking/{mia.access_token}/manage"
        assert f"{page}/move" in client.get(page).content.decode()
        form = client.post(page, {"action": "reschedule", "start": "2026-03-02T13:00:00Z"})
        assert form["Location"].endswith("?moved")
    assert _people(_at(at(13))) == {"Mia"}
    assert not Booking.objects.filter(start_time=at(12), status="confirmed").exists()
    assert BOOKINGS not in moved.content.decode()


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_many_move_into_the_last_seats_at_once(yoga):
    seats = [join(yoga, at(10), f"P{n}") for n in range(5)]
    for n in range(3):
        join(yoga, at(12), f"Q{n}")
    outcomes = run_at_once(
        *(lambda seat=seat: _go(seat, at(12)) for seat in seats),
        done="there",
        refused={errors.Full: "full"},
    )
    assert Counter(outcomes) == {"there": 2, "full": 3}
    assert (_at(at(10)).attendee_count, _at(at(12)).attendee_count) == (3, 5)
    for session in Booking.objects.filter(status="confirmed"):
        assert session.attendee_count == len(_people(session))


def test_seats_go_where_the_event_type_has_them_by_now(yoga):
    """Between the look without locks and the lock its buffers were changed."""
    mia = join(yoga, at(10), "Mia")
    join(yoga, at(10), "Jonas")
    shown = seen(mia)
    stale = read_offer(shown, [yoga.organizer_id])
    yoga.buffer_time_after = 15
    yoga.save()
    people = partial(get_party_of, shown)
    with transaction.atomic():
        moved = move_seats(
            shown, stale, people, start=at(12), timezone=None, actor=holder(shown), now=NOW
        )
    assert moved.session.buffer_after == 15
    taken = Occupancy.objects.get(booking=moved.session)
    assert (taken.starts_at, taken.ends_at) == (at(12), at(12, 45))


def get_party_of(shown, session, seated):
    return get_party(get_holder(session, shown), seated)
