"""The hold of a visitor who fills in the form."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from apps.common.domain_events import publish
from apps.common.errors import RateLimited
from apps.common.idempotency import NO_KEY, OnceOnly, StoredAnswer
from apps.events.errors import refusal
from apps.events.events import HoldStarted
from apps.events.models import Hold, HoldPurpose
from apps.events.selectors.offers import Offer
from apps.events.selectors.slots import (
    Verdict,
    chosen_duration,
    find_alternatives,
    judge_start,
    refuse_too_many_seats,
)
from apps.events.services.bookings.attempts import Attempt, find_offer, write_offered
from apps.events.services.bookings.judging import NotOffered
from apps.events.services.holds.end import end_hold
from apps.events.services.holds.find import OwnHold, find_own_hold
from apps.events.services.holds.release import serve_after
from apps.events.services.holds.start import hold_start

MOST_HOLDS = 3
"""Live holds of one client's address or network: one for each of a few open pages."""


@dataclass(frozen=True, slots=True)
class FormHoldRequest:
    """A start to hold; `duration` in minutes or None (default). `client` is whose budget it spends.

    `hold_token` is the visitor's earlier hold: it ends with this one.
    """

    organizer_slug: str
    event_type_slug: str
    start: datetime
    client: str
    duration: int | None = None
    seats: int = 1
    hold_token: UUID | None = None

    @property
    def holder(self) -> str:
        """The client, hashed: holds name nobody."""
        key = f"{settings.SECRET_KEY}:hold:{self.client}"
        return hashlib.sha256(key.encode()).hexdigest()


def hold_for_form(
    *,
    request: FormHoldRequest,
    now: datetime,
    once: OnceOnly = NO_KEY,
    answer: Callable[[Hold], StoredAnswer] | None = None,
) -> Hold:
    """Hold the start for `HOLD_MINUTES`, if it is offered at `now`.

    Checks and locks as a booking does. Raises `NotFound`, `ValidationFailed`, `SlotTaken` and the
    other refusals of `apps.events.errors`, with alternatives, and `RateLimited` when the client has
    `MOST_HOLDS` already; `Replay` when the call was done before.
    """
    once.look_back()
    offer = find_offer(request)
    duration = chosen_duration(offer.event_type, request.duration)
    refuse_too_many_seats(offer.event_type, request.seats)
    former = find_own_hold(request.hold_token, event_type_id=offer.event_type.pk, now=now)

    def judge(current: Offer) -> Verdict:
        verdict = judge_start(
            current,
            start=request.start,
            now=now,
            duration=duration,
            seats=request.seats,
            own_hold=former.hold.pk if former else None,
        )
        if not verdict.is_offered:
            raise NotOffered(current, verdict)
        return verdict

    def write(attempt: Attempt) -> Hold:
        once.enter()
        current = attempt.lock()
        _refuse_many(request, now=now)
        hold = hold_start(
            offer=current,
            start=request.start,
            duration=duration,
            seats=request.seats,
            purpose=HoldPurpose.FORM,
            expires_at=now + timedelta(minutes=settings.HOLD_MINUTES),
            now=now,
            holder=request.holder,
            replaces=_still_there(former),
            attempt=attempt,
        )
        if former is not None and former.hold.start_time != request.start:
            serve_after(former, now=now)
        publish(HoldStarted(now, hold.pk, hold.expires_at))
        once.leave_with(hold, answer, now=now)
        return hold

    try:
        hold = write_offered(
            request, offer, judge=judge, write=write, also=former.host_ids if former else ()
        )
    except NotOffered as refused:
        offer, reasons = refused.offer, refused.verdict.reasons
    else:
        if request.hold_token and former is None:
            # One of another event type: its hosts are not those that were locked.
            end_hold(token=request.hold_token, now=now)
        return hold
    # It may be this very call, made twice at once, that holds it.
    once.look_back()
    nearest = find_alternatives(
        offer, near=request.start, now=now, duration=duration, seats=request.seats
    )
    raise refusal(reasons, nearest)


def _still_there(former: OwnHold | None) -> Hold | None:
    return Hold.objects.filter(pk=former.hold.pk).first() if former else None


def _refuse_many(request: FormHoldRequest, *, now: datetime) -> None:
    if not settings.RATE_LIMITS:
        return
    live = Hold.objects.filter(holder=request.holder, purpose=HoldPurpose.FORM, expires_at__gt=now)
    if request.hold_token is not None:
        live = live.exclude(token=request.hold_token)
    if live.count() >= MOST_HOLDS:
        wait = settings.HOLD_MINUTES * 60
        raise RateLimited(
            f"Your address holds {MOST_HOLDS} times already. Book one of them, or go on without.",
            headers={"Retry-After": str(wait)},
        )
