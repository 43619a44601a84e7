"""Whom the reader of a message meets, in words."""

from __future__ import annotations

from apps.notifications.notices import Audience, BookingNotice
from apps.notifications.texts import Texts


def name_others(notice: BookingNotice, audience: Audience, texts: Texts) -> str:
    """All hosts for the invitee; for our side the invitee, or everybody in a group session."""
    if audience == "invitee":
        return name_hosts(notice, texts)
    return texts.names([party.shown_name for party in notice.attendees or (notice.invitee,)])


def name_hosts(notice: BookingNotice, texts: Texts) -> str:
    """Everybody who serves the booking."""
    names = [host.shown_name for host in notice.hosts]
    return texts.names(names, further=notice.further_hosts)


def name_subject(notice: BookingNotice, audience: Audience, texts: Texts) -> str:
    """Whom a mail is about: whoever joined or left a session, else as `name_others`."""
    if notice.kind in {"joined", "left"}:
        return notice.invitee.shown_name
    return name_others(notice, audience, texts)
