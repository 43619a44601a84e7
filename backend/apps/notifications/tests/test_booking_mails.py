"""Mails about bookings as a mail server receives them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import policy
from email.header import decode_header, make_header
from email.parser import BytesParser
from email.utils import parseaddr
from html.parser import HTMLParser

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.common.outbox import enqueue
from apps.common.outbox.draining import drain
from apps.common.outbox.models import OutboxRow
from apps.common.time import utc_now
from apps.notifications.mail.booking_mails import message_id, thread_root
from apps.notifications.mail.booking_view import view_booking
from apps.notifications.mail.composing import compose_booking_mail
from apps.notifications.notices import BookingNotice
from apps.notifications.public import booking_mails, invitation_mails
from apps.notifications.tests.mail_server import Accepted
from apps.notifications.tests.rfc import check_calendar
from apps.notifications.tests.samples import ANA, BEN, BOOKED, JONAS, cancelled, changed, moved
from apps.notifications.tests.strangers import texts
from apps.notifications.wording import one_line, safe_name

STORY = [BOOKED, moved(BOOKED), cancelled(moved(BOOKED), by="organizer")]


def send(*notices: BookingNotice) -> None:
    """Write the notices' mails and let the outbox send them."""
    for notice in notices:
        with transaction.atomic():
            enqueue(booking_mails(notice), now=utc_now())
        drain()


def part(mail: Accepted, content_type: str) -> str:
    [found] = [p for p in mail.message.walk() if p.get_content_type() == content_type]
    return str(found.get_content())


