"""What an effect is: work outside the database that follows a committed change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Work to be carried out at least once after the transaction that asks for it.

    `name` is a key of `config/event_handlers.py: EFFECTS`. `payload` is JSON.
    `idempotency_key` is what a repeat is recognised by: writing it twice gives one row, and the
    effect derives the identity that the outside world sees (Message-ID, webhook-id) from it.
    Effects of one `ordering_key` run one at a time, by `sequence`, then in the order written;
    an empty key orders nothing. `run_at` (UTC) is the earliest time; None means at once.
    """

    name: str
    payload: Mapping[str, Any]
    idempotency_key: str
    ordering_key: str = ""
    sequence: int = 0
    run_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectContext:
    """What the function that carries out an effect may know about its row.

    `attempt` counts from 1; `now` (UTC) is the moment this attempt began.
    """

    row_id: int
    name: str
    idempotency_key: str
    attempt: int
    request_id: str
    now: datetime


class EffectFunction(Protocol):
    """Carries out one effect; raises `EffectFailed` (or anything else) when it could not."""

    def __call__(self, payload: dict[str, Any], *, context: EffectContext) -> None: ...


class EffectFailed(Exception):
    """The effect did not happen.

    `permanent`: trying again cannot help; the row is dead until a person retries it.
    `retry_after`: seconds the other side asked us to wait; never tried earlier.
    """

    def __init__(
        self, detail: str, *, retry_after: float | None = None, permanent: bool = False
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.retry_after = retry_after
        self.permanent = permanent
