"""What is stored of who books is shown to them, and gone everywhere when they erase it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from apps.common.errors import InvalidState, NotFound
from apps.common.idempotency import IdempotencyMismatch, OnceOnly
from apps.common.models import IdempotencyRecord, OutboxRow
from apps.common.outbox import EffectContext
from apps.common.outbox.claiming import claim_due
from apps.common.outbox.running import run_row
from apps.events.actors import SYSTEM, Actor
from apps.events.models import (
    Attendee,
    AuditAction,
    Booking,
    BookingAuditLog,
    EmailCode,
    SoonerRequest,
    WaitlistEntry,
)
from apps.events.models.audit import ActorType
from apps.events.selectors.bookings import get_booking_by_token
from apps.events.services.attendees import move_attendee
from apps.events.services.audit import seal_audit_rows, verify_audit
from apps.events.services.bookings import (
    Guest,
    cancel_booking,
    regenerate_access_token,
    reschedule_booking,
    update_booking,
)
from apps.events.services.bookings.audit import record
from apps.events.services.privacy import (
    download_stored_data,
    erase_personal_data,
    erase_waitlist_entry,
    get_stored_data,
)
from apps.events.services.privacy.erase import erase_one_booking
from apps.events.tests.groups import holder
from apps.events.tests.series_cast import book_series, make_weekly
from apps.events.tests.waiting import claim
from apps.events.tests.waiting import wait_for as wait_in_line
from apps.notifications.effects import send_booking_mail
from tests.cast import NOW, at, book, join, make_event_type, make_host
from tests.races import run_at_once
from tests.taint import find_texts

pytestmark = pytest.mark.django_db

TAINTS = {
    "name": "Taintname Firstly",
    "email": "taint.first@example.org",
    "phone": "+49 30 77777001",
    "notes": "taintnotes one",
    "utm": "taintutm",
    "answer": "taintanswer one",
    "reason": "taintreason one",
    "second_name": "Taintname Secondly",
    "second_email": "taint.second@example.org",
    "second_phone": "+49 30 77777002",
    "second_notes": "taintnotes two",
    "address": "192.0.2.77",
    "browser": "Taintbrowser/1.0",
    "zone": "Asia/Kathmandu",
}
VISITOR = Actor(
    ActorType.INVITEE, TAINTS["name"], TAINTS["email"], TAINTS["address"], TAINTS["browser"]
)
ORGANIZER = Actor(ActorType.ORGANIZER, "Ana Duarte", "ana@example.com", "192.0.2.1", "Firefox")


def tainted(event_type, start, **fields):
    return book(
        event_type,
        start,
        **{
            "invitee_name": TAINTS["name"],
            "invitee_email": TAINTS["email"],
            "invitee_phone": TAINTS["phone"],
            "invitee_timezone": TAINTS["zone"],
            "notes": TAINTS["notes"],
            "utm": {"source": TAINTS["utm"]},
            **fields,
        },
    )


@pytest.fixture
def once():
    return OnceOnly.for_call(scope="create_booking", key="k1", payload={"name": TAINTS["name"]})


@pytest.fixture
def life(intro, once):
    """A booking with all that can be personal about it, moved, changed and cancelled."""
    booking = tainted(intro, at(10), once=once)
    Booking.objects.filter(pk=booking.pk).update(
        created_from=TAINTS["address"],
        custom_answers={"q": TAINTS["answer"]},
        calendar_sync_error=f"550 {TAINTS['email']}",
    )
    IdempotencyRecord.objects.update(
        body={"id": str(booking.pk), "invitee_name": TAINTS["name"], "email": TAINTS["email"]}
    )
    booking = reschedule_booking(
        booking=Booking.objects.get(pk=booking.pk), start=at(11), actor=VISITOR, now=NOW
    )
    changes = {
        "invitee_name": TAINTS["second_name"],
        "invitee_email": TAINTS["second_email"],
        "invitee_phone": TAINTS["second_phone"],
        "notes": TAINTS["second_notes"],
    }
    booking = update_booking(booking=booking, changes=changes, actor=ORGANIZER, now=NOW)
    entry = wait_for(intro, converted_booking=booking)
    SoonerRequest.objects.create(
        booking=booking,
        event_type=intro,
        timezone=TAINTS["zone"],
        queued_at=NOW,
        created_at=NOW,
    )
    EmailCode.objects.create(
        event_type=intro,
        email=TAINTS["second_email"],
        code_hash="x",
        expires_at=NOW,
        created_at=NOW,
    )
    write_mail(f"waiting:{entry.pk}:offered:1", kind="offered")
    seal_audit_rows(now=NOW)
    booking = cancel_booking(
        booking=booking,
        cancelled_by="invitee",
        reason=TAINTS["reason"],
        actor=VISITOR,
        now=NOW,
    )
    return Booking.objects.get(pk=booking.pk)


def wait_for(event_type, **fields):
    return WaitlistEntry.objects.create(
        event_type=event_type,
        organizer=event_type.organizer,
        desired_start_time=at(11),
        invitee_name=TAINTS["name"],
        invitee_email=TAINTS["email"],
        invitee_phone=TAINTS["phone"],
        invitee_timezone=TAINTS["zone"],
        custom_answers={"q": TAINTS["answer"]},
        created_from=TAINTS["address"],
        **{
            "status": "converted",
            "queued_at": NOW,
            "expires_at": at(11),
            "created_at": NOW,
            **fields,
        },
    )


def write_mail(key, **notice):
    OutboxRow.objects.create(
        name="notifications.send_waiting_mail",
        payload={"notice": {**notice, "invitee": {"name": TAINTS["name"]}}},
        idempotency_key=key,
        state="done",
        done_at=NOW,
        run_at=NOW,
        created_at=NOW,
        last_error=f"once: {TAINTS['email']} is greylisted",
    )


def erase(booking, actor=VISITOR):
    erase_personal_data(booking=booking, actor=actor, now=NOW)


def test_every_marker_is_stored_before_and_nowhere_afterwards(life):
    places = find_texts(TAINTS.values())
    assert {text for _, _, text in places} == {text.casefold() for text in TAINTS.values()}
    tables = {table for table, _, _ in places}
    assert {
        "events_booking",
        "events_bookingauditlog",
        "events_waitlistentry",
        "events_soonerrequest",
        "events_emailcode",
        "common_outboxrow",
        "common_idempotencyrecord",
    } <= tables
    token = life.access_token
    erase(life)
    assert find_texts([*TAINTS.values(), str(token), token.hex]) == set()


def test_times_states_and_chains_stay(life):
    before = Booking.objects.filter(pk=life.pk).values("start_time", "status", "ical_uid").get()
    rows = BookingAuditLog.objects.filter(booking=life)
    actions = list(rows.values_list("action", flat=True))
    erase(life)
    after = Booking.objects.filter(pk=life.pk).values("start_time", "status", "ical_uid").get()
    assert after == before
    assert list(rows.values_list("action", flat=True)) == [*actions, AuditAction.ERASED]
    moved = rows.get(action=AuditAction.RESCHEDULED)
    assert (moved.old_values, moved.erased_at) == ({"start_time": at(10).isoformat()}, NOW)
    seal_audit_rows(now=NOW)
    assert verify_audit().first_flaws == []


def test_what_the_organizer_did_stays_theirs_unless_it_names_the_invitee(life):
    regenerated = record_of(life, AuditAction.HOST_REASSIGNED, ORGANIZER)
    updated = BookingAuditLog.objects.get(booking=life, action=AuditAction.UPDATED)
    assert updated.actor_name == "Ana Duarte"
    erase(life, actor=ORGANIZER)
    updated.refresh_from_db()
    regenerated.refresh_from_db()
    assert (updated.actor_name, regenerated.actor_name) == ("", "Ana Duarte")
    last = BookingAuditLog.objects.filter(booking=life).order_by("sequence").last()
    assert (last.action, last.actor_name, last.ip_address) == (
        AuditAction.ERASED,
        "Ana Duarte",
        "192.0.2.1",
    )


def record_of(booking, action, actor):
    record(booking, action, actor=actor, now=NOW, new={"host": "x"})
    return BookingAuditLog.objects.filter(booking=booking, action=action).get()


def test_a_second_time_nothing_happens(life):
    erase(life)
    count = BookingAuditLog.objects.count()
    erase(Booking.objects.get(pk=life.pk), actor=SYSTEM)
    assert BookingAuditLog.objects.count() == count
    with pytest.raises(NotFound):
        erase(life)


def test_what_lies_ahead_is_cancelled_first(intro):
    booking = tainted(intro, at(10))
    with pytest.raises(InvalidState, match="Cancel it first"):
        erase(booking)
    assert Booking.objects.get(pk=booking.pk).invitee_name == TAINTS["name"]
    erase_personal_data(booking=booking, actor=VISITOR, now=at(10))
    assert Booking.objects.get(pk=booking.pk).erased_at == at(10)


def test_the_link_is_dead_and_no_new_one_is_made(life):
    erase(life)
    erased = Booking.objects.get(pk=life.pk)
    assert erased.access_token is None
    with pytest.raises(InvalidState, match="erased"):
        regenerate_access_token(booking=erased, actor=ORGANIZER, now=NOW)
    with pytest.raises(InvalidState, match="erased"):
        update_booking(booking=erased, changes={"notes": "x"}, actor=ORGANIZER, now=NOW)


def test_a_repeated_call_is_refused_not_carried_out_again(life, once):
    erase(life)
    with pytest.raises(IdempotencyMismatch):
        once.look_back()


def test_their_mails_are_dropped_and_others_are_told_without_naming_them(life):
    assert OutboxRow.objects.filter(state="pending").exists()
    erase(life)
    waiting = list(OutboxRow.objects.filter(state="pending"))
    assert {row.payload["audience"] for row in waiting} == {"organizer"}
    for row in waiting:
        context = EffectContext(
            row_id=row.pk,
            name=row.name,
            idempotency_key=row.idempotency_key,
            attempt=1,
            request_id="",
            now=NOW,
        )
        send_booking_mail(row.payload, context=context)


@pytest.mark.django_db(transaction=True)
def test_a_mail_handed_to_a_runner_before_is_not_sent(intro, mailoutbox):
    booking = tainted(intro, at(10))
    handed = claim_due(now=NOW + timedelta(minutes=1), limit=10)
    cancel_booking(booking=booking, cancelled_by="invitee", reason="", actor=VISITOR, now=NOW)
    erase(Booking.objects.get(pk=booking.pk))
    for id in handed:
        run_row(id)
    assert TAINTS["email"] not in {to for mail in mailoutbox for to in mail.to}


def test_a_dropped_mail_cannot_be_revived(life):
    erase(life)
    dropped = OutboxRow.objects.filter(state="dead")
    assert dropped.exists()
    assert {str(row.payload) for row in dropped} == {"{}"}


@pytest.fixture
def session(ana):
    """Lea with a guest, and Max, in one session; Lea is tainted."""
    yoga = make_event_type(ana, kind="group", max_attendees=5)
    lea = join(
        yoga,
        at(10),
        "Lea",
        invitee_name=TAINTS["name"],
        invitee_email=TAINTS["email"],
        invitee_phone=TAINTS["phone"],
        notes=TAINTS["notes"],
        invitee_timezone=TAINTS["zone"],
    )
    max_ = join(yoga, at(10), "Max", notes="Max's own notes")
    return lea, max_


def test_one_attendee_is_erased_and_nobody_else(session):
    lea, max_ = session
    actor = Actor(ActorType.ATTENDEE, TAINTS["name"], TAINTS["email"], TAINTS["address"])
    cancel_booking(
        booking=lea, cancelled_by="invitee", reason=TAINTS["reason"], actor=actor, now=NOW
    )
    left = Attendee.objects.get(pk=lea.attendee.pk).seen_booking(seats=0)
    markers = set(TAINTS.values()) | {str(left.access_token)}
    assert find_texts(markers)
    erase(left, actor=actor)
    assert find_texts(markers) == set()
    other = Attendee.objects.get(pk=max_.attendee.pk)
    assert (other.name, other.notes, other.erased_at) == ("Max", "Max's own notes", None)
    assert find_texts(["Max's own notes"])
    assert BookingAuditLog.objects.filter(actor_name="Max").exists()
    assert verify_audit().is_whole
    row = BookingAuditLog.objects.order_by("-id").first()
    assert row.metadata == {"attendees": [str(lea.attendee.pk)]}


def test_a_seat_that_lies_ahead_is_given_back_first(session):
    lea, _ = session
    with pytest.raises(InvalidState, match="Cancel it first"):
        erase(lea)


@pytest.mark.usefixtures("session")
def test_a_whole_session_is_erased_by_our_side():
    erase_personal_data(booking=Booking.objects.get(), actor=SYSTEM, now=at(12))
    assert find_texts([*TAINTS.values(), "Max's own notes", "max@example.net"]) == set()
    assert set(Attendee.objects.values_list("erased_at", flat=True)) == {at(12)}
    assert verify_audit().is_whole


@pytest.mark.usefixtures("session")
def test_a_session_that_hundreds_came_to_and_left_is_erased():
    whole = Booking.objects.get()
    Attendee.objects.bulk_create(
        Attendee(
            booking=whole,
            name=f"Nr {number}",
            email=f"{number}@example.net",
            status="cancelled",
            cancelled_at=NOW,
            joined_at=NOW,
            access_token_expires_at=NOW,
        )
        for number in range(400)
    )
    erase_personal_data(booking=whole, actor=SYSTEM, now=at(12))
    assert not Attendee.objects.exclude(name="", email="").exists()
    assert find_texts([TAINTS["email"], "399@example.net"]) == set()


def test_a_wait_is_erased_once_it_is_over(intro):
    entry = wait_for(intro, status="active")
    write_mail(f"waiting:{entry.pk}:joined:1", kind="joined")
    with pytest.raises(InvalidState, match="Leave it first"):
        erase_waitlist_entry(entry=entry, now=NOW)
    WaitlistEntry.objects.update(status="cancelled")
    erase_waitlist_entry(entry=entry, now=NOW)
    assert find_texts([*TAINTS.values(), str(entry.token), entry.token.hex]) == set()
    erase_waitlist_entry(entry=entry, now=at(20))
    assert WaitlistEntry.objects.get().erased_at == NOW


def test_all_that_is_stored_is_shown(life):
    data = get_stored_data(booking=life, now=NOW)
    shown = str(data)
    for name, text in TAINTS.items():
        assert text in shown, name
    assert data["former_times"][0]["start_time"] == "2026-03-02T10:00:00Z"
    assert [mail["name"] for mail in data["mails"]] == [
        "created",
        "rescheduled",
        "created",
        "offered",
        "cancelled",
    ]
    assert [row["action"] for row in data["history"]] == [
        "booking_created",
        "booking_rescheduled",
        "booking_updated",
        "booking_cancelled",
    ]


def test_our_sides_addresses_are_not_shown(life):
    row = get_stored_data(booking=life, now=NOW)["history"][2]
    assert (row["name"], row["email"], row["ip_address"], row["user_agent"]) == (
        "Ana Duarte",
        "",
        None,
        "",
    )


def test_a_link_shows_no_other_booking_of_the_address(intro, life):
    other = tainted(intro, at(14), notes="of the other booking")
    assert "of the other booking" not in str(get_stored_data(booking=life, now=NOW))
    assert str(other.pk) not in str(get_stored_data(booking=life, now=NOW))


def test_an_attendee_sees_nothing_of_the_others(session):
    lea, max_ = session
    data = str(get_stored_data(booking=lea, now=NOW))
    assert TAINTS["phone"] in data
    for text in ("Max", "max@example.net", str(max_.attendee.pk)):
        assert text not in data


@pytest.mark.parametrize("given", ["name", "email"])
def test_who_gives_anothers_name_or_address_sees_nothing_of_them(session, given):
    lea, _ = session
    entry = wait_for(lea.event_type, converted_booking=Booking.objects.get())
    WaitlistEntry.objects.filter(pk=entry.pk).update(invitee_email=TAINTS["email"])
    mallory = join(lea.event_type, at(10), "Mallory", **{f"invitee_{given}": TAINTS[given]})
    data = get_stored_data(booking=mallory, now=NOW)
    assert [row["action"] for row in data["history"]] == ["attendee_joined"]
    assert data["waitlist"] == []
    assert TAINTS[{"name": "email", "email": "name"}[given]] not in str(data)


def test_who_was_brought_sees_nothing_of_the_others(ana):
    yoga = make_event_type(ana, kind="group", max_attendees=5)
    guests = (Guest("Gil Guest", "gil@example.net"), Guest("Gus Guest", "gus@example.net"))
    lea = join(yoga, at(10), "Lea", guests=guests)
    BookingAuditLog.objects.update(ip_address=TAINTS["address"], user_agent=TAINTS["browser"])
    gil = get_booking_by_token(Attendee.objects.get(name="Gil Guest").access_token, now=NOW)
    shown = str(get_stored_data(booking=gil, now=NOW))
    assert "gil@example.net" in shown
    for text in ("Lea", "lea@", "gus@example.net", TAINTS["address"], TAINTS["browser"]):
        assert text not in shown
    own = str(get_stored_data(booking=lea, now=NOW))
    for text in ("lea@example.net", "gus@example.net", TAINTS["address"]):
        assert text in own


def test_erasing_spares_who_is_called_alike(ana):
    yoga = make_event_type(ana, kind="group", max_attendees=5)
    join(yoga, at(10), "Lea", notes="Lea's own notes")
    other = join(yoga, at(10), "Mallory", invitee_name="Lea", notes="e")
    actor = Actor(ActorType.ATTENDEE, "Lea", "mallory@example.net")
    cancel_booking(booking=other, cancelled_by="invitee", reason="", actor=actor, now=NOW)
    mails = OutboxRow.objects.filter(idempotency_key__contains=":joined:").order_by("id")
    before = mails[0].payload
    erase(Attendee.objects.get(pk=other.attendee.pk).seen_booking(seats=0), actor=actor)
    assert BookingAuditLog.objects.filter(actor_email="lea@example.net").exists()
    assert mails[0].payload == {
        **before,
        "notice": {
            **before["notice"],
            "attendees": [
                party
                if party["email"] != "mallory@example.net"
                else {**party, "name": "Erased", "email": ""}
                for party in before["notice"]["attendees"]
            ],
        },
    }
    told = mails[1].payload["notice"]
    assert (told["kind"], told["organizer"]["email"]) == ("joined", "ana@example.com")
    assert (told["invitee"]["name"], told["invitee"]["email"]) == ("Erased", "")


def test_erasing_spares_whose_address_was_typed(ana):
    yoga = make_event_type(ana, kind="group", max_attendees=3, enable_waitlist=True)
    _, *gone = [join(yoga, at(10), name) for name in ("Kim", "Jo", "Max")]
    entry = wait_in_line(yoga, at(10), "Lea")
    for seat in gone:
        cancel_booking(booking=seat, cancelled_by="invitee", reason="", actor=holder(seat), now=NOW)
    session = claim(entry)
    lea = Attendee.objects.get(name="Lea")
    other = join(yoga, at(10), "Mallory", invitee_email="LEA@example.net", invitee_name="Lea")
    cancel_booking(booking=other, cancelled_by="invitee", reason="", actor=holder(other), now=NOW)
    gone_again = Attendee.objects.get(pk=other.attendee.pk).seen_booking(seats=0)
    assert get_stored_data(booking=gone_again, now=NOW)["waitlist"] == []
    before = list(_texts_of(session, but=other))
    erase_personal_data(booking=gone_again, actor=holder(other), now=NOW)
    assert before == list(_texts_of(session, but=other))
    assert WaitlistEntry.objects.get().invitee_email == "lea@example.net"
    own = lea.seen_booking(seats=1)
    assert [one["name"] for one in get_stored_data(booking=own, now=NOW)["waitlist"]] == ["Lea"]
    erase_personal_data(booking=own, actor=holder(own), now=at(12))
    assert WaitlistEntry.objects.get().erased_at == at(12)
    assert not BookingAuditLog.objects.filter(actor_email__iexact="lea@example.net").exists()


def _texts_of(session, *, but):
    """What the audit rows about everybody else say."""
    rows = BookingAuditLog.objects.filter(booking_id=session.pk).order_by("id")
    for row in rows:
        if str(but.attendee.pk) not in row.metadata.get("attendees", []):
            yield row.action, row.actor_email, row.old_values, row.new_values


def test_the_words_of_who_left_last_go_with_them(ana):
    yoga = make_event_type(ana, kind="group", max_attendees=2)
    lea = join(yoga, at(10), "Lea")
    cancel_booking(
        booking=lea, cancelled_by="invitee", reason="I am ill", actor=holder(lea), now=NOW
    )
    erase(Attendee.objects.get().seen_booking(seats=0), actor=holder(lea))
    assert find_texts(["I am ill", "lea@example.net", "203.0.113.7"]) == set()


def test_a_download_is_written_down(life):
    download_stored_data(booking=life, actor=VISITOR, now=NOW)
    row = BookingAuditLog.objects.filter(booking=life).last()
    assert (row.action, row.actor_email) == (AuditAction.DATA_DOWNLOADED, TAINTS["email"])


def test_an_erased_booking_is_still_a_valid_row(life):
    erase(life)
    erased = Booking.objects.get(pk=life.pk)
    with pytest.raises(ValidationError):
        # Only because its name and address may not be blank where somebody books.
        erased.full_clean()
    assert str(erased).startswith("Erased")


def book_weekly(ana):
    return book_series(
        make_weekly(ana),
        at(10),
        invitee_name=TAINTS["name"],
        invitee_email=TAINTS["email"],
        invitee_phone=TAINTS["phone"],
        notes=TAINTS["notes"],
        invitee_timezone=TAINTS["zone"],
    )


def test_a_series_is_erased_whole_once_none_of_it_lies_ahead(ana):
    first, *_, last = book_weekly(ana)
    with pytest.raises(InvalidState, match="Some of these bookings still lie ahead"):
        erase_personal_data(booking=first, actor=VISITOR, now=at(12))
    erase_personal_data(booking=first, actor=VISITOR, now=last.end_time)
    tokens = [str(one.access_token) for one in (first, last)]
    assert find_texts([*TAINTS.values(), *tokens]) == set()
    assert verify_audit().is_whole


def test_one_date_of_a_series_going_by_itself_keeps_the_others(ana):
    first, second, *_ = book_weekly(ana)
    OutboxRow.objects.update(state="pending")
    assert erase_one_booking(booking=first, actor=SYSTEM, now=at(12))
    assert Booking.objects.get(pk=first.pk).erased_at == at(12)
    assert Booking.objects.get(pk=second.pk).invitee_name == TAINTS["name"]
    told = OutboxRow.objects.filter(state="pending", idempotency_key__startswith="mail:series:")
    readers = {row.payload["series"]["booking"]["invitee"]["email"] for row in told}
    assert readers == {TAINTS["email"]}


def test_who_was_moved_is_erased_from_the_former_session_too(session):
    lea, _ = session
    whole = Booking.objects.get()
    move_attendee(
        booking=whole, attendee_id=lea.attendee.pk, start=at(14), actor=ORGANIZER, now=NOW
    )
    moved = get_booking_by_token(lea.access_token, now=NOW)
    data = get_stored_data(booking=moved, now=NOW)
    assert data["history"][0]["action"] == "booking_created"
    erase_personal_data(booking=moved, actor=VISITOR, now=at(15))
    assert find_texts([*TAINTS.values(), str(lea.access_token)]) == set()
    assert verify_audit().is_whole


@pytest.mark.django_db(transaction=True)
def test_erasing_twice_and_sealing_at_once_leaves_one_whole_chain():
    intro = make_event_type(make_host())
    booking = tainted(intro, at(10))
    for number in range(4):
        changes = {"notes": f"{TAINTS['notes']} {number}"}
        update_booking(booking=booking, changes=changes, actor=VISITOR, now=NOW)
    outcomes = run_at_once(
        lambda: erase_personal_data(booking=booking, actor=SYSTEM, now=at(12)),
        lambda: erase_personal_data(booking=booking, actor=SYSTEM, now=at(12)),
        lambda: seal_audit_rows(now=at(12), batch=2),
        lambda: seal_audit_rows(now=at(12), batch=2),
        done="done",
        refused={},
    )
    assert outcomes == ["done"] * 4
    assert find_texts(TAINTS.values()) == set()
    erasures = BookingAuditLog.objects.filter(action=AuditAction.ERASED)
    assert erasures.count() == 1
    assert verify_audit().first_flaws == []
