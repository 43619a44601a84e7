"""Strike a scratch database with everything that changes bookings, as fast as it goes."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, OperationalError

from apps.common.errors import DomainError
from apps.common.transactions import sqlstate_of
from apps.events.services.bookings.locking import TimeTaken
from apps.events.services.safety.blows import BLOWS, Blow, NothingToDo
from apps.events.services.safety.stage import Stage

_CONFLICTS = frozenset({"slot_taken", "full", "hold_expired", "offer_expired", "limit_reached"})
_FIGURES = ("attempts", "accepted", "refused", "conflicts")
_DEADLOCKS = frozenset({"40P01", "40001"})


@dataclass(slots=True)
class Tally:
    """What became of every attempt, and by kind of attempt what was accepted.

    `conflicts` are refusals because somebody else was faster; `errors` nobody should ever see.
    """

    attempts: int = 0
    accepted: int = 0
    refused: int = 0
    conflicts: int = 0
    done: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Count what another worker counted."""
        self.attempts += other.attempts
        self.accepted += other.accepted
        self.refused += other.refused
        self.conflicts += other.conflicts
        self.done += other.done
        self.errors += other.errors

    def to_json(self) -> dict[str, Any]:
        """For another process."""
        return {**{name: getattr(self, name) for name in _FIGURES}, **self._counted()}

    def _counted(self) -> dict[str, dict[str, int]]:
        return {"done": dict(self.done), "errors": dict(self.errors)}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Tally:
        """What `to_json` told."""
        figures = {name: told[name] for name in _FIGURES}
        return cls(**figures, done=Counter(told["done"]), errors=Counter(told["errors"]))


def hammer(stage: Stage, *, seed: int, clock: Callable[[], datetime], until: datetime) -> Tally:
    """Strike blow after blow until the clock says `until`."""
    chance = random.Random(seed)  # noqa: S311 (which blow comes next, no secret)
    names, weights = list(BLOWS), [BLOWS[name].weight for name in BLOWS]
    tally = Tally()
    while (now := clock()) < until:
        (name,) = chance.choices(names, weights)
        _strike(tally, name, BLOWS[name], stage, chance, now)
    return tally


def _strike(
    tally: Tally, name: str, blow: Blow, stage: Stage, chance: random.Random, now: datetime
) -> None:
    try:
        blow.strike(stage, chance, now)
    except NothingToDo:
        return
    except DomainError as refused:
        tally.attempts += 1
        if refused.code in _CONFLICTS:
            tally.conflicts += 1
        else:
            tally.refused += 1
    except TimeTaken:
        tally.attempts += 1
        tally.conflicts += 1
    except Exception as error:
        tally.attempts += 1
        if blow.is_raw and isinstance(error, IntegrityError):
            tally.conflicts += 1
        elif blow.is_raw and isinstance(error, OperationalError) and _is_deadlock(error):
            # Whoever writes without locks may meet one; the services repeat, a raw writer may not.
            tally.conflicts += 1
        else:
            tally.errors[f"{name}: {type(error).__name__}: {error}"[:300]] += 1
    else:
        tally.attempts += 1
        tally.accepted += 1
        tally.done[name] += 1


def _is_deadlock(error: OperationalError) -> bool:
    return sqlstate_of(error) in _DEADLOCKS
