"""What mails tell people who wait for a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from apps.notifications.mail.waitlist_mails import compose_waiting_mail, waiting_mail
from apps.notifications.notices import Party
from apps.notifications.waiting_notices import WaitingNotice

START = datetime(2027, 5, 4, 12, 30, tzinfo=UTC)
OFFERED = WaitingNotice(
    kind="offered",
    waiting_id="w1",
    number=1,
    event_type_name="Intro call",
    starts_at=START,
    ends_at=START + timedelta(minutes=30),
    is_span=False,
    organizer=Party("Ana Duarte", "ana@example.com", "Europe/Lisbon", "en"),
    invitee=Party("Wanda", "wanda@example.net", "Europe/Berlin", "en"),
    page_url="https://halfpast.example/waitlist/abc",
    position=1,
    offer_ends_at=START - timedelta(hours=20),
)


def _mail(notice):
    payload = waiting_mail(notice).payload
    return compose_waiting_mail(
        WaitingNotice.from_json(payload["notice"]),
        message_id=payload["message_id"],
        references=payload["references"],
    )


def test_an_offer_says_what_is_kept_until_when_and_where_to_take_it():
    mail = _mail(OFFERED)
    assert mail.subject.startswith("A time is free for you: Intro call with Ana Duarte, Tue 4 May")
    assert mail.to == ["Wanda <wanda@example.net>"]
    assert mail.reply_to == ["Ana Duarte <ana@example.com>"]
    for body in (mail.body, mail.alternatives[0].content):
        assert "14:30" in body
        assert "Europe/Berlin" in body
        assert "Mon 3 May 2027, 18:30" in body
        assert "https://halfpast.example/waitlist/abc" in body
    # Nothing is agreed, so nothing goes into a calendar.
    assert [part.mimetype for part in mail.alternatives] == ["text/html"]
    assert mail.attachments == []


def test_a_wait_for_a_day_names_the_day():
    midnight = datetime(2027, 5, 3, 22, 0, tzinfo=UTC)
    day = replace(
        OFFERED,
        kind="joined",
        starts_at=midnight,
        ends_at=midnight + timedelta(days=1),
        is_span=True,
        offer_ends_at=None,
        position=3,
    )
    body = _mail(day).body
    assert "Tuesday 4 May 2027\nAny time\n" in body
    assert "Your place in line: 3" in body
    longer = _mail(replace(day, ends_at=midnight + timedelta(days=3))).body
    assert "Tuesday 4 May 2027 – Thursday 6 May 2027" in longer


@pytest.mark.parametrize(
    "kind",
    ["joined", "offered", "lapsed", "expired", "left", "sooner_offered", "sooner_lapsed"],
)
def test_every_kind_has_its_words_and_an_identity_of_its_own(kind):
    notice = replace(OFFERED, kind=kind, booked_at=START)
    mail = _mail(notice)
    assert "{" not in mail.subject + mail.body
    assert mail.extra_headers["Message-ID"] != _mail(OFFERED).extra_headers["Message-ID"] or (
        kind == "offered"
    )
    second = waiting_mail(replace(notice, number=2))
    assert second.idempotency_key != waiting_mail(notice).idempotency_key
    assert second.ordering_key == waiting_mail(notice).ordering_key


def test_names_carry_no_links_into_mails():
    evil = replace(
        OFFERED,
        event_type_name="Call\r\nBcc: x@example.net",
        organizer=replace(OFFERED.organizer, name="https://evil.example Ana"),
    )
    mail = _mail(evil)
    assert "\n" not in mail.subject
    assert "https://evil" not in mail.body
    assert "https://evil" not in mail.alternatives[0].content
