"""Move seats from one session to another start of the same event type.

Who moves keeps their id, link and UID. They leave here and join there in one transaction; the
session they leave goes on with the others, and is cancelled without any.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from apps.common.domain_events import publish
from apps.common.errors import InvalidState, ValidationFailed
from apps.common.idempotency import NO_KEY, OnceOnly, StoredAnswer
from apps.events.actors import Actor
from apps.events.errors import refusal
from apps.events.events import AttendeesMoved
from apps.events.models import Attendee, AuditAction, Booking, EventType
from apps.events.models.audit import ActorType
from apps.events.models.booking import CancelledBy
from apps.events.notices import attendee_notices, session_notice
from apps.events.selectors.offers import Offer, find_host_ids, load_joinable_offer
from apps.events.selectors.slots import Verdict, find_alternatives, judge_start
from apps.events.services.attendees.leaving import keep_or_call_off, serve_the_waiting, without
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.judging import NotOffered
from apps.events.services.bookings.locking import in_transaction
from apps.events.services.bookings.new_booking import HostsTaken, make_session, write_booking
from apps.events.services.bookings.occupancy import span_of
from apps.events.services.bookings.row import lock_booking
from apps.events.services.bookings.seats import get_holder, get_party, list_seated, take_seats
from apps.events.services.holds.release import (
    release_expired,
    release_lapsed_seats,
    settle_session,
)

PartyOf = Callable[[Booking, Sequence[Attendee]], list[Attendee]]


class _MovesWhole(Exception):
    """Nobody else is in and no session is there to join: the session itself moves."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Who moved, and the session they are in now."""

    session: Booking
    party: list[Attendee]


def move_party(
    *,
    booking: Booking,
    start: datetime,
    actor: Actor,
    now: datetime,
    invitee_timezone: str | None = None,
    check: Callable[[Booking], None],
    once: OnceOnly = NO_KEY,
    answer: Callable[[Booking], StoredAnswer] | None = None,
) -> Booking | None:
    """Move the attendee whose link showed `booking`, with those they brought.

    `check` refuses what the attendee may not move, asked of the session as they see it. Returns
    that session, or None when the whole session is to move instead, because nobody else is in it
    and there is none to join. Raises the refusals of `apps.events.errors`, `InvalidState`,
    `NotFound` when the link was replaced.
    """

    def party_of(session: Booking, seated: Sequence[Attendee]) -> list[Attendee]:
        party = get_party(get_holder(session, booking), seated)
        check(party[0].seen_booking(seats=len(party)))
        return party

    def write(offer: Offer) -> Booking:
        once.enter()
        moved = _move(
            booking,
            offer,
            party_of,
            start=start,
            timezone=invitee_timezone,
            actor=actor,
            now=now,
        )
        seen = moved.party[0].seen_booking(seats=len(moved.party))
        once.leave_with(seen, answer, now=now)
        return seen

    return _carry_out(booking, party_of, write, start=start, now=now)


def move_one(
    *, booking: Booking, who: Attendee, start: datetime, actor: Actor, now: datetime
) -> Booking | None:
    """Move one seat for the organizer; whom they brought stay, each on their own.

    Returns the session it is in now, or None as `move_party`, whose refusals it has too.
    """

    def party_of(session: Booking, seated: Sequence[Attendee]) -> list[Attendee]:
        found = [attendee for attendee in seated if attendee.pk == who.pk]
        if not found:
            raise InvalidState("This attendee has given the seat back, or has moved already.")
        return found

    def write(offer: Offer) -> Booking:
        return _move(
            booking, offer, party_of, start=start, timezone=None, actor=actor, now=now
        ).session

    return _carry_out(booking, party_of, write, start=start, now=now)


def _carry_out(
    booking: Booking,
    party_of: PartyOf,
    write: Callable[[Offer], Booking],
    *,
    start: datetime,
    now: datetime,
) -> Booking | None:
    """Judge without a lock, write, and look for alternatives after a refusal."""
    if start == booking.start_time:
        raise ValidationFailed.of(
            "/start_time", "unchanged", "The booking is at that time already; choose another one."
        )
    offer = _read_offer(booking, find_host_ids(booking))
    seated = list_seated(booking)
    party = party_of(booking, seated)
    reasons: Sequence[object]
    try:
        _judge(offer, booking, party, seated, start=start, now=now)
        return in_transaction(lambda: write(offer))
    except _MovesWhole:
        return None
    except NotOffered as refused:
        offer, reasons = refused.offer, refused.verdict.reasons
    except HostsTaken:
        reasons = ()
    nearest = find_alternatives(
        offer, near=start, now=now, duration=booking.minutes, seats=len(party)
    )
    raise refusal(reasons, [at for at in nearest if at != booking.start_time])


def _judge(
    offer: Offer,
    session: Booking,
    party: Sequence[Attendee],
    seated: Sequence[Attendee],
    *,
    start: datetime,
    now: datetime,
) -> Verdict:
    """The engine's word. Raises `NotOffered`, and `_MovesWhole` where no seat need be given back."""
    is_alone = len(party) == len(seated) and not session.held_seats
    verdict = judge_start(
        offer,
        start=start,
        now=now,
        duration=session.minutes,
        moving=session.pk if is_alone else None,
        seats=len(party),
    )
    if not verdict.is_offered:
        raise NotOffered(offer, verdict)
    if verdict.session is None and is_alone:
        raise _MovesWhole
    if offer.capacity == 1:
        raise InvalidState(
            "This is booked by one person at a time by now, so a seat of a group cannot move. "
            "Cancel it and book another time."
        )
    return verdict


