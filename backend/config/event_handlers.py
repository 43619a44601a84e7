"""What follows each domain event, and which function carries out each effect: the only table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from apps.common.outbox import Effect
from apps.events import email_code_effects, hold_effects, request_effects
from apps.events.events import (
    AttendeesJoined,
    AttendeesLeft,
    AttendeesMoved,
    BookingCancelled,
    BookingConfirmed,
    BookingCreated,
    BookingReassigned,
    BookingRejected,
    BookingRequested,
    BookingRescheduled,
    EmailCodeAsked,
    HoldStarted,
    LinkRenewed,
    RepickAsked,
    RequestExpired,
    SeriesBooked,
    SeriesCancelled,
    SeriesEvent,
    SeriesRequested,
    SeriesRescheduled,
    SessionCancelled,
    SessionEvent,
    SessionRescheduled,
    SoonerLapsed,
    SoonerOffered,
    SourceUndone,
    WaitingEvent,
    WaitlistClaimed,
    WaitlistExpired,
    WaitlistJoined,
    WaitlistLapsed,
    WaitlistLeft,
    WaitlistOffered,
)
from apps.notifications.public import (
    booking_mails,
    host_mails,
    invitation_mails,
    invitee_mails,
    reassign_mails,
    series_mails,
    waiting_mail,
)

Handler = Callable[[Any], Iterable[Effect]]


def mail_the_people(event: BookingCreated | BookingRescheduled | BookingCancelled) -> list[Effect]:
    """Tell the invitee and our side by mail, each with the calendar message."""
    return booking_mails(event.notice)


def mail_the_session(event: SessionEvent) -> list[Effect]:
    """Tell our side of the whole session, and each attendee of their own seat."""
    return [*invitee_mails(event.copies), *host_mails(event.session)]


def mail_both_sessions(event: AttendeesMoved) -> list[Effect]:
    """Tell our side of both sessions, and who moved of their new time."""
    return [*mail_the_session(event), *host_mails(event.former)]


def mail_the_new_link(event: LinkRenewed) -> list[Effect]:
    """Send the invitation again, with the link that works now; to nobody else."""
    return invitation_mails(event.notice)


def mail_the_request(
    event: BookingRequested | BookingConfirmed | BookingRejected | RequestExpired,
) -> list[Effect]:
    """Tell the invitee and our side where a request stands."""
    return booking_mails(event.notice)


def end_unanswered(event: BookingRequested) -> list[Effect]:
    """Look again when the time for an answer is over."""
    return request_effects.expiry_of(event.notice)


def mail_the_repick(event: RepickAsked) -> list[Effect]:
    """Ask the invitee for another time; who tried to confirm knows already."""
    return invitee_mails([event.notice])


def mail_who_waits(event: WaitingEvent) -> list[Effect]:
    """Tell who waits what became of it; nobody else learns of them by mail."""
    return [waiting_mail(event.notice)]


def end_the_hold(event: HoldStarted) -> list[Effect]:
    """Release what is held when its time is over, and serve whoever waits for it."""
    return hold_effects.end_of(event)


def mail_the_series(event: SeriesEvent) -> list[Effect]:
    """Tell both sides of all that was changed, in one mail with one calendar file each."""
    return series_mails(event.series)


def end_unanswered_series(event: SeriesRequested) -> list[Effect]:
    """Look again at each occurrence when the time for an answer is over."""
    return [effect for notice in event.notices for effect in request_effects.expiry_of(notice)]


def mail_the_code(event: EmailCodeAsked) -> list[Effect]:
    """Send the code to the address that it proves."""
    return email_code_effects.mail_of(event)


def mail_the_new_host(event: BookingReassigned) -> list[Effect]:
    """Tell who booked, our side, and who serves it no more."""
    return reassign_mails(event.notice, event.copies, former=event.former, next_host=event.next)


def mail_our_side(event: SourceUndone) -> list[Effect]:
    """Tell organizer and hosts, and nobody who came from that source."""
    return host_mails(event.notice)


# Domain event -> what asks for its effects, in the transaction that published it.
HANDLERS: Mapping[type, tuple[Handler, ...]] = {
    HoldStarted: (end_the_hold,),
    BookingCreated: (mail_the_people,),
    BookingRescheduled: (mail_the_people,),
    BookingCancelled: (mail_the_people,),
    BookingRequested: (mail_the_request, end_unanswered),
    BookingConfirmed: (mail_the_request,),
    BookingRejected: (mail_the_request,),
    RequestExpired: (mail_the_request,),
    RepickAsked: (mail_the_repick,),
    EmailCodeAsked: (mail_the_code,),
    BookingReassigned: (mail_the_new_host,),
    AttendeesJoined: (mail_the_session,),
    AttendeesLeft: (mail_the_session,),
    AttendeesMoved: (mail_both_sessions,),
    SessionRescheduled: (mail_the_session,),
    SessionCancelled: (mail_the_session,),
    LinkRenewed: (mail_the_new_link,),
    SourceUndone: (mail_our_side,),
    SeriesBooked: (mail_the_series,),
    SeriesRequested: (mail_the_series, end_unanswered_series),
    SeriesRescheduled: (mail_the_series,),
    SeriesCancelled: (mail_the_series,),
    WaitlistJoined: (mail_who_waits,),
    WaitlistOffered: (mail_who_waits,),
    WaitlistLapsed: (mail_who_waits,),
    WaitlistExpired: (mail_who_waits,),
    WaitlistLeft: (mail_who_waits,),
    WaitlistClaimed: (),
    SoonerOffered: (mail_who_waits,),
    SoonerLapsed: (mail_who_waits,),
}

# Effect name -> dotted path of `fn(payload: dict, *, context: EffectContext) -> None`.
EFFECTS: Mapping[str, str] = {
    hold_effects.RELEASE: "apps.events.hold_effects.release",
    email_code_effects.SEND: "apps.events.email_code_effects.send",
    request_effects.EXPIRE: "apps.events.request_effects.expire",
    "events.end_offer": "apps.events.services.waiting.effects.end_offer",
    "events.serve_waiting": "apps.events.services.waiting.effects.serve_waiting",
    "notifications.send_waiting_mail": "apps.notifications.effects.send_waiting_mail",
    "notifications.send_series_mail": "apps.notifications.effects.send_series_mail",
    "notifications.send_booking_mail": "apps.notifications.effects.send_booking_mail",
    "users.send_account_mail": "apps.users.effects.send_account_mail",
}
