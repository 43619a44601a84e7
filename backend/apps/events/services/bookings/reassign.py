"""Give a booking to another host of its event type; its time stays."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from apps.common.domain_events import publish
from apps.common.errors import FieldError, InvalidState, ValidationFailed
from apps.common.time import get_zone, tz_database_version
from apps.events.actors import Actor
from apps.events.errors import SlotTaken
from apps.events.events import BookingReassigned
from apps.events.models import AuditAction, Booking, BookingCoHost, EventType, Kind, Occupancy
from apps.events.notices import attendee_notices, notice_of, party_of, session_notice
from apps.events.selectors.candidates import HostCandidate, list_candidates
from apps.events.selectors.offers import load_offer, load_offer_served_by
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.join import explained
from apps.events.services.bookings.locking import TimeTaken, in_transaction
from apps.events.services.bookings.occupancy import span_of
from apps.events.services.bookings.row import lock_booking
from apps.events.services.bookings.seats import list_seated
from apps.events.services.bookings.serving import rank_rotating
from apps.events.services.holds.release import release_expired
from apps.events.services.waiting.closing import withdraw_sooner_offer
from apps.events.services.waiting.freed import time_freed


@dataclass(frozen=True, slots=True)
class HostChoice:
    """Who takes over, and why them where nobody was named."""

    user: Any
    explanation: dict[str, Any]


def reassign_booking(
    *,
    booking: Booking,
    actor: Actor,
    now: datetime,
    host: UUID | None = None,
    replaces: UUID | None = None,
) -> Booking:
    """Let `host` serve in the place of `replaces` (its host unless told); None: the next in turn.

    Id, link, UID, time, buffers and answers stay; the hosts' time is swapped in one transaction
    under the locks of both. The old host gets a cancellation, the new one and the invitee are told.

    Raises `InvalidState` when it is over or nobody else is free, `ValidationFailed` for who cannot
    serve it, `SlotTaken` when the named host is not free.
    """
    _refuse_over(booking, now=now)
    taken: set[UUID] = set()
    while True:
        choice = _choose(booking, host, now=now, but=taken)
        try:
            return in_transaction(
                lambda choice=choice: _swap(  # type: ignore[misc]
                    booking, choice, replaces=replaces, actor=actor, now=now
                )
            )
        except (TimeTaken, _Busy) as lost:
            if host is not None:
                raise _not_free(lost.candidate if isinstance(lost, _Busy) else None) from None
            # It ends: each time one who is free is left out.
            taken.add(choice.user.pk)


class _Busy(Exception):
    """Whoever was chosen is not free any more."""

    def __init__(self, candidate: HostCandidate) -> None:
        super().__init__("not free")
        self.candidate = candidate


def _choose(
    booking: Booking, host: UUID | None, *, now: datetime, but: Collection[UUID]
) -> HostChoice:
    if host is not None:
        [candidate] = _named(booking, host, now=now)
        if not candidate.is_free:
            raise _not_free(candidate)
        return HostChoice(candidate.user, {})
    choice = find_next_host(booking, now=now, but=but)
    if choice is None:
        raise InvalidState("No other host of this event type is free at that time.")
    return choice


def find_next_host(
    booking: Booking, *, now: datetime, but: Collection[UUID] = ()
) -> HostChoice | None:
    """Whose turn it is of those who are free then; None when nobody is, `but` left out."""
    free = [one for one in list_candidates(booking, now=now) if one.is_free]
    able = {one.user.pk: one.user for one in free if one.user.pk not in but}
    return _next_in_turn(booking, able) if able else None


def _named(booking: Booking, host: UUID, *, now: datetime) -> list[HostCandidate]:
    if any(host == one.pk for one in booking.hosts):
        raise ValidationFailed.of("/host", "serves_already", "This host serves it already.")
    found = list_candidates(booking, now=now, only=[host])
    if not found:
        raise ValidationFailed.of(
            "/host", "no_host", "Choose one of the event type's hosts, or add them to it first."
        )
    return found


def _next_in_turn(booking: Booking, able: dict[UUID, Any]) -> HostChoice:
    """In round robin whoever is furthest below their share; else the first in the order."""
    event_types = EventType.objects.select_related("organizer", "schedule")
    event_type = event_types.get(pk=booking.event_type_id)
    if event_type.kind == Kind.ROUND_ROBIN:
        ranking = rank_rotating(load_offer(event_type), start=booking.start_time)
        for place, standing in enumerate(ranking, 1):
            if standing.candidate.id in able:
                why = {"rule": "next in turn", "place": place, "of": len(ranking)}
                return HostChoice(able[standing.candidate.id], why)
    return HostChoice(next(iter(able.values())), {"rule": "first who is free"})


def _refuse_over(booking: Booking, *, now: datetime) -> None:
    booking.refuse_change(now, by_invitee=False, is_move=False)


def _not_free(candidate: HostCandidate | None) -> SlotTaken:
    reasons = candidate.reasons if candidate else ()
    codes = list(dict.fromkeys(reason.code for reason in reasons)) or ["booked"]
    detail = "This host is not free at that time. Choose another one."
    return SlotTaken(
        detail,
        errors=[FieldError("/host", "not_free", detail)],
        extra={"reasons": codes, "alternatives": []},
    )


def _swap(
    seen: Booking, choice: HostChoice, *, replaces: UUID | None, actor: Actor, now: datetime
) -> Booking:
    new = choice.user
    current = lock_booking(seen, others=[new.pk])
    _refuse_over(current, now=now)
    old = _replaced(current, replaces)
    [candidate] = _named(current, new.pk, now=now)
    if not candidate.is_free:
        raise _Busy(candidate)
    span = _hand_over_time(current, old, new, now=now)
    hand_over(current, old, new)
    current.ical_sequence += 1
    current.save()
    record(
        current,
        AuditAction.HOST_REASSIGNED,
        actor=actor,
        now=now,
        old={"host": str(old.pk)},
        new={"host": str(new.pk)},
        metadata=explained(choice.explanation),
    )
    _tell(current, old, new, actor=actor, now=now)
    hosts = {host.pk for host in current.hosts}
    withdraw_sooner_offer(current, {current.organizer_id, old.pk, *hosts}, now=now)
    if span is not None:
        start, end = span
        time_freed(
            organizer_id=current.organizer_id, host_ids=[old.pk], start=start, end=end, now=now
        )
    return current


def _replaced(current: Booking, replaces: UUID | None) -> Any:
    """The user whose place is taken."""
    if replaces is None:
        return current.host
    for user in current.hosts:
        if user.pk == replaces:
            return user
    raise ValidationFailed.of("/replaces", "no_host", "Choose one of the hosts who serve it.")


def _hand_over_time(
    current: Booking, old: Any, new: Any, *, now: datetime
) -> tuple[datetime, datetime] | None:
    """Swap the occupancy in place; what the old host has free now, None where nothing was taken."""
    start, end = span_of(current)
    release_expired(host_ids=[new.pk], start=start, end=end, now=now)
    own = Occupancy.objects.filter(booking=current, host=old)
    return (start, end) if own.update(host=new) else None


def hand_over(current: Booking, old: Any, new: Any) -> None:
    """Put the new host into the old one's place, in the row or among its co-hosts.

    The row is not saved, and the time not touched.
    """
    places = [new if user.pk == old.pk else user for user in current.hosts]
    if current.host_id == old.pk:
        current.host = new
        offer = load_offer_served_by(current.event_type, [new.pk])
        current.host_timezone = offer.timezone_of(new.pk)
        wall = current.start_time.astimezone(get_zone(current.host_timezone))
        current.wall_time = wall.replace(tzinfo=None).isoformat()
        current.tz_version = tz_database_version()
    else:
        BookingCoHost.objects.filter(booking=current, user=old).update(user=new)
    current.hosts = places


def _tell(current: Booking, old: Any, new: Any, *, actor: Actor, now: datetime) -> None:
    if current.is_session:
        seated = list_seated(current)
        ours = session_notice(current, "reassigned", attendees=seated, now=now, actor=actor)
        copies = attendee_notices(seated, "reassigned", now=now, actor=actor)
    else:
        ours = notice_of(current, "reassigned", now=now, actor=actor)
        copies = (ours,)
    publish(BookingReassigned(now, ours, copies, former=party_of(old), next=party_of(new)))
