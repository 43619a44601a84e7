"""The mail that carries a code; nothing in it was written by whoever asked for it."""

from __future__ import annotations

import hashlib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from apps.notifications.mail.composing import UTF8, render_template
from apps.notifications.mail.headers import encode_subject, mailbox
from apps.notifications.texts import texts_for
from apps.notifications.wording import one_line, safe_name, shorten

_TITLE_LENGTH = 120


def compose_code_mail(
    *,
    to: str,
    locale: str,
    code: str,
    minutes: int,
    event_type: str,
    organizer: str,
    key: str,
) -> EmailMultiAlternatives:
    """The mail with `code`, good for so many minutes; the same `key` gives the same Message-ID.

    Raises `UnusableAddress`.
    """
    texts = texts_for(locale)
    name = safe_name(organizer)
    lead = texts.say(
        "code_lead",
        event_type=shorten(one_line(event_type), _TITLE_LENGTH),
        organizer=name,
        minutes=str(minutes),
    )
    values = {
        "locale": texts.locale,
        "direction": texts.direction,
        "title": texts.say("code_title"),
        "lead": lead,
        "code": code,
        "closing": texts.say("code_closing"),
        "footer": texts.say("footer", organizer=name),
    }
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    mail = EmailMultiAlternatives(
        subject=encode_subject(texts.say("code_subject", code=code)),
        body=render_template("code.txt", values),
        to=[mailbox("", to)],
        headers={
            "Message-ID": f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "OOF, AutoReply",
        },
    )
    mail.encoding = UTF8
    mail.attach_alternative(render_template("code.html", values), "text/html")
    return mail
