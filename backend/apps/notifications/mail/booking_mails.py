"""Which mails follow a change of a booking: one effect for each reader."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from email.utils import parseaddr

from django.conf import settings

from apps.common.outbox import Effect
from apps.notifications.notices import Audience, BookingNotice, NoticeKind

EFFECT_NAME = "notifications.send_booking_mail"


def booking_mails(notice: BookingNotice) -> list[Effect]:
    """One mail to the invitee, one to the organizer, one to each host who is somebody else.

    In order per reader; each with a Message-ID fixed now, so that a repeat is the same mail.
    """
    return [*invitee_mails([notice]), *host_mails(notice)]


def invitee_mails(notices: Iterable[BookingNotice]) -> list[Effect]:
    """The mail to the invitee of each notice: one per attendee of a group session."""
    return [_effect(notice.abridged(), "invitee") for notice in notices]


def host_mails(notice: BookingNotice) -> list[Effect]:
    """The mails to our side: the organizer, and each host who is somebody else."""
    # Several join or leave one session: each is news of its own.
    edition = notice.attendee_id if notice.kind in {"joined", "left"} else ""
    short = notice.abridged()
    hosts = [short.for_host(host) for host in notice.other_hosts]
    return [
        _effect(short, "organizer", edition=edition),
        *(_effect(copy, "host", edition=edition) for copy in hosts),
    ]


def mail_to(notice: BookingNotice, audience: Audience) -> Effect:
    """The mail of this notice for one reader."""
    return _effect(notice, audience)


def invitation_mails(notice: BookingNotice) -> list[Effect]:
    """The invitation once more, to the invitee alone: one mail for each link there ever was."""
    link = hashlib.sha256(notice.manage_url.encode()).hexdigest()[:8]
    return [_effect(notice.abridged(), "invitee", edition=link)]


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
    return _identity(_line(notice, audience), notice.uid, kind, sequence, edition)


def _identity(line: str, uid: str, kind: NoticeKind, sequence: int, edition: str = "") -> str:
    key = f"{line}:{kind}:{sequence}:{uid}"
    key += f":{edition}" if edition else ""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def thread_root(notice: BookingNotice, audience: Audience) -> str:
    """The Message-ID that all mails of one booking to one reader refer to: the first one's.

    Mails about an occurrence refer to the one that told of its series.
    """
    if notice.series_id:
        return series_message_id(notice, audience, kind="created", sequence=0)
    return message_id(notice, audience, kind="created", sequence=0)


def series_message_id(
    notice: BookingNotice, audience: Audience, *, kind: NoticeKind, sequence: int
) -> str:
    """As `message_id`, of the mail about the whole series that `notice` is of."""
    return _identity(series_line(notice, audience), notice.uid, kind, sequence)


def series_line(notice: BookingNotice, audience: Audience) -> str:
    """One line of mails about a whole series to one reader."""
    return f"mail:series:{notice.series_id}:{audience}:{_reader(notice, audience)}"


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
    # A seat may move to another session, and two attendees of one may have one address.
    is_seat = audience == "invitee" and notice.attendee_id
    subject = notice.attendee_id if is_seat else notice.booking_id
    return f"mail:{subject}:{audience}:{_reader(notice, audience)}"


def _reader(notice: BookingNotice, audience: Audience) -> str:
    address = notice.recipient(audience).email.casefold()
    return hashlib.sha256(address.encode()).hexdigest()[:8]
