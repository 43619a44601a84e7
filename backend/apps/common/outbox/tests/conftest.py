"""Sample effects instead of the product's, and rows made the way the product makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from apps.common.outbox import Effect, enqueue
from apps.common.outbox.models import OutboxRow
from apps.common.outbox.tests import sample_effects
from apps.common.time import utc_now
from config.celery import app


@pytest.fixture(autouse=True)
def _sample_effects(settings: Any) -> Iterator[None]:
    settings.EFFECT_TABLE = "apps.common.outbox.tests.sample_effects.EFFECTS"
    settings.EFFECTS_RUNNER = "embedded"
    sample_effects.reset()
    yield
    sample_effects.may_end.set()


@pytest.fixture
def use_broker() -> Iterator[Callable[[str], None]]:
    """Point Celery at a broker for one test."""
    before = app.conf.broker_url

    def choose(url: str) -> None:
        app.conf.broker_url = url
        # What a forked worker does first: forget every pooled connection to the old broker.
        app._after_fork()

    yield choose
    choose(before)


@pytest.fixture
def write() -> Callable[..., OutboxRow]:
    """Write one effect in a transaction of its own and return its row."""

    def write_effect(
        key: str = "key",
        *,
        name: str = "sample.record",
        payload: dict[str, Any] | None = None,
        line: str = "",
        sequence: int = 0,
        run_at: datetime | None = None,
    ) -> OutboxRow:
        effect = Effect(
            name=name,
            payload={"line": line, **(payload or {})},
            idempotency_key=key,
            ordering_key=line,
            sequence=sequence,
            run_at=run_at,
        )
        with transaction.atomic():
            enqueue([effect], now=utc_now())
        return OutboxRow.objects.get(idempotency_key=key)

    return write_effect
