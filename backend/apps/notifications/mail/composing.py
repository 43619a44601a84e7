"""A booking mail as MIME: multipart/mixed(alternative(text, html, calendar), invite.ics)."""

from __future__ import annotations

from collections.abc import Mapping
from email import charset
from pathlib import Path
from typing import Any, NoReturn

from django.core.mail import EmailMultiAlternatives
from django.template import Context, Engine

from apps.common.addresses import UnusableAddress
from apps.notifications.icalendar.writer import method_for, write_booking
from apps.notifications.mail.booking_view import BookingView, view_booking
from apps.notifications.mail.enclosed_calendar import find_enclosed
from apps.notifications.mail.headers import encode_subject, mailbox
from apps.notifications.notices import Audience, BookingNotice, Party
from apps.notifications.wording import safe_name

# Quoted-printable: 8-bit parts are broken by servers that do not offer 8BITMIME, and it keeps the
# calendar part's lines as they are. (Django passes a Charset object on to email.mime.)
UTF8 = charset.Charset("utf-8")
UTF8.body_encoding = charset.QP
_TEMPLATES = Path(__file__).parent / "templates"


class MissingTemplateValue(Exception):
    """A mail template names something that the view does not have."""


class _Refusal(str):
    """Django renders an unknown variable as nothing; in a mail that must not pass unseen."""

    __slots__ = ()

    def __mod__(self, variable: object) -> NoReturn:
        raise MissingTemplateValue(str(variable))


_HTML = Engine(dirs=[str(_TEMPLATES)], string_if_invalid=_Refusal("%s"))
_TEXT = Engine(dirs=[str(_TEMPLATES)], string_if_invalid=_Refusal("%s"), autoescape=False)


def compose_booking_mail(
    notice: BookingNotice, audience: Audience, *, message_id: str, references: str
) -> EmailMultiAlternatives:
    """The mail to `audience`. The same notice gives the same parts at each call.

    Replies go to the other side, unless its address is unusable: that keeps no mail from the
    reader. `references` is the first Message-ID of the thread.
    Raises `UnusableAddress` when the reader's own address is one to which no mail can go.
    """
    mail = mail_of(
        view_booking(notice, audience),
        to=notice.recipient(audience),
        replies_to=notice.counterpart(audience),
        message_id=message_id,
        references=references,
    )
    enclosed = find_enclosed(notice, audience)
    if enclosed is not None:
        method = method_for(enclosed, audience)
        calendar = write_booking(enclosed, method=method, audience=audience)
        mail.attach_alternative(calendar.decode(), f"text/calendar; method={method}")
        mail.attach("invite.ics", calendar, "application/ics")
    return mail


def mail_of(
    view: BookingView, *, to: Party, replies_to: Party, message_id: str, references: str
) -> EmailMultiAlternatives:
    """The mail that shows `view`, without a calendar part. Raises as `compose_booking_mail`."""
    headers = {
        "Message-ID": message_id,
        "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office answers
        "X-Auto-Response-Suppress": "OOF, AutoReply",  # the same for Exchange
    }
    if references != message_id:
        headers |= {"In-Reply-To": references, "References": references}
    mail = EmailMultiAlternatives(
        subject=encode_subject(view.subject),
        body=render_text(view),
        to=[_mailbox(to)],
        reply_to=_reply_to(replies_to),
        headers=headers,
    )
    mail.encoding = UTF8
    mail.attach_alternative(render_html(view), "text/html")
    return mail


def render_text(view: BookingView) -> str:
    """The plain text part."""
    return render_template("booking.txt", {"mail": view})


def render_html(view: BookingView) -> str:
    """The HTML part: no images, no outside resources, readable in dark mode."""
    return render_template("booking.html", {"mail": view})


def render_template(name: str, values: Mapping[str, Any]) -> str:
    """A template of this folder; values are escaped in those that end with ".html"."""
    engine = _HTML if name.endswith(".html") else _TEXT
    context = Context(dict(values), autoescape=engine.autoescape)
    return engine.get_template(name).render(context)


def _mailbox(party: Party) -> str:
    return mailbox(safe_name(party.name), party.email)


def _reply_to(party: Party) -> list[str]:
    try:
        return [_mailbox(party)]
    except UnusableAddress:
        return []
