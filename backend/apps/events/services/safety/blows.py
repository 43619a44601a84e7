"""The single blows: each picks something at random and changes it through its service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Model, QuerySet

from apps.common.idempotency import NO_KEY, StoredAnswer
from apps.events.actors import Actor
from apps.events.models import (
    Attendee,
    AttendeeStatus,
    Booking,
    BookingStatus,
    Hold,
    HoldPurpose,
    Occupancy,
    WaitingStatus,
    WaitlistEntry,
)
from apps.events.models.audit import ActorType
from apps.events.models.booking import IS_BOOKED, CancelledBy
from apps.events.services.bookings.cancel import cancel_booking
from apps.events.services.bookings.create import create_booking
from apps.events.services.bookings.request import BookingRequest, Guest
from apps.events.services.bookings.reschedule import reschedule_booking
from apps.events.services.holds import (
    FormHoldRequest,
    end_hold,
    hold_for_form,
    release_lapsed_holds,
)
from apps.events.services.requests.confirm import confirm_request
from apps.events.services.requests.reject import reject_request
from apps.events.services.safety.stage import Stage
from apps.events.services.waiting.claim import claim_offer
from apps.events.services.waiting.join import join_waitlist
from apps.events.services.waiting.request import WaitlistRequest

ORGANIZER = Actor(ActorType.ORGANIZER, "Ana", "ana@hammer.invalid")
INVITEE = Actor(ActorType.INVITEE, "Jo", "jo@hammer.invalid", "192.0.2.1", "hammer")


Row = TypeVar("Row", bound=Model)


class NothingToDo(Exception):
    """There is nothing at the moment that this blow could change."""


class GuardMissing(Exception):
    """The database let through what it has to refuse."""


Strike = Callable[[Stage, Random, datetime], None]


@dataclass(frozen=True, slots=True)
class Blow:
    """`weight` says how often it comes; raw ones write past all services."""

    strike: Strike
    weight: int
    is_raw: bool = False


def _told(*_: object) -> StoredAnswer:
    return StoredAnswer(201, {})


def _request(stage: Stage, chance: Random, *, slug: str | None = None) -> BookingRequest:
    event_type = slug or chance.choice(stage.event_types)
    guests = (Guest("Cy", "cy@hammer.invalid"),) * (
        event_type == "workshop" and chance.random() < 0.3
    )
    return BookingRequest(
        organizer_slug=stage.organizer,
        event_type_slug=event_type,
        start=chance.choice(stage.starts),
        invitee_name="Jo",
        invitee_email=f"p{chance.randrange(10**9)}@hammer.invalid",
        invitee_timezone="UTC",
        guests=guests,
    )


def book(stage: Stage, chance: Random, now: datetime) -> None:
    """Book a random start of a random event type."""
    request = _request(stage, chance)
    create_booking(request=request, actor=INVITEE, now=now, once=NO_KEY, answer=_told)


def _hold(stage: Stage, chance: Random, now: datetime) -> tuple[BookingRequest, Hold]:
    wanted = _request(stage, chance)
    hold = hold_for_form(
        request=FormHoldRequest(
            organizer_slug=wanted.organizer_slug,
            event_type_slug=wanted.event_type_slug,
            start=wanted.start,
            client=str(chance.random()),
            seats=wanted.seats,
        ),
        now=now,
    )
    return wanted, hold


def hold_and_book(stage: Stage, chance: Random, now: datetime) -> None:
    """Book as a visitor with a form does; sometimes give up instead."""
    wanted, hold = _hold(stage, chance, now)
    if chance.random() < 0.3:
        end_hold(token=hold.token, now=now)
        return
    held = BookingRequest(
        organizer_slug=wanted.organizer_slug,
        event_type_slug=wanted.event_type_slug,
        start=wanted.start,
        invitee_name=wanted.invitee_name,
        invitee_email=wanted.invitee_email,
        invitee_timezone="UTC",
        guests=wanted.guests,
        hold_token=hold.token,
    )
    create_booking(request=held, actor=INVITEE, now=now, once=NO_KEY, answer=_told)


def leave_a_lapsed_hold(stage: Stage, chance: Random, now: datetime) -> None:
    """A hold whose time is over already: its rest lies in the way of nobody."""
    _hold(stage, chance, now - timedelta(minutes=settings.HOLD_MINUTES))


def sweep(stage: Stage, chance: Random, now: datetime) -> None:
    """As the chores do."""
    release_lapsed_holds(now=now, most=20)


def end_a_hold(stage: Stage, chance: Random, now: datetime) -> None:
    """Somebody leaves their form."""
    end_hold(token=_pick(Hold.objects.filter(purpose=HoldPurpose.FORM), chance).token, now=now)


def cancel(stage: Stage, chance: Random, now: datetime) -> None:
    """The organizer calls a booking off."""
    cancel_booking(
        booking=_pick(_ahead(), chance),
        cancelled_by=CancelledBy.ORGANIZER,
        reason="",
        actor=ORGANIZER,
        now=now,
    )


def leave(stage: Stage, chance: Random, now: datetime) -> None:
    """An attendee gives the seats of their link back."""
    rows = Attendee.objects.select_related("booking__event_type", "booking__organizer")
    attendee = _pick(rows.exclude(status=AttendeeStatus.CANCELLED), chance)
    seen = attendee.seen_booking(seats=1)
    cancel_booking(
        booking=seen, cancelled_by=CancelledBy.INVITEE, reason="", actor=INVITEE, now=now
    )


def move(stage: Stage, chance: Random, now: datetime) -> None:
    """The organizer moves a booking."""
    booking = _pick(_ahead(), chance)
    reschedule_booking(booking=booking, start=chance.choice(stage.starts), actor=ORGANIZER, now=now)


def confirm(stage: Stage, chance: Random, now: datetime) -> None:
    """The organizer confirms a request."""
    confirm_request(booking=_pick(_pending(), chance), actor=ORGANIZER, now=now)


def reject(stage: Stage, chance: Random, now: datetime) -> None:
    """The organizer declines a request."""
    reject_request(booking=_pick(_pending(), chance), reason="", actor=ORGANIZER, now=now)


def wait(stage: Stage, chance: Random, now: datetime) -> None:
    """Somebody joins a waitlist."""
    join_waitlist(
        request=WaitlistRequest(
            organizer_slug=stage.organizer,
            event_type_slug=chance.choice(["workshop", "team"]),
            desired_start=chance.choice(stage.starts),
            invitee_name="Wanda",
            invitee_email=f"w{chance.randrange(10**9)}@hammer.invalid",
            invitee_timezone="UTC",
        ),
        actor=INVITEE,
        now=now,
        once=NO_KEY,
        answer=_told,
    )


def claim(stage: Stage, chance: Random, now: datetime) -> None:
    """Somebody takes what the waitlist offers them."""
    waiting = WaitlistEntry.objects.select_related("event_type", "organizer", "offer")
    entry = _pick(waiting.filter(status=WaitingStatus.NOTIFIED), chance)
    claim_offer(entry=entry, actor=INVITEE, now=now, answer=_told)


def write_raw(stage: Stage, chance: Random, now: datetime) -> None:
    """Take time that is taken, past all services: the database itself has to refuse.

    It may let it through only because the time was freed in between. Everything is taken back.
    """
    rows = Occupancy.objects.filter(booking__isnull=False).select_related("booking")
    row = _pick(rows, chance)
    with transaction.atomic():
        hold = Hold.objects.create(
            event_type_id=row.booking.event_type_id,  # type: ignore[union-attr]
            start_time=row.starts_at,
            end_time=row.ends_at,
            expires_at=now,
            created_at=now,
        )
        shift = timedelta(minutes=chance.choice([-4, 0, 4]))
        Occupancy.objects.create(
            host_id=row.host_id,
            hold=hold,
            held_until=now,
            starts_at=row.starts_at + shift,
            ends_at=row.ends_at + shift,
        )
        is_still_taken = Occupancy.objects.filter(pk=row.pk, starts_at=row.starts_at).exists()
        transaction.set_rollback(True)
    if is_still_taken:
        raise GuardMissing("the database let two bookings of one host overlap")
    raise NothingToDo


def _ahead() -> QuerySet[Booking]:
    rows = Booking.objects.select_related("event_type", "event_type__schedule", "organizer", "host")
    return rows.filter(IS_BOOKED, status__in=Booking.UNTIL_START)


def _pending() -> QuerySet[Booking]:
    return _ahead().filter(status=BookingStatus.PENDING)


def _pick(rows: QuerySet[Row], chance: Random) -> Row:
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:500])
    row = rows.filter(pk=chance.choice(ids)).first() if ids else None
    if row is None:
        raise NothingToDo
    return row


BLOWS: dict[str, Blow] = {
    "book": Blow(book, 8),
    "hold and book": Blow(hold_and_book, 6),
    "lapsed hold": Blow(leave_a_lapsed_hold, 2),
    "sweep": Blow(sweep, 1),
    "end a hold": Blow(end_a_hold, 1),
    "cancel": Blow(cancel, 3),
    "leave": Blow(leave, 2),
    "move": Blow(move, 4),
    "confirm": Blow(confirm, 3),
    "reject": Blow(reject, 1),
    "wait": Blow(wait, 2),
    "claim": Blow(claim, 4),
    "raw insert": Blow(write_raw, 4, is_raw=True),
}