class Links(HTMLParser):
    """The addresses that HTML links to, and the elements it uses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.elements: set[str] = set()
        self.outside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        for name, value in attrs:
            if name == "href":
                self.links.append(value or "")
            if name in {"src", "background", "srcset"}:
                self.outside.append(value or "")


@pytest.mark.django_db
def test_both_sides_get_one_mail_each_with_its_parts_in_order(mail_server):
    send(BOOKED)
    assert [mail.recipients for mail in mail_server.accepted] == [[JONAS.email], [ANA.email]]
    for mail in mail_server.accepted:
        message = mail.message
        assert message.get_content_type() == "multipart/mixed"
        alternative, attachment = message.iter_parts()
        assert [p.get_content_type() for p in alternative.iter_parts()] == [
            "text/plain", "text/html", "text/calendar",
        ]  # fmt: skip
        assert attachment.get_content_type() == "application/ics"
        assert attachment.get_filename() == "invite.ics"
        assert message.defects == []
        assert b"\n" not in mail.raw.replace(b"\r\n", b"")
        assert mail.raw.isascii()


@pytest.mark.django_db
@pytest.mark.parametrize(("notice", "to_invitee"), [
    (BOOKED, "REQUEST"), (moved(), "REQUEST"), (cancelled(), "CANCEL"),
])  # fmt: skip
def test_the_calendar_part_names_the_method_that_it_carries(mail_server, notice, to_invitee):
    send(notice)
    for mail, method in zip(mail_server.accepted, [to_invitee, "PUBLISH"], strict=True):
        [calendar] = [p for p in mail.message.walk() if p.get_content_type() == "text/calendar"]
        assert calendar.get_param("method") == method
        assert str(calendar.get_content_charset()).lower() == "utf-8"
        raw = calendar.get_payload(decode=True)
        event = check_calendar(raw, method=method)
        assert (event["UID"], event["SEQUENCE"]) == (notice.uid, notice.sequence)
        [attached] = [p for p in mail.message.walk() if p.get_content_type() == "application/ics"]
        assert attached.get_payload(decode=True) == raw


@pytest.mark.django_db
def test_replies_go_to_the_other_side_and_machines_are_told(mail_server):
    send(BOOKED)
    invitee, organizer = (mail.message for mail in mail_server.accepted)
    assert invitee["Reply-To"] == "Ana Ruiz <ana@ruiz.example>"
    assert organizer["Reply-To"] == "Jonas Keller <jonas@keller.example>"
    for message in (invitee, organizer):
        assert message["From"] == "Halfpast <halfpast@book.example.com>"
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["List-Unsubscribe"] is None


@pytest.mark.django_db
def test_a_bookings_mails_are_one_thread_with_fixed_identities(mail_server):
    send(*STORY)
    messages = [mail.message for mail in mail_server.to(JONAS.email)]
    assert len({message["Message-ID"] for message in messages}) == 3
    assert "References" not in messages[0]
    for later in messages[1:]:
        assert later["References"] == later["In-Reply-To"] == messages[0]["Message-ID"]
    assert messages[0]["Message-ID"] == thread_root(BOOKED, "invitee")
    ours = {mail.message["Message-ID"] for mail in mail_server.to(ANA.email)}
    assert ours.isdisjoint({message["Message-ID"] for message in messages})


@pytest.mark.django_db
def test_publishing_twice_sends_once(mail_server):
    send(BOOKED, BOOKED)
    assert len(mail_server.accepted) == 2


@pytest.mark.django_db
def test_a_host_who_is_somebody_else_is_told_too(mail_server):
    send(changed(host=BEN))
    assert [mail.recipients for mail in mail_server.accepted] == [
        [JONAS.email], [ANA.email], [BEN.email],
    ]  # fmt: skip
    assert "Jonas Keller booked a time with Ben Osei." in part(
        mail_server.accepted[1], "text/plain"
    )
    assert "Jonas Keller booked a time with you." in part(mail_server.accepted[2], "text/plain")


@pytest.mark.django_db
def test_subjects_say_the_fact_first_in_the_readers_time(mail_server):
    send(*STORY)
    assert [mail.message["Subject"] for mail in mail_server.to(JONAS.email)] == [
        "Confirmed: Portrait sitting with Ana Ruiz, Tue 4 May 2027, 14:30 (Europe/Berlin)",
        "Moved: Portrait sitting with Ana Ruiz, now Tue 4 May 2027, 15:30 (Europe/Berlin)",
        "Cancelled: Portrait sitting with Ana Ruiz, Tue 4 May 2027, 15:30 (Europe/Berlin)",
    ]
    assert mail_server.to(ANA.email)[0].message["Subject"] == (
        "Confirmed: Portrait sitting with Jonas Keller, Tue 4 May 2027, 08:30 (America/New_York)"
    )


@pytest.mark.django_db
def test_text_and_html_say_the_same(mail_server):
    send(*STORY)
    for mail, lines in zip(mail_server.to(JONAS.email), [
        ["Tuesday 4 May 2027", "14:30 – 15:00", "Europe/Berlin (UTC+2)",
         "For Ana Ruiz: 08:30 – 09:00, America/New_York (UTC−4)", "Video call",
         "https://meet.example.com/portrait", BOOKED.manage_url, "Change or cancel"],
        ["15:30 – 16:00", "Was: Tue 4 May 2027, 14:30 (Europe/Berlin)", BOOKED.manage_url],
        ["Ana Ruiz cancelled this booking.", "The studio is closed that day."],
    ], strict=True):  # fmt: skip
        text, html = part(mail, "text/plain"), part(mail, "text/html")
        for line in lines:
            assert line in text
            assert line in html


@pytest.mark.django_db
def test_a_cancelled_booking_offers_nothing_to_join_or_change(mail_server):
    send(cancelled())
    mail = mail_server.to(JONAS.email)[0]
    assert "You cancelled this booking." in part(mail, "text/plain")
    assert Links(part(mail, "text/html")).links == []
    # What the invitee wrote as a reason goes to the other side only.
    assert "closed that day" not in part(mail, "text/plain")
    assert "closed that day" in part(mail_server.to(ANA.email)[0], "text/plain")


@pytest.mark.django_db
def test_the_token_and_the_answers_stay_on_their_own_side(mail_server):
    send(BOOKED, moved())
    for mail in mail_server.to(ANA.email):
        assert "token" not in part(mail, "text/plain") + part(mail, "text/html")
        assert "Please bring the blue chair." in part(mail, "text/plain")
        assert "A friend, Mia" in part(mail, "text/html")
    for mail in mail_server.to(JONAS.email):
        assert "blue chair" not in part(mail, "text/plain") + part(mail, "text/html")


@pytest.mark.django_db
def test_html_needs_no_images_and_loads_nothing(mail_server):
    send(BOOKED)
    for mail in mail_server.accepted:
        seen = Links(part(mail, "text/html"))
        assert seen.outside == []
        assert seen.elements.isdisjoint({"img", "script", "iframe", "form", "link", "object"})
        assert "prefers-color-scheme: dark" in part(mail, "text/html")


def test_the_other_time_is_told_only_when_it_differs():
    def other_time(invitee_zone: str, **values: datetime) -> str:
        notice = changed(
            invitee=replace(JONAS, timezone=invitee_zone),
            host=replace(ANA, timezone="Europe/Berlin"),
            **values,
        )
        return view_booking(notice, "invitee").when.other

    assert other_time("Europe/Berlin") == ""
    assert other_time("Europe/Paris") == ""
    assert other_time("Asia/Kolkata") == "For Ana Ruiz: 14:30 – 15:00, Europe/Berlin (UTC+2)"
    assert other_time("Pacific/Auckland") == (
        "For Ana Ruiz: Tue 4 May 2027, 14:30 – 15:00, Europe/Berlin (UTC+2)"
    )


def test_a_booking_over_midnight_names_both_days():
    late = changed(
        starts_at=datetime(2027, 5, 4, 21, 30, tzinfo=UTC),
        ends_at=datetime(2027, 5, 4, 22, 30, tzinfo=UTC),
    )
    when = view_booking(late, "invitee").when
    assert (when.date, when.span) == ("Tuesday 4 May 2027", "23:30 – 00:30 (Wed 5 May 2027)")


def test_locales_change_the_form_of_dates_and_unknown_ones_read_english():
    american = view_booking(changed(invitee=replace(JONAS, locale="en-US")), "invitee")
    assert american.when.date == "Tuesday, May 4, 2027"
    assert american.when.span == "2:30 PM – 3:00 PM"
    unknown = view_booking(changed(invitee=replace(JONAS, locale="tlh")), "invitee")
    assert unknown.when.date == "Tuesday 4 May 2027"
    assert unknown.locale == "en"


@pytest.mark.django_db
def test_one_recipients_refusal_is_dead_with_its_reason_and_stops_nobody(mail_server):
    mail_server.refuse_recipient[JONAS.email] = "550 5.1.1 no such mailbox"
    send(*STORY)
    assert len(mail_server.to(ANA.email)) == 3
    refused = OutboxRow.objects.filter(payload__audience="invitee")
    assert {row.state for row in refused} == {"dead"}
    assert {row.last_error for row in refused} == {
        "The mail server refused the recipient: 550 5.1.1 no such mailbox"
    }
    assert {row.attempts for row in refused} == {1}


@pytest.mark.django_db
@pytest.mark.parametrize(("reply", "state"), [
    ("451 4.7.1 greylisted", "pending"), ("552 5.2.2 mailbox full", "dead"),
])  # fmt: skip
def test_refused_messages_follow_the_servers_word(mail_server, reply, state):
    mail_server.refuse_data = reply
    send(BOOKED)
    for row in OutboxRow.objects.all():
        assert (row.state, row.last_error) == (
            state, f"The mail server refused the message: {reply}",
        )  # fmt: skip


@pytest.mark.django_db
def test_a_greylisted_mail_is_sent_later_under_the_same_identity(mail_server):
    mail_server.refuse_recipient[JONAS.email] = "451 4.7.1 try later"
    send(BOOKED)
    row = OutboxRow.objects.get(payload__audience="invitee")
    assert (row.state, row.attempts) == ("pending", 1)
    mail_server.refuse_recipient.clear()
    OutboxRow.objects.filter(id=row.id).update(run_at=row.created_at)
    drain()
    [mail] = mail_server.to(JONAS.email)
    assert mail.message["Message-ID"] == row.payload["message_id"]


@pytest.mark.django_db
def test_no_server_means_later(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    send(BOOKED)
    for row in OutboxRow.objects.all():
        assert row.state == "pending"
        assert row.last_error.startswith("The mail server cannot be used: ")


def unspaced(text: str) -> str:
    """Python's new parser (3.11) puts blanks between the encoded words of a name."""
    return text.replace(" ", "")


