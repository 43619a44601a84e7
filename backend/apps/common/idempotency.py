"""Idempotency-Key: the same call made again gets the stored answer (semantics, 4).

Key, fingerprint and answer are written in the call's own transaction, so an answer exists exactly
when its effect does. Only successful answers are stored. On PostgreSQL a transaction-scoped
advisory lock tells that the same key is running; SQLite's single writer makes the second wait.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

import orjson
from django.db import connection

from apps.common.errors import IdempotencyInProgress, IdempotencyMismatch, InvalidRequest
from apps.common.models import IdempotencyRecord

T = TypeVar("T")

_KEY = re.compile(r"[\x21-\x7e]{1,255}")


KEPT = timedelta(hours=48)
"""How long a repeated call still gets its first answer."""


def forget_answers(*, now: datetime) -> int:
    """Delete answers that nobody will ask for again; how many. They hold names and links."""
    return IdempotencyRecord.objects.filter(created_at__lt=now - KEPT).delete()[0]


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """What the first call answered."""

    status: int
    body: Mapping[str, Any]


class Replay(Exception):
    """The call was carried out before; `answer` is what it said."""

    def __init__(self, answer: StoredAnswer) -> None:
        super().__init__("already done")
        self.answer = answer


@dataclass(frozen=True, slots=True)
class OnceOnly:
    """Carries one call's key through its service; an empty key means no protection asked for."""

    scope: str
    key: str
    fingerprint: str

    @classmethod
    def for_call(cls, *, scope: str, key: str | None, payload: Mapping[str, Any]) -> OnceOnly:
        """From the header and the parsed body. Raises `InvalidRequest` for a malformed key."""
        if key is not None and not _KEY.fullmatch(key):
            raise InvalidRequest("Idempotency-Key must be 1 to 255 visible ASCII characters.")
        canonical = orjson.dumps(payload, option=orjson.OPT_SORT_KEYS, default=str)
        return cls(scope, key or "", hashlib.sha256(canonical).hexdigest())

    def look_back(self) -> None:
        """Raise `Replay` when the call was done before; `IdempotencyMismatch` for another body."""
        if not self.key:
            return
        record = IdempotencyRecord.objects.filter(scope=self.scope, key=self.key).first()
        if record is None:
            return
        if record.fingerprint != self.fingerprint:
            raise IdempotencyMismatch("Use a new Idempotency-Key for another request.")
        raise Replay(StoredAnswer(record.status, record.body))

    def enter(self) -> None:
        """First step inside the transaction. Raises as `look_back`, or `IdempotencyInProgress`."""
        if not self.key:
            return
        if connection.vendor == "postgresql":
            digest = hashlib.sha256(f"{self.scope}:{self.key}".encode()).digest()
            number = int.from_bytes(digest[:8], "big", signed=True)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
                if not cursor.fetchone()[0]:
                    raise IdempotencyInProgress("Wait for the first answer, then ask again.")
        self.look_back()

    def leave_with(
        self, done: T, answer: Callable[[T], StoredAnswer] | None, *, now: datetime
    ) -> None:
        """Last step inside the transaction, for services that return what they changed."""
        if self.key and answer is not None:
            self.leave(answer(done), now=now)

    def leave(self, answer: StoredAnswer, *, now: datetime) -> None:
        """Last step inside the transaction: store the answer."""
        if self.key:
            IdempotencyRecord.objects.create(
                scope=self.scope,
                key=self.key,
                fingerprint=self.fingerprint,
                status=answer.status,
                body=answer.body,
                created_at=now,
            )


NO_KEY = OnceOnly("", "", "")
"""A call that nobody asked to protect."""
