"""What follows each domain event, and which function carries out each effect: the only table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from apps.common.outbox import Effect
from apps.events.events import (
    AttendeesJoined,
    AttendeesLeft,
    BookingCancelled,
    BookingCreated,
    BookingRescheduled,
    LinkRenewed,
    SessionCancelled,
    SessionEvent,
    SessionRescheduled,
)
from apps.notifications.public import (
    booking_mails,
    host_mails,
    invitation_mails,
    invitee_mails,
)

Handler = Callable[[Any], Iterable[Effect]]


def mail_the_people(event: BookingCreated | BookingRescheduled | BookingCancelled) -> list[Effect]:
    """Tell the invitee and our side by mail, each with the calendar message."""
    return booking_mails(event.notice)


def mail_the_session(event: SessionEvent) -> list[Effect]:
    """Tell our side of the whole session, and each attendee of their own seat."""
    return [*invitee_mails(event.copies), *host_mails(event.session)]


def mail_the_new_link(event: LinkRenewed) -> list[Effect]:
    """Send the invitation again, with the link that works now; to nobody else."""
    return invitation_mails(event.notice)


# Domain event -> what asks for its effects, in the transaction that published it.
HANDLERS: Mapping[type, tuple[Handler, ...]] = {
    BookingCreated: (mail_the_people,),
    BookingRescheduled: (mail_the_people,),
    BookingCancelled: (mail_the_people,),
    AttendeesJoined: (mail_the_session,),
    AttendeesLeft: (mail_the_session,),
    SessionRescheduled: (mail_the_session,),
    SessionCancelled: (mail_the_session,),
    LinkRenewed: (mail_the_new_link,),
}

# Effect name -> dotted path of `fn(payload: dict, *, context: EffectContext) -> None`.
EFFECTS: Mapping[str, str] = {
    "notifications.send_booking_mail": "apps.notifications.effects.send_booking_mail",
    "users.send_account_mail": "apps.users.effects.send_account_mail",
}
