"""Which mails follow when a booking is given to another host."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from apps.common.outbox import Effect
from apps.notifications.mail.booking_mails import invitee_mails, mail_to
from apps.notifications.notices import BookingNotice, Party


def reassign_mails(
    ours: BookingNotice, copies: Iterable[BookingNotice], *, former: Party, next_host: Party
) -> list[Effect]:
    """One mail to each invitee, the organizer, each host, and the one who serves it no more.

    Their calendar message strikes it out; the new host's brings it.
    """
    own = ours.organizer.email.casefold()
    short = ours.abridged()
    effects = [*invitee_mails(copies), mail_to(short, "organizer")]
    for host in ours.other_hosts:
        kind = "assigned" if host.email == next_host.email else ours.kind
        effects.append(mail_to(replace(short.for_host(host), kind=kind), "host"))
    if former.email.casefold() != own:
        effects.append(mail_to(replace(short, kind="unassigned", reader=former), "host"))
    return effects
