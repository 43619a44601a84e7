"""Links that open a web calendar with the booking filled in."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from apps.notifications.notices import BookingNotice
from apps.notifications.people import name_others
from apps.notifications.texts import texts_for
from apps.notifications.wording import one_line, plain_text, shorten, web_link

# Browsers and calendars take addresses of about 2,000 characters.
_DETAILS_LENGTH = 600


def add_to_calendar_links(notice: BookingNotice) -> dict[str, str]:
    """The invitee's links by calendar: google, outlook, office365, yahoo."""
    texts = texts_for(notice.invitee.locale)
    title = texts.say(
        "summary",
        event_type=one_line(notice.event_type_name),
        other=name_others(notice, "invitee", texts),
    )
    details = shorten(plain_text(notice.event_type_description), _DETAILS_LENGTH)
    link = web_link(notice.meeting_link)
    if link:
        details = "\n\n".join(part for part in (details, f"{texts.say('join')}: {link}") if part)
    location = link or one_line(notice.location)
    compact = f"{_compact(notice.starts_at)}/{_compact(notice.ends_at)}"
    google = {
        "action": "TEMPLATE",
        "text": title,
        "dates": compact,
        "details": details,
        "location": location,
        "ctz": notice.invitee.timezone,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": title,
        "startdt": _rfc3339(notice.starts_at),
        "enddt": _rfc3339(notice.ends_at),
        "body": details,
        "location": location,
    }
    yahoo = {
        "v": "60",
        "title": title,
        "st": _compact(notice.starts_at),
        "et": _compact(notice.ends_at),
        "desc": details,
        "in_loc": location,
    }
    return {
        "google": _url("https://calendar.google.com/calendar/render", google),
        "outlook": _url("https://outlook.live.com/calendar/0/deeplink/compose", outlook),
        "office365": _url("https://outlook.office.com/calendar/0/deeplink/compose", outlook),
        "yahoo": _url("https://calendar.yahoo.com/", yahoo),
    }


def _compact(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _rfc3339(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _url(base: str, query: dict[str, str]) -> str:
    filled = {name: value for name, value in query.items() if value}
    return f"{base}?{urlencode(filled, quote_via=quote)}"