def _move(
    seen: Booking,
    offer: Offer,
    party_of: PartyOf,
    *,
    start: datetime,
    timezone: str | None,
    actor: Actor,
    now: datetime,
) -> Moved:
    session = lock_booking(seen)
    release_lapsed_seats(session, now=now)
    seated = list_seated(session)
    party = party_of(session, seated)
    if not session.can_be_cancelled(now):
        raise InvalidState("This session has started or is over; nobody can move any more.")
    fresh = _as_locked(offer, session)
    verdict = _judge(fresh, session, party, seated, start=start, now=now)
    target = _seats_at(verdict, session, fresh, party, start=start, now=now)
    staying = without(seated, party)
    former = session.start_time
    by = CancelledBy.ORGANIZER if actor.type == ActorType.ORGANIZER else CancelledBy.INVITEE
    _leave(session, party, staying, to=target, by=by, actor=actor, now=now)
    _join(target, party, session, timezone=timezone, by=by, actor=actor, now=now)
    there = list_seated(target)
    publish(
        AttendeesMoved(
            now,
            session_notice(target, "joined", attendees=there, who=party[0], now=now),
            attendee_notices(party, "rescheduled", now=now, previous_start=former),
            former=session_notice(
                session,
                "left" if staying else "cancelled",
                attendees=staying,
                who=party[0],
                now=now,
                actor=actor,
            ),
        )
    )
    serve_the_waiting(session, now=now)
    return Moved(target, party)


def _as_locked(offer: Offer, session: Booking) -> Offer:
    """The offer as it stands under the lock: read anew only if somebody has changed something."""
    hosts = session.hosts
    host_ids = tuple(host.pk for host in hosts)
    versions = {user.pk: user.availability_version for user in (session.organizer, *hosts)}
    if offer.host_ids == host_ids and offer.stands_under(versions):
        return offer
    return _read_offer(session, host_ids)


def _read_offer(session: Booking, host_ids: Sequence[UUID]) -> Offer:
    """The event type as it is now, served by the session's hosts; its sessions may be joined."""
    event_types = EventType.objects.select_related("organizer", "schedule")
    return load_joinable_offer(event_types.get(pk=session.event_type_id), host_ids)


def _seats_at(
    verdict: Verdict,
    session: Booking,
    offer: Offer,
    party: Sequence[Attendee],
    *,
    start: datetime,
    now: datetime,
) -> Booking:
    """The session at `start` with seats taken for the party: one that is there, or a new one."""
    if verdict.session is None:
        target = make_session(
            offer, hosts=session.hosts, start=start, duration=session.minutes, now=now
        )
        target.attendee_count = len(party)
        begins, ends = span_of(target)
        release_expired(host_ids=offer.host_ids, start=begins, end=ends, now=now)
        write_booking(target, offer.host_ids)
        return target
    target = Booking.objects.select_related("host").get(pk=verdict.session)
    release_lapsed_seats(target, now=now)
    settle_session(target, None)
    if not take_seats(target, len(party), now=now):
        raise NotOffered(offer, verdict)
    target.attendee_count += len(party)
    target.event_type, target.organizer = session.event_type, session.organizer
    return target


def _leave(
    session: Booking,
    party: Sequence[Attendee],
    staying: Sequence[Attendee],
    *,
    to: Booking,
    by: str,
    actor: Actor,
    now: datetime,
) -> None:
    session.attendee_count = len(staying)
    record(
        session,
        AuditAction.ATTENDEE_LEFT,
        actor=actor,
        now=now,
        old={"attendee_count": len(staying) + len(party)},
        new={"attendee_count": len(staying)},
        metadata={"attendees": [str(one.pk) for one in party], "moved_to": str(to.pk)},
    )
    keep_or_call_off(session, party, by, "", actor=actor, now=now)


def _join(
    target: Booking,
    party: Sequence[Attendee],
    former: Booking,
    *,
    timezone: str | None,
    by: str,
    actor: Actor,
    now: datetime,
) -> None:
    is_new = target.attendee_count == len(party)
    together = {attendee.pk for attendee in party}
    # Who moves without those they belong with is on their own from now on.
    Attendee.objects.filter(brought_by__in=together).exclude(pk__in=together).update(
        brought_by=None
    )
    for attendee in party:
        attendee.move_to(target)
        if attendee.brought_by_id not in together:
            attendee.brought_by = None
    if by == CancelledBy.INVITEE:
        party[0].reschedule_count += 1
        party[0].timezone = timezone or party[0].timezone
    Attendee.objects.bulk_update(
        party,
        [
            "booking",
            "brought_by",
            "sequence_ahead",
            "reschedule_count",
            "timezone",
            "access_token_expires_at",
        ],
    )
    record(
        target,
        AuditAction.CREATED if is_new else AuditAction.ATTENDEE_JOINED,
        actor=actor,
        now=now,
        old={} if is_new else {"attendee_count": target.attendee_count - len(party)},
        new={
            "start_time": target.start_time.isoformat(),
            "status": target.status,
            "attendee_count": target.attendee_count,
        },
        metadata={"attendees": [str(one.pk) for one in party], "moved_from": str(former.pk)},
    )
