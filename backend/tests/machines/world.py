"""The ground under every machine: one example is one transaction that is rolled back at its end."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from apps.common.errors import DomainError
from apps.events.actors import Actor
from apps.events.models import BookingAuditLog, Occupancy
from apps.events.models.audit import ActorType
from apps.events.services.audit.verify import verify_audit
from apps.events.services.bookings import complete_past_bookings
from apps.events.services.requests.expire import expire_requests
from tests.cast import ALWAYS, NOW, make_host

IS_LONG = os.environ.get("ENGINE_PROOFS") == "full"
RUN = settings(
    max_examples=60 if IS_LONG else 8,
    stateful_step_count=40 if IS_LONG else 25,
    # Looking for a shorter example takes minutes; the first one has few enough steps to read.
    phases=tuple(Phase) if IS_LONG else (Phase.explicit, Phase.reuse, Phase.generate),
)
"""A few seconds for each machine; long where the slot engine is proved at length."""

STEP = timedelta(minutes=30)
FIRST = NOW + timedelta(hours=1)
STARTS = [FIRST + STEP * n for n in range(8)]
"""Few, so that people get in each other's way."""

ANA = Actor(ActorType.ORGANIZER, "Ana Duarte", "ana@example.com")
VISITOR = Actor(ActorType.INVITEE, "Vic Visitor", "vic@example.net", "203.0.113.9")

starts = st.sampled_from(STARTS)
picks = st.integers(min_value=0, max_value=99)
"""Whichever of those there are, counted around."""


def choose(things: Any, pick: int) -> Any:
    """One of these, in the order they were made; None when there are none."""
    listed = list(things)
    return listed[pick % len(listed)] if listed else None


class World(RuleBasedStateMachine):
    """A host who is always open, and a clock that only goes on when a rule says so."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now = NOW
        self.host = make_host(weekly=ALWAYS)
        self.steps = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(minutes=st.sampled_from([1, 4, 6, 20, 45]))
    def wait(self, minutes: int) -> None:
        """Time passes, and what is due happens."""
        self.now += timedelta(minutes=minutes)
        expire_requests(now=self.now)
        complete_past_bookings(now=self.now)
        self.time_passed()

    def time_passed(self) -> None:
        """What the model makes of the new `now`."""

    def attempt(self, act: Callable[[], Any], *, expected: bool, step: str) -> Any:
        """Do it; whether it was refused must be as the model predicted."""
        refusal = None
        done = None
        try:
            done = act()
        except DomainError as error:
            refusal = error
        assert (refusal is None) == expected, (step, refusal)
        return done

    @invariant()
    def nobody_is_booked_twice(self) -> None:
        """As the database has it, lapsed holds included."""
        spans = sorted(Occupancy.objects.values_list("starts_at", "ends_at"))
        for (_, end), (start, _) in pairwise(spans):
            assert end <= start, spans

    @invariant()
    def every_chain_is_whole(self) -> None:
        """Rows are numbered without a gap, each tied to the one before, and verify."""
        last: dict[UUID, tuple[int, str]] = {}
        rows = BookingAuditLog.objects.order_by("booking_id", "sequence")
        for booking, sequence, previous, own in rows.values_list(
            "booking_id", "sequence", "previous_hash", "hash"
        ):
            before, tie = last.get(booking, (0, ""))
            assert (sequence, previous) == (before + 1, tie)
            last[booking] = (sequence, own)
        self.steps += 1
        if self.steps % 5 == 0:
            assert verify_audit().is_whole


def live_time(now: datetime) -> set[tuple[datetime, datetime, bool]]:
    """(from, to, whether by a hold) of all time that counts at `now`, buffers included."""
    rows = Occupancy.objects.values_list("starts_at", "ends_at", "held_until")
    return {
        (start, end, until is not None)
        for start, end, until in rows
        if until is None or until > now
    }
