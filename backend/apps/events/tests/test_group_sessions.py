"""Group sessions: several people share a start, each on their own and unknown to the others."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.db import IntegrityError, transaction

from apps.common.errors import InvalidState, NotFound, TokenExpired, ValidationFailed
from apps.common.models import OutboxRow
from apps.events import errors
from apps.events.actors import Actor
from apps.events.models import Attendee, Booking, BookingAuditLog, Occupancy
from apps.events.models.audit import ActorType
from apps.events.selectors.bookings import get_booking_by_token
from apps.events.selectors.slots import list_slots
from apps.events.services.bookings import (
    Guest,
    cancel_booking,
    regenerate_access_token,
    update_booking,
)
from apps.events.services.bookings import judging as judging_module
from apps.events.services.bookings import new_booking as new_booking_module
from apps.events.tests.groups import ANA, BOOKINGS, leave, make_yoga, move, seen, the_session
from tests.cast import NOW, add_hosts, at, booking_json, join, make_host
from tests.races import run_at_once

pytestmark = pytest.mark.django_db
CREATE = f"{BOOKINGS}create/"


@pytest.fixture
def yoga(ana):
    return make_yoga(ana)


def test_the_first_makes_the_session_and_others_join_it(yoga):
    mia = join(yoga, at(10), "Mia")
    jonas = join(yoga, at(10), "Jonas")
    session = the_session()
    assert (session.attendee_count, session.capacity) == (2, 5)
    assert (session.invitee_name, session.invitee_email, session.access_token) == ("", "", None)
    assert (mia.pk, jonas.pk) == (session.pk, session.pk)
    assert (mia.invitee_name, jonas.invitee_name) == ("Mia", "Jonas")
    assert len({mia.access_token, jonas.access_token}) == 2
    assert Occupancy.objects.count() == 1
    attendee = session.attendees.get(name="Mia")
    assert (attendee.status, attendee.joined_at) == ("confirmed", NOW)
    assert attendee.access_token_expires_at == session.end_time + timedelta(days=30)


def test_several_seats_at_once(yoga):
    seat = join(
        yoga, at(10), "Mia", guests=(Guest("Kim", "kim@x.example"), Guest("Lou", "lou@x.example"))
    )
    assert (seat.attendee_count, the_session().attendee_count) == (3, 3)
    kim = Attendee.objects.get(name="Kim")
    assert (kim.brought_by.name, kim.timezone) == ("Mia", "Europe/Berlin")
    assert kim.access_token != seat.access_token


def test_seats_run_out(yoga):
    join(yoga, at(10), "Mia", guests=tuple(Guest(f"G{n}", f"g{n}@x.example") for n in range(3)))
    with pytest.raises(errors.Full) as refused:
        join(yoga, at(10), "Jonas", guests=(Guest("Kim", "kim@x.example"),))
    assert refused.value.extra["reasons"] == ["full"]
    assert "2026-03-02T10:30:00Z" in refused.value.extra["alternatives"]
    join(yoga, at(10), "Jonas")
    with pytest.raises(errors.Full):
        join(yoga, at(10), "Lou")
    assert at(10) not in {slot.start for slot in list_slots(yoga, start=NOW, end=at(17), now=NOW)}
    assert the_session().attendee_count == Attendee.objects.count() == 5


def test_more_seats_than_there_ever_are_is_a_mistake(yoga, intro):
    for event_type, count in ((yoga, 5), (intro, 1)):
        with pytest.raises(ValidationFailed) as refused:
            join(event_type, at(10), "Mia", guests=(Guest("Kim", "kim@x.example"),) * count)
        assert [(e.pointer, e.code) for e in refused.value.errors] == [("/attendees", "too_many")]
    assert not Booking.objects.exists()


def test_every_wrong_guest_is_named(yoga):
    with pytest.raises(ValidationFailed) as refused:
        join(yoga, at(10), "Mia", guests=(Guest("Kim", "kim@x.example"), Guest(" ", "x\nBcc: y")))
    assert [error.pointer for error in refused.value.errors] == [
        "/attendees/1/name",
        "/attendees/1/email",
    ]


def test_a_session_has_the_seats_of_its_creation(yoga):
    join(yoga, at(10), "Mia")
    yoga.max_attendees = 2
    yoga.save()
    for name in ("Jonas", "Kim", "Lou", "Nia"):
        join(yoga, at(10), name)
    with pytest.raises(errors.Full):
        join(yoga, at(10), "Ole")
    assert the_session().attendee_count == 5


def test_joining_counts_towards_no_limit(yoga):
    yoga.max_bookings_per_day = 1
    yoga.save()
    join(yoga, at(10), "Mia")
    assert join(yoga, at(10), "Jonas").status == "confirmed"
    with pytest.raises(errors.LimitReached):
        join(yoga, at(11), "Kim")


def test_the_database_refuses_a_seat_too_many(yoga):
    join(yoga, at(10), "Mia")
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.update(attendee_count=6)


def test_leaving_frees_the_seats_of_that_link_alone(yoga):
    mia = join(yoga, at(10), "Mia", guests=(Guest("Kim", "kim@x.example"),))
    join(yoga, at(10), "Jonas")
    left = leave(seen(mia), reason="ill")
    assert (left.status, left.cancellation_reason) == ("cancelled", "ill")
    assert (the_session().status, the_session().attendee_count) == ("confirmed", 1)
    assert set(Attendee.objects.filter(status="cancelled").values_list("name", flat=True)) == {
        "Mia",
        "Kim",
    }
    assert seen(mia).status == "cancelled"
    assert Occupancy.objects.count() == 1
    with pytest.raises(InvalidState):
        leave(seen(mia))


@pytest.mark.parametrize("is_shared", [True, False])
def test_a_link_that_was_given_up_tells_one_story(client, yoga, is_shared):
    mia = join(yoga, at(10), "Mia", guests=(Guest("Kim", "kim@x.example"),))
    if is_shared:
        join(yoga, at(10), "Jonas")
    path = f"/api/v1/events/booking/{mia.access_token}/manage/"
    with time_machine.travel(NOW, tick=False):
        assert client.get(path).json()["attendee_count"] == 2
        left = client.post(path, {"action": "cancel"}, content_type="application/json")
        assert left.status_code == 200, left.content
        assert left.json()["attendee_count"] == 1
        assert client.get(path).json() == left.json()


def test_who_was_brought_leaves_alone(yoga):
    mia = join(yoga, at(10), "Mia", guests=(Guest("Kim", "kim@x.example"),))
    leave(seen(Attendee.objects.get(name="Kim")))
    assert (the_session().attendee_count, seen(mia).attendee_count) == (1, 1)
    assert seen(mia).status == "confirmed"


def test_the_last_one_leaving_cancels_the_session(yoga):
    mia, jonas = join(yoga, at(10), "Mia"), join(yoga, at(10), "Jonas")
    leave(seen(mia))
    leave(seen(jonas), reason="ill")
    session = the_session()
    assert (session.status, session.cancelled_by, session.attendee_count) == (
        "cancelled",
        "invitee",
        0,
    )
    assert not Occupancy.objects.exists()
    # The one who left before is not told the other's reason.
    assert seen(mia).cancellation_reason == ""
    again = join(yoga, at(10), "Kim")
    assert again.pk != session.pk


def test_nobody_leaves_once_it_has_begun(yoga):
    mia = join(yoga, at(10), "Mia")
    with pytest.raises(InvalidState):
        leave(seen(mia), now=at(10))
    assert the_session().attendee_count == 1


def test_the_organizer_moves_everybody(yoga):
    seats = [join(yoga, at(10), name) for name in ("Mia", "Jonas")]
    OutboxRow.objects.all().delete()
    moved = move(the_session(), at(12, days=1))
    assert (moved.attendee_count, moved.capacity, moved.access_token) == (2, 5, None)
    assert {seen(seat).start_time for seat in seats} == {at(12, days=1)}
    assert set(Attendee.objects.values_list("access_token_expires_at", flat=True)) == {
        at(12, 30, days=31)
    }
    assert sorted(_told()) == [("invitee", "Jonas"), ("invitee", "Mia"), ("organizer", "")]


def test_a_session_does_not_move_into_another(yoga):
    join(yoga, at(10), "Mia")
    session = the_session()
    join(yoga, at(12), "Jonas")
    with pytest.raises(errors.SlotTaken):
        move(session, at(12))


def test_the_organizer_cancels_for_everybody(yoga):
    mia, jonas = join(yoga, at(10), "Mia"), join(yoga, at(10), "Jonas")
    leave(seen(jonas))
    OutboxRow.objects.all().delete()
    cancel_booking(
        booking=the_session(), cancelled_by="organizer", reason="Storm", actor=ANA, now=NOW
    )
    assert _told() == [("invitee", "Mia"), ("organizer", "")]
    assert (seen(mia).status, seen(mia).cancelled_by) == ("cancelled", "organizer")
    with pytest.raises(InvalidState):
        leave(seen(mia))


def _told() -> list[tuple[str, str]]:
    rows = OutboxRow.objects.order_by("id")
    return [(row.payload["audience"], row.payload["notice"]["invitee"]["name"]) for row in rows]


def test_our_side_is_told_of_everybody_who_joins_and_leaves(yoga):
    mia = join(yoga, at(10), "Mia", guests=(Guest("Kim", "kim@x.example"),))
    join(yoga, at(10), "Jonas")
    leave(seen(mia))
    assert _told() == [
        ("invitee", "Mia"), ("invitee", "Kim"), ("organizer", "Mia"),
        ("invitee", "Jonas"), ("organizer", "Jonas"),
        ("invitee", "Mia"), ("invitee", "Kim"), ("organizer", "Mia"),
    ]  # fmt: skip
    kinds = [row.payload["notice"]["kind"] for row in OutboxRow.objects.order_by("id")]
    assert kinds == ["created"] * 2 + ["joined", "created", "joined"] + ["cancelled"] * 2 + ["left"]


def test_a_renewed_link_is_that_attendees_alone(yoga):
    mia, jonas = join(yoga, at(10), "Mia"), join(yoga, at(10), "Jonas")
    renewed = regenerate_access_token(
        booking=seen(mia), actor=Actor(ActorType.ATTENDEE, "Mia"), now=NOW
    )
    with pytest.raises(NotFound):
        seen(mia)
    assert (seen(renewed).invitee_name, seen(jonas).invitee_name) == ("Mia", "Jonas")
    with pytest.raises(NotFound):
        leave(mia)


def test_an_attendees_link_expires(yoga):
    mia = join(yoga, at(10), "Mia")
    with pytest.raises(TokenExpired):
        get_booking_by_token(mia.access_token, now=at(10, 30, days=30))


def test_a_session_has_no_invitee_of_its_own(yoga):
    seat = seen(join(yoga, at(10), "Mia"))
    with pytest.raises(InvalidState):
        update_booking(booking=the_session(), changes={"notes": "x"}, actor=ANA, now=NOW)
    with pytest.raises(InvalidState):
        regenerate_access_token(booking=the_session(), actor=ANA, now=NOW)
    with pytest.raises(TypeError):
        seat.save()
    assert the_session().invitee_name == ""


def test_sessions_of_several_hosts(ana, yoga):
    yoga.kind = "collective"
    yoga.save()
    add_hosts(yoga, ana, make_host("ben", "Ben Osei"))
    first, second = join(yoga, at(10), "Mia"), join(yoga, at(10), "Jonas")
    assert [host.slug for host in second.hosts] == ["ana", "ben"]
    assert (first.pk, Occupancy.objects.count()) == (second.pk, 2)
    assert [row.payload["audience"] for row in OutboxRow.objects.order_by("id")] == [
        "invitee", "organizer", "host",
    ] * 2  # fmt: skip


def test_a_co_host_finds_the_times_of_a_session(client, ana, yoga):
    ben = make_host("ben", "Ben Osei")
    yoga.kind = "collective"
    yoga.save()
    add_hosts(yoga, ana, ben)
    join(yoga, at(10), "Mia")
    client.force_login(ben)
    with time_machine.travel(NOW, tick=False):
        seen = client.get(f"{BOOKINGS}{the_session().pk}/").json()
        organizer, event_type = seen["organizer_slug"], seen["event_type"]["slug"]
        found = client.get(
            f"/api/v1/events/slots/{organizer}/{event_type}/",
            {"start_date": "2026-03-02", "end_date": "2026-03-02", "timezone": "UTC"},
        )
    assert (seen["manage_url"], organizer, event_type) == ("", "ana", "yoga")
    assert "2026-03-02T14:00:00Z" in [slot["start"] for slot in found.json()["slots"]]


def test_joining_is_in_the_history(yoga):
    join(yoga, at(10), "Mia")
    leave(seen(join(yoga, at(10), "Jonas")))
    rows = BookingAuditLog.objects.order_by("id")
    assert [(row.action, row.new_values["attendee_count"]) for row in rows] == [
        ("booking_created", 1), ("attendee_joined", 2), ("attendee_left", 1),
    ]  # fmt: skip
    assert rows.last().actor_type == "attendee"


def test_the_page_of_an_attendee_without_a_script(client, yoga):
    """It says how many seats the link stands for, that others are there too, and lets them go."""
    mia = join(yoga, at(10), "Mia", guests=(Guest("Kim", "kim@x.example"),))
    page = f"/booking/{mia.access_token}/manage"
    with time_machine.travel(NOW, tick=False):
        alone = client.get(page).content.decode()
        assert "<dt>Seats</dt><dd>2</dd>" in alone
        assert f"{page}/move" in alone
        join(yoga, at(10), "Jonas")
        shared = client.get(page).content.decode()
        assert "Others have booked this session too" in shared
        assert f"{page}/move" in shared
        assert "All 2 seats" in client.get(f"{page}/cancel").content.decode()
        left = client.post(page, {"action": "cancel", "reason": "ill"})
        assert left["Location"] == f"{page}?cancelled"
        assert "Your booking is cancelled" in client.get(left["Location"]).content.decode()
    assert the_session().attendee_count == 1


def test_each_copy_has_a_uid_of_its_own_for_ever(client, yoga):
    mia, jonas = join(yoga, at(10), "Mia"), join(yoga, at(10), "Jonas")
    uids = {seat.ical_uid for seat in (seen(mia), seen(jonas), the_session())}
    assert len(uids) == 3
    before = seen(mia).ical_uid
    move(the_session(), at(12))
    assert seen(mia).ical_uid == before
    with time_machine.travel(NOW, tick=False):
        ics = client.get(f"/api/v1/events/booking/{mia.access_token}/calendar.ics").content.decode()
    assert f"UID:{before}" in ics.replace("\r\n ", "")


def test_the_organizer_sees_who_is_in(ana_client, yoga):
    join(yoga, at(10), "Mia", guests=(Guest("Kim", "kim@x.example"),))
    left = join(yoga, at(10), "Jonas")
    with time_machine.travel(NOW, tick=False):
        leave(seen(left), reason="ill")
        body = ana_client.get(f"{BOOKINGS}{the_session().pk}/").json()
        assert (body["attendee_count"], body["capacity"]) == (2, 5)
        assert body["invitee_name"] in {"Mia +1", "Kim +1"}
        assert body["manage_url"] == ""
        rows = {row["name"]: row for row in body["attendees"]}
        assert {name: row["status"] for name, row in rows.items()} == {
            "Mia": "confirmed", "Kim": "confirmed", "Jonas": "cancelled",
        }  # fmt: skip
        assert rows["Jonas"]["cancellation_reason"] == "ill"
        assert "access_token" not in json.dumps(body)
        for word in ("mia", "kim@x.example", "YOGA"):
            assert len(ana_client.get(BOOKINGS, {"search": word}).json()["results"]) == 1
        patched = ana_client.patch(
            f"{BOOKINGS}{the_session().pk}/", {"notes": "x"}, content_type="application/json"
        )
        assert (patched.status_code, patched.json()["code"]) == (409, "invalid_state")


def test_joining_over_http(client, yoga):
    with time_machine.travel(NOW, tick=False):
        body = booking_json(
            yoga, "2026-03-02T10:00:00Z", attendees=[{"name": "Kim", "email": "kim@x.example"}]
        )
        made = client.post(CREATE, body, content_type="application/json")
        assert made.status_code == 201, made.content
        assert made.json()["attendee_count"] == 2
        assert made.json()["manage_url"].endswith(f"{made.json()['access_token']}/manage")
        for _ in range(3):
            client.post(
                CREATE, booking_json(yoga, "2026-03-02T10:00:00Z"), content_type="application/json"
            )
        full = client.post(CREATE, body, content_type="application/json")
        assert (full.status_code, full.json()["code"]) == (409, "full")
        crowd = {**body, "attendees": body["attendees"] * 5}
        many = client.post(CREATE, crowd, content_type="application/json")
        assert (many.status_code, many.json()["errors"][0]["code"]) == (422, "too_many")
        answers = {**body, "attendees": [{**body["attendees"][0], "custom_answers": {"q": 1}}]}
        refused = client.post(CREATE, answers, content_type="application/json")
        assert refused.status_code == 422, refused.content
        assert refused.json()["errors"][0]["pointer"] == "/attendees/0/custom_answers/q"


def test_each_seat_that_is_booked_spends_from_the_budget_of_mails(client, yoga, settings):
    settings.RATE_LIMITS = True
    guests = [{"name": f"G{n}", "email": f"g{n}@x.example"} for n in range(4)]
    body = booking_json(yoga, "2026-03-02T10:00:00Z", attendees=guests)
    with time_machine.travel(NOW, tick=False):
        assert client.post(CREATE, body, content_type="application/json").status_code == 201
        again = booking_json(yoga, "2026-03-02T11:00:00Z")
        assert client.post(CREATE, again, content_type="application/json").status_code == 429


def test_who_loses_the_making_of_a_session_to_the_guard_joins_it(yoga, monkeypatch):
    """Somebody who takes no lock of ours commits between our last look and our insert."""
    judge, take, tries = judging_module.judge_start, new_booking_module.take, []

    def refuse_once(booking, host_ids, **options):
        tries.append(True)
        if len(tries) == 1:
            raise IntegrityError("occupancy_no_overlap")
        take(booking, host_ids, **options)

    def judge_after_the_other(*args, **kwargs):
        if len(tries) == 1:
            tries.append(True)
            join(yoga, at(10), "Mia")
        return judge(*args, **kwargs)

    monkeypatch.setattr(new_booking_module, "take", refuse_once)
    monkeypatch.setattr(judging_module, "judge_start", judge_after_the_other)
    join(yoga, at(10), "Jonas")
    assert (the_session().attendee_count, Occupancy.objects.count()) == (2, 1)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_thirty_for_the_last_five_seats(yoga):
    """Nobody is there yet: who loses the making of the session joins it instead."""
    outcomes = run_at_once(
        *(lambda n=n: join(yoga, at(12), f"P{n}") for n in range(30)),
        done="in",
        refused={errors.Full: "full"},
    )
    assert Counter(outcomes) == {"in": 5, "full": 25}
    assert (the_session().attendee_count, Attendee.objects.count()) == (5, 5)
    assert Occupancy.objects.count() == 1


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_joining_leaving_and_moving_at_once_keep_the_count(yoga):
    seats = [join(yoga, at(12), f"P{n}") for n in range(4)]
    first = the_session()
    attempts = [
        *(lambda seat=seat: leave(seen(seat)) for seat in seats),
        *(lambda n=n: join(yoga, at(12), f"N{n}") for n in range(8)),
        lambda: move(first, at(15)),
    ]
    outcomes = run_at_once(*attempts, done="in", refused={errors.Full: "full"})
    # The mover may find the session moved on, or cancelled after the last one left.
    refused = [outcome for outcome in outcomes if outcome not in {"in", "full"}]
    assert all(outcome.startswith(("SlotTaken", "InvalidState")) for outcome in refused), refused
    for session in Booking.objects.filter(status="confirmed"):
        assert session.attendee_count == session.attendees.filter(status="confirmed").count()
        assert 0 < session.attendee_count <= 5
        assert session.occupancies.count() == 1
    for cancelled in Booking.objects.filter(status="cancelled"):
        assert not cancelled.occupancies.exists()
    spans = sorted(Occupancy.objects.values_list("starts_at", "ends_at"))
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
