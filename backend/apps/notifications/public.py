"""The door of notifications: what other apps may say to people about bookings."""

from __future__ import annotations

from typing import Literal

from apps.common.outbox import Effect
from apps.notifications.calendar_links import add_to_calendar_links
from apps.notifications.icalendar.series import write_series
from apps.notifications.icalendar.writer import Method, write_booking
from apps.notifications.mail.booking_mails import (
    booking_mails,
    host_mails,
    invitation_mails,
    invitee_mails,
)
from apps.notifications.mail.code_mails import compose_code_mail
from apps.notifications.mail.reassign_mails import reassign_mails
from apps.notifications.mail.series_mails import series_mails
from apps.notifications.mail.waitlist_mails import waiting_mail
from apps.notifications.notices import Audience, BookingNotice, NoticeKind, Party
from apps.notifications.series_notices import SeriesNotice, SeriesOccurrence
from apps.notifications.waiting_notices import WaitingKind, WaitingNotice

__all__ = [
    "BookingNotice",
    "Effect",
    "NoticeKind",
    "Party",
    "SeriesNotice",
    "SeriesOccurrence",
    "WaitingKind",
    "WaitingNotice",
    "add_to_calendar_links",
    "booking_mails",
    "calendar_file",
    "compose_code_mail",
    "host_mails",
    "invitation_mails",
    "invitee_mails",
    "reassign_mails",
    "series_calendar_file",
    "series_mails",
    "waiting_mail",
]


def calendar_file(
    notice: BookingNotice,
    *,
    method: Literal["PUBLISH", "REQUEST", "CANCEL"] = "PUBLISH",
    audience: Audience = "invitee",
) -> bytes:
    """The booking as an `.ics` file for `audience`: the same UID and SEQUENCE as in its mails.

    The invitee's copy carries the link of their token page; give it to nobody else.
    """
    chosen: Method = method
    return write_booking(notice, method=chosen, audience=audience)


def series_calendar_file(series: SeriesNotice, *, audience: Audience = "invitee") -> bytes:
    """A whole series as an `.ics` file to keep; as `calendar_file`."""
    return write_series(series, method="PUBLISH", audience=audience)
