"""What both sides are told of a series: one mail each, all dates in the reader's zone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from apps.common.models import OutboxRow
from apps.events.actors import Actor
from apps.events.models import Booking
from apps.events.models.audit import ActorType
from apps.events.services.series.scope import cancel_in_scope, reschedule_in_scope
from apps.events.tests.series_cast import book_series, make_weekly
from apps.notifications.mail.series_mails import compose_series_mail
from apps.notifications.public import SeriesNotice
from tests.cast import JONAS, NOW, at

pytestmark = pytest.mark.django_db

ANA = Actor(ActorType.ORGANIZER, "Ana Duarte", "ana@example.com")


@pytest.fixture
def bookings(ana) -> list[Booking]:
    return book_series(make_weekly(ana), at(10, days=14), notes="Bring the score")


def mail_to(audience: str) -> Any:
    """The latest mail about the series to that side."""
    rows = OutboxRow.objects.filter(name="notifications.send_series_mail").order_by("-pk")
    payload = next(row.payload for row in rows if row.payload["audience"] == audience)
    return compose_series_mail(
        SeriesNotice.from_json(payload["series"]),
        payload["audience"],
        message_id=payload["message_id"],
        references=payload["references"],
    )


def seen(booking: Booking) -> Booking:
    rows = Booking.objects.select_related("event_type", "organizer", "host", "recurrence")
    return rows.get(pk=booking.pk)


def html_of(mail: Any) -> str:
    return next(part[0] for part in mail.alternatives if part[1] == "text/html")


def methods_of(mail: Any) -> list[str]:
    return [part[1] for part in mail.alternatives if part[1].startswith("text/calendar")]


def test_the_invitee_reads_all_dates_on_their_own_clock(bookings):
    mail = mail_to("invitee")
    assert mail.to == ["Jonas Keller <jonas@keller.example>"]
    assert mail.subject.startswith("Confirmed: Lesson with Ana Duarte, 4 dates from Mon 16 Mar")
    # Lisbon and Berlin change their clocks in the same night.
    for line in ("Mon 16 Mar 2026, 11:00 – 11:30", "Mon 6 Apr 2026, 11:00 – 11:30"):
        assert f"- {line}" in mail.body
        assert line in html_of(mail)
    assert f"/booking/{bookings[0].access_token}/manage" in mail.body
    assert "Bring the score" not in mail.body
    assert methods_of(mail) == ["text/calendar; method=REQUEST"]


def test_our_side_reads_them_on_its_clock_with_the_notes(bookings):
    mail = mail_to("organizer")
    assert "- Mon 16 Mar 2026, 10:00 – 10:30" in mail.body
    assert "Bring the score" in mail.body
    assert methods_of(mail) == ["text/calendar; method=PUBLISH"]
    everything = mail.body + html_of(mail) + mail.attachments[-1][1].decode()
    for one in bookings:
        assert str(one.access_token) not in everything


def test_a_move_tells_where_each_was_and_what_stays(bookings):
    reschedule_in_scope(
        booking=seen(bookings[2]),
        start=datetime.fromisoformat("2026-03-30T14:00:00Z"),
        scope="following",
        actor=JONAS,
        now=NOW,
    )
    body = mail_to("invitee").body
    assert "Moved (2):" in body
    assert "- Mon 30 Mar 2026, 16:00 – 16:30 (was Mon 30 Mar 2026, 11:00" in body
    assert "As before (2):" in body
    assert "- Mon 16 Mar 2026, 11:00 – 11:30" in body


def test_a_cancellation_tells_who_did_it_and_what_stays(bookings):
    cancel_in_scope(
        booking=seen(bookings[1]),
        scope="following",
        cancelled_by="organizer",
        reason="Away",
        actor=ANA,
        now=NOW,
    )
    mail = mail_to("invitee")
    assert mail.subject.startswith("Cancelled: Lesson with Ana Duarte, 3 dates from")
    assert "Ana Duarte cancelled the dates below." in mail.body
    assert "Cancelled (3):" in mail.body
    assert "As before (1):" in mail.body
    assert "Away" in mail.body
    assert methods_of(mail) == ["text/calendar; method=CANCEL"]
    assert "You cancelled the dates below." in mail_to("organizer").body


def test_all_mails_of_a_series_are_one_thread(bookings):
    first = mail_to("invitee").extra_headers["Message-ID"]
    cancel_in_scope(
        booking=seen(bookings[1]),
        scope="this",
        cancelled_by="invitee",
        reason="",
        actor=JONAS,
        now=NOW,
    )
    rows = OutboxRow.objects.filter(name="notifications.send_booking_mail")
    told = next(row.payload for row in rows if row.payload["audience"] == "invitee")
    assert told["references"] == first
    cancel_in_scope(
        booking=seen(bookings[0]),
        scope="all",
        cancelled_by="invitee",
        reason="",
        actor=JONAS,
        now=NOW,
    )
    assert mail_to("invitee").extra_headers["References"] == first


def test_a_request_carries_no_calendar(ana):
    book_series(make_weekly(ana, requires_confirmation=True), at(10))
    mail = mail_to("invitee")
    assert mail.subject.startswith("Request: Lesson")
    assert "We have asked Ana Duarte to confirm the dates below." in mail.body
    assert methods_of(mail) == []
    assert mail.attachments == []
