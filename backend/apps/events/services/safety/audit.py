"""Look for what can never be right, in all tables of bookings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from apps.events.models import Attendee, Booking, Hold, Occupancy
from apps.events.services.audit import verify_audit
from apps.events.services.safety import rules

_NAMED = 5
"""So many findings of each rule are told one by one."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that can never be right; `subject` says where to look."""

    rule: str
    subject: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.subject}"


@dataclass(slots=True)
class Audit:
    """How much was looked at, how many findings there are by rule, and the first of each."""

    looked_at: dict[str, int] = field(default_factory=dict)
    found: dict[str, int] = field(default_factory=dict)
    first: list[Finding] = field(default_factory=list)

    @property
    def violations(self) -> int:
        """How many findings there are in all."""
        return sum(self.found.values())


_RULES: dict[str, Callable[[datetime], QuerySet[Any]]] = {
    "overlap": rules.overlaps,
    "over capacity": rules.over_capacity,
    "people miscounted": rules.people_miscounted,
    "held seats miscounted": rules.held_seats_miscounted,
    "time of a booking that is over": rules.time_of_nobody,
    "time of another span than the booking's": rules.time_of_another_span,
    "time of a host who does not serve it": rules.time_of_another_host,
    "live booking without time": rules.bookings_without_time,
    "live hold without time": rules.holds_without_time,
}


def audit_bookings(*, now: datetime) -> Audit:
    """Every rule over all rows, and all chains of audit rows. Each rule reads one snapshot."""
    done = Audit(
        looked_at={
            "bookings": Booking.objects.count(),
            "occupancies": Occupancy.objects.count(),
            "attendees": Attendee.objects.count(),
            "holds": Hold.objects.count(),
        }
    )
    for name, rule in _RULES.items():
        _note(done, name, (f"{row._meta.model_name} {row.pk}" for row in rule(now).iterator()))
    chains = verify_audit()
    done.looked_at["audit rows"] = chains.rows
    if chains.flaws:
        done.found["broken chain"] = chains.flaws
        done.first += [Finding("broken chain", str(flaw)) for flaw in chains.first_flaws[:_NAMED]]
    return done


def _note(done: Audit, rule: str, subjects: Iterator[str]) -> None:
    for number, subject in enumerate(subjects, 1):
        done.found[rule] = number
        if number <= _NAMED:
            done.first.append(Finding(rule, subject))