_LINKABLE = re.compile(r"(?i)://|\w[.。．｡]\w")


@settings(max_examples=150, deadline=None)
@given(name=texts, other=texts, title=texts, text=texts, kind=st.sampled_from(STORY))
def test_no_text_of_a_stranger_reaches_headers_mark_up_or_links(name, other, title, text, kind):
    notice = changed(
        kind,
        event_type_name=title,
        invitee=replace(JONAS, name=name),
        organizer=replace(ANA, name=other),
        host=replace(ANA, name=other),
        notes=text,
        answers=((title, text),),
        cancellation_reason=text,
        location=title,
    )
    for audience in ("invitee", "organizer"):
        mail = compose_booking_mail(
            notice,
            audience,
            message_id=message_id(notice, audience, kind=notice.kind, sequence=notice.sequence),
            references=thread_root(notice, audience),
        )
        wire = Accepted([], mail.message().as_bytes(linesep="\r\n"))
        message = wire.message
        assert set(message.keys()) <= {
            "Content-Type", "MIME-Version", "Subject", "From", "To", "Reply-To", "Date",
            "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "In-Reply-To",
            "References",
        }  # fmt: skip
        [to] = message["To"].addresses
        [reply_to] = message["Reply-To"].addresses
        assert to.addr_spec == notice.recipient(audience).email
        assert reply_to.addr_spec == notice.counterpart(audience).email
        for address, party in (
            (to, notice.recipient(audience)),
            (reply_to, notice.counterpart(audience)),
        ):
            assert unspaced(address.display_name) == unspaced(safe_name(party.name))
        old = BytesParser(policy=policy.compat32).parsebytes(wire.raw)
        for header, party in (
            ("To", notice.recipient(audience)),
            ("Reply-To", notice.counterpart(audience)),
        ):
            shown, address = parseaddr(old[header].replace("\r\n", ""))
            assert str(make_header(decode_header(shown))) == safe_name(party.name)
            assert address == party.email
        subject = old["Subject"]
        assert not subject.startswith(("\r", "\n", " "))
        assert str(make_header(decode_header(subject.replace("\r\n", "")))) == one_line(
            view_booking(notice, audience).subject
        )
        assert not re.search(r"[\r\n]", str(message["Subject"]))
        assert len(list(message.iter_parts())) == 2
        html = Links(part(wire, "text/html"))
        assert html.elements <= {
            "html", "head", "meta", "title", "style", "body", "div", "table", "tr", "td", "p",
            "span", "h1", "a", "s", "br", "blockquote",
        }  # fmt: skip
        allowed = {notice.meeting_link, f"mailto:{JONAS.email}"}
        allowed.add(notice.manage_url if audience == "invitee" else notice.dashboard_url)
        assert set(html.links) <= allowed
        shown = view_booking(replace(notice, event_type_name="Call"), audience)
        assert not _LINKABLE.search(shown.title)
        assert not _LINKABLE.search(shown.reply_hint)


