"""Which mails follow a change of a booking: one effect for each reader."""

from __future__ import annotations

import hashlib
from email.utils import parseaddr

from django.conf import settings

from apps.common.outbox import Effect
from apps.notifications.notices import Audience, BookingNotice, NoticeKind

EFFECT_NAME = "notifications.send_booking_mail"


def booking_mails(notice: BookingNotice) -> list[Effect]:
    """One mail to the invitee, one to the organizer, one to a host who is somebody else.

    In order per reader; each with a Message-ID fixed now, so that a repeat is the same mail.
    """
    return [_effect(notice, audience) for audience in audiences(notice)]


def invitation_mails(notice: BookingNotice) -> list[Effect]:
    """The invitation once more, to the invitee alone: one mail for each link there ever was."""
    link = hashlib.sha256(notice.manage_url.encode()).hexdigest()[:8]
    return [_effect(notice, "invitee", edition=link)]


def audiences(notice: BookingNotice) -> list[Audience]:
    """Who is told."""
    readers: list[Audience] = ["invitee", "organizer"]
    if notice.is_served_by_another:
        readers.append("host")
    return readers


def message_id(
    notice: BookingNotice,
    audience: Audience,
    *,
    kind: NoticeKind,
    sequence: int,
    edition: str = "",
) -> str:
    """The Message-ID of the mail that tells `audience` of that change.

    `edition` sets a mail apart that says the same again.
    """
    key = f"{_line(notice, audience)}:{kind}:{sequence}:{notice.uid}"
    key += f":{edition}" if edition else ""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def thread_root(notice: BookingNotice, audience: Audience) -> str:
    """The Message-ID that all mails of one booking to one reader refer to: the first one's."""
    return message_id(notice, audience, kind="created", sequence=0)


def _effect(notice: BookingNotice, audience: Audience, *, edition: str = "") -> Effect:
    line = _line(notice, audience)
    identity = message_id(
        notice, audience, kind=notice.kind, sequence=notice.sequence, edition=edition
    )
    key = f"{line}:{notice.kind}:{notice.sequence}"
    return Effect(
        name=EFFECT_NAME,
        payload={
            "notice": notice.to_json(),
            "audience": audience,
            "message_id": identity,
            "references": thread_root(notice, audience),
        },
        idempotency_key=f"{key}:{edition}" if edition else key,
        ordering_key=line,
        sequence=notice.sequence,
    )


def _line(notice: BookingNotice, audience: Audience) -> str:
    """One line of mails: a booking and a reader. One reader's failure stops no other's."""
    reader = notice.recipient(audience).email.casefold()
    digest = hashlib.sha256(reader.encode()).hexdigest()[:8]
    return f"mail:{notice.booking_id}:{audience}:{digest}"
