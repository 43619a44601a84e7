"""A booking's story, told to Ana (organizer, New York) and Jonas (invitee, Berlin)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from apps.notifications.public import BookingNotice, Party

ANA = Party("Ana Ruiz", "ana@ruiz.example", "America/New_York", "en")
JONAS = Party("Jonas Keller", "jonas@keller.example", "Europe/Berlin", "en")
BEN = Party("Ben Osei", "ben@ruiz.example", "Europe/London", "en")

BOOKED = BookingNotice(
    kind="created",
    booking_id="6f1c6c1e-0f0e-4f6b-9f0c-2b6f4f8f2a10",
    uid="6f1c6c1e-0f0e-4f6b-9f0c-2b6f4f8f2a10@book.example.com",
    sequence=0,
    event_type_name="Portrait sitting",
    event_type_description="A first sitting in the studio.",
    starts_at=datetime(2027, 5, 4, 12, 30, tzinfo=UTC),
    ends_at=datetime(2027, 5, 4, 13, 0, tzinfo=UTC),
    previous_starts_at=None,
    location_type="video_call",
    location="Video call",
    meeting_link="https://meet.example.com/portrait",
    organizer=ANA,
    host=ANA,
    invitee=JONAS,
    manage_url="https://book.example.com/booking/5b0c3a52-token/",
    dashboard_url="https://book.example.com/dashboard/bookings/6f1c6c1e/",
    cancelled_by="",
    cancellation_reason="",
    notes="Please bring the blue chair.",
    answers=(("How did you find us?", "A friend, Mia"),),
    occurred_at=datetime(2027, 5, 1, 9, 0, tzinfo=UTC),
)


def changed(notice: BookingNotice = BOOKED, **values: Any) -> BookingNotice:
    """The notice with other values."""
    return replace(notice, **values)


def moved(notice: BookingNotice = BOOKED) -> BookingNotice:
    """The next message of the story: an hour later."""
    return replace(
        notice,
        kind="rescheduled",
        sequence=notice.sequence + 1,
        previous_starts_at=notice.starts_at,
        starts_at=notice.starts_at + timedelta(hours=1),
        ends_at=notice.ends_at + timedelta(hours=1),
        occurred_at=notice.occurred_at + timedelta(minutes=1),
    )


def cancelled(notice: BookingNotice = BOOKED, by: str = "invitee") -> BookingNotice:
    """The last message of the story."""
    return replace(
        notice,
        kind="cancelled",
        sequence=notice.sequence + 1,
        cancelled_by=by,
        cancellation_reason="The studio is closed that day.",
        occurred_at=notice.occurred_at + timedelta(minutes=2),
    )