def test_a_template_that_names_what_does_not_exist_fails_loudly():
    from django.template import Context

    from apps.notifications.mail import composing

    for engine in (composing._HTML, composing._TEXT):
        template = engine.from_string("{{ mail.titel }}")
        with pytest.raises(composing.MissingTemplateValue, match=r"mail\.titel"):
            template.render(Context({"mail": view_booking(BOOKED, "invitee")}))


def test_notices_survive_json():
    import json

    for notice in [*STORY, changed(previous_starts_at=BOOKED.starts_at - timedelta(days=1))]:
        data = json.loads(json.dumps(notice.to_json()))
        assert BookingNotice.from_json(data) == notice
        assert BookingNotice.from_json({**data, "a_later_field": 1}) == notice


def test_somebody_without_a_name_is_shown_by_address():
    nameless = changed(invitee=replace(JONAS, name="\u202e "))
    assert view_booking(nameless, "organizer").title == (
        "Portrait sitting with jonas@keller. example"
    )


@pytest.mark.django_db
def test_one_sides_unusable_address_keeps_no_mail_from_the_other(mail_server):
    send(changed(invitee=replace(JONAS, email="jürgen@keller.example")))
    [mail] = mail_server.accepted
    assert mail.recipients == [ANA.email]
    assert mail.message["Reply-To"] is None
    lost = OutboxRow.objects.get(state="dead")
    assert "No mail can go to this address" in lost.last_error
    assert lost.attempts == 1


@pytest.mark.django_db
def test_international_domains_are_written_to_in_ascii(mail_server):
    send(changed(invitee=replace(JONAS, email="jonas@exämple.com")))
    invitee, organizer = mail_server.accepted
    assert invitee.recipients == ["jonas@xn--exmple-cua.com"]
    assert organizer.message["Reply-To"] == "Jonas Keller <jonas@xn--exmple-cua.com>"
    assert "mailto:jonas@xn--exmple-cua.com" in part(invitee, "text/calendar").replace("\n ", "")


def test_the_invitation_is_sent_once_for_each_link():
    [first] = invitation_mails(BOOKED)
    [again] = invitation_mails(BOOKED)
    [other] = invitation_mails(changed(manage_url="https://book.example.com/booking/other/"))
    known = {effect.idempotency_key for effect in booking_mails(BOOKED)}
    assert first == again
    assert len({first.idempotency_key, other.idempotency_key} | known) == 2 + len(known)
    ids = {effect.payload["message_id"] for effect in (first, other, *booking_mails(BOOKED))}
    assert len(ids) == 4
    assert first.payload["audience"] == other.payload["audience"] == "invitee"
