"""Mails of bookings with several hosts, and of group sessions."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from apps.common.outbox.models import OutboxRow
from apps.notifications.icalendar.writer import write_booking
from apps.notifications.mail.booking_view import view_booking
from apps.notifications.notices import BookingNotice, Party
from apps.notifications.public import booking_mails, host_mails, invitee_mails
from apps.notifications.tests.rfc import check_calendar
from apps.notifications.tests.samples import ANA, BEN, JONAS, cancelled, changed
from apps.notifications.tests.test_booking_mails import part, send
from apps.notifications.texts import texts_for

CLEO = Party("Cleo Park", "cleo@ruiz.example", "Asia/Tokyo", "en")
MIA = Party("Mia Lund", "mia@lund.example", "Europe/Oslo", "en")
TOGETHER = changed(host=ANA, co_hosts=(BEN, CLEO))
NOBODY = Party("", "", "America/New_York", "en")
SESSION = changed(invitee=NOBODY, manage_url="", attendees=(JONAS, MIA), capacity=8, notes="")


@pytest.mark.django_db
def test_every_host_is_told_once(mail_server):
    send(changed(host=BEN, co_hosts=(ANA, CLEO, replace(BEN, name="Ben again"))))
    recipients = [mail.recipients for mail in mail_server.accepted]
    assert recipients == [[JONAS.email], [ANA.email], [BEN.email], [CLEO.email]]
    for mail in mail_server.accepted[1:]:
        text = part(mail, "text/plain")
        assert "Jonas Keller booked a time with you." in text
        assert "Hosts: Ben Osei, Ana Ruiz, Cleo Park and Ben again" in text


@pytest.mark.django_db
def test_each_host_reads_the_time_on_their_own_clock(mail_server):
    send(TOGETHER)
    [ben] = mail_server.to(BEN.email)
    [cleo] = mail_server.to(CLEO.email)
    assert "13:30 – 14:00" in part(ben, "text/plain")
    assert "21:30 – 22:00" in part(cleo, "text/plain")


@pytest.mark.django_db
def test_the_invitee_is_told_whom_they_meet(mail_server):
    send(TOGETHER)
    [mail] = mail_server.to(JONAS.email)
    assert mail.message["Subject"].startswith(
        "Confirmed: Portrait sitting with Ana Ruiz, Ben Osei and Cleo Park, "
    )
    assert mail.message["Reply-To"] == "Ana Ruiz <ana@ruiz.example>"
    calendar = part(mail, "text/calendar").replace("\r\n ", "")
    assert 'ORGANIZER;CN="Ana Ruiz"' in calendar
    for address in (JONAS.email, BEN.email, CLEO.email):
        assert f"mailto:{address}" in calendar


@pytest.mark.django_db
def test_one_hosts_refusal_keeps_no_mail_from_the_others(mail_server):
    mail_server.refuse_recipient[BEN.email] = "550 5.1.1 no such mailbox"
    send(TOGETHER)
    assert [mail.recipients for mail in mail_server.accepted] == [
        [JONAS.email], [ANA.email], [CLEO.email],
    ]  # fmt: skip
    assert OutboxRow.objects.get(state="dead").payload["notice"]["reader"]["email"] == BEN.email


@pytest.mark.parametrize(("count", "shown"), [
    (1, "A"), (2, "A and B"), (3, "A, B and C"), (4, "A, B, C and D"), (6, "A, B, C and 3 more"),
])  # fmt: skip
def test_many_names_are_cut_short(count, shown):
    assert texts_for("en").names(list("ABCDEF"[:count])) == shown


def test_a_crowd_of_hosts_is_told_in_space_that_grows_with_their_number():
    def size(count: int) -> int:
        crowd = tuple(Party(f"Host {n}", f"h{n}@x.example", "UTC", "en") for n in range(count))
        mails = booking_mails(changed(host=crowd[0], co_hosts=(*crowd[1:], ANA)))
        assert len(mails) == count + 2
        return sum(len(json.dumps(mail.payload)) for mail in mails)

    assert size(400) < 2.2 * size(200)
    crowd = tuple(Party(f"Host {n}", f"h{n}@x.example", "UTC", "en") for n in range(99))
    notice = changed(host=crowd[0], co_hosts=(*crowd[1:], ANA)).abridged()
    view = view_booking(notice, "organizer")
    assert view.lead == "Jonas Keller booked a time with you."
    assert "Host 0, Ana Ruiz, Host 1 and 97 more" in [row.text for row in view.rows]


def test_who_cancelled_is_named_to_everybody_else():
    notice = changed(
        cancelled(TOGETHER, by="organizer"), actor_name=BEN.name, actor_email=BEN.email
    )
    leads = {
        reader.name: view_booking(notice.for_host(reader), "host").lead for reader in (BEN, CLEO)
    }
    leads["organizer"] = view_booking(notice, "organizer").lead
    leads["invitee"] = view_booking(notice, "invitee").lead
    by_ben = "Ben Osei cancelled this booking. There is nothing left to do."
    assert leads == {
        "Ben Osei": "You cancelled this booking. There is nothing left to do.",
        "Cleo Park": by_ben,
        "organizer": by_ben,
        "invitee": by_ben,
    }


def test_who_was_brought_along_is_not_told_that_they_cancelled():
    notice = changed(cancelled(), invitee=MIA, actor_name=JONAS.name, actor_email=JONAS.email)
    view = view_booking(notice, "invitee")
    assert view.lead == "This booking is cancelled. There is nothing left to do."
    assert view.quotes == ()


def test_our_side_of_a_session_names_everybody_and_answers_nobody_at_once():
    view = view_booking(changed(SESSION, kind="rescheduled"), "organizer")
    assert view.subject.startswith("Moved: Portrait sitting with Jonas Keller and Mia Lund, now ")
    assert (view.rows[0].label, view.rows[0].text) == (
        "Attendees (2 of 8)",
        "Jonas Keller, Mia Lund",
    )
    assert (view.reply_hint, view.when.other) == ("", "")
    raw = write_booking(SESSION, method="PUBLISH", audience="organizer")
    event = check_calendar(raw, method="PUBLISH")
    assert event["SUMMARY"] == "Portrait sitting with Jonas Keller and Mia Lund"
    assert f"Mia Lund <{MIA.email}>" in event["DESCRIPTION"]


@pytest.mark.django_db
def test_who_joins_or_leaves_is_news_each_time(mail_server):
    joined = changed(SESSION, kind="joined", invitee=MIA, attendee_id="a1", attendees=(JONAS, MIA))
    also = changed(joined, invitee=CLEO, attendee_id="a2", attendees=(JONAS, MIA, CLEO))
    left = changed(joined, kind="left", attendees=(JONAS, CLEO))
    effects = [effect for notice in (joined, also, left) for effect in host_mails(notice)]
    assert {effect.payload["audience"] for effect in effects} == {"organizer"}
    assert len({effect.idempotency_key for effect in effects}) == 3
    assert len({effect.payload["message_id"] for effect in effects}) == 3
    view = view_booking(left, "organizer")
    assert view.subject.startswith("Mia Lund left Portrait sitting, ")
    assert view.lead == "Mia Lund left your session, which goes on."
    raw = write_booking(left, method="PUBLISH", audience="organizer")
    assert check_calendar(raw, method="PUBLISH")["STATUS"] == "CONFIRMED"


def test_two_attendees_with_one_address_get_a_mail_each():
    copies = [changed(attendee_id=name, uid=f"{name}@book.example.com") for name in ("a1", "a2")]
    mails = invitee_mails(copies)
    assert len({mail.idempotency_key for mail in mails}) == 2
    assert len({mail.payload["message_id"] for mail in mails}) == 2


def test_a_notice_of_an_older_version_is_still_sent():
    data = changed().to_json()
    added = (
        "co_hosts",
        "further_hosts",
        "attendees",
        "capacity",
        "attendee_id",
        "actor_name",
        "actor_email",
    )
    older = {name: value for name, value in data.items() if name not in (*added, "reader")}
    assert BookingNotice.from_json(older) == changed()
    assert len(booking_mails(BookingNotice.from_json(older))) == 2


def test_several_people_survive_json():
    notice = changed(TOGETHER, attendees=(JONAS, MIA)).for_host(CLEO)
    assert BookingNotice.from_json(notice.to_json()) == notice
