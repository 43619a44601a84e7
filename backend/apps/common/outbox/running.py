"""Carrying out one row. The same function for the embedded thread pool and for Celery."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection, transaction
from django.db.models import F
from django.utils.module_loading import import_string

from apps.common.outbox.backoff import retry_delay
from apps.common.outbox.claiming import lease_end
from apps.common.outbox.effects import EffectContext, EffectFailed, EffectFunction
from apps.common.outbox.models import OutboxRow, OutboxState
from apps.common.time import utc_now

logger = structlog.get_logger(__name__)

# An effect that hangs keeps its lease this many leases long; then the row is given to another.
LONGEST_RUN_LEASES = 20
_ERROR_LENGTH = 2000


def check_timeouts() -> None:
    """Refuse to start when one wait on the mail server could outlast a lease."""
    if settings.EMAIL_TIMEOUT >= settings.OUTBOX_LEASE_SECONDS:
        raise ImproperlyConfigured(
            f"EMAIL_TIMEOUT ({settings.EMAIL_TIMEOUT} s) must be below OUTBOX_LEASE_SECONDS "
            f"({settings.OUTBOX_LEASE_SECONDS} s): a slow mail would be taken for a dead worker "
            "and sent by another; lower the one or raise the other."
        )


def run_row(row_id: int) -> bool:
    """Carry out the row if it is still leased and not begun; say whether this call ran it.

    A second call for the same lease (a repeated message, a slow queue) changes nothing. The effect
    runs outside any transaction; calling this inside one is refused. Never raises for a failing
    effect: the failure is on the row.
    """
    row = _claim(row_id)
    if row is None:
        return False
    with (
        structlog.contextvars.bound_contextvars(
            request_id=row.request_id or None, effect=row.name, effect_row=row.id
        ),
        _lease_kept(row),
    ):
        try:
            _carry_out(row)
        except EffectFailed as failure:
            _record_failure(
                row, failure.detail, permanent=failure.permanent, retry_after=failure.retry_after
            )
        except Exception as error:
            logger.exception("outbox_effect_crashed")
            _record_failure(row, f"{type(error).__name__}: {error}")
        else:
            _finish(row, state=OutboxState.DONE, done_at=utc_now(), last_error="")
            logger.info("outbox_effect_done", attempt=row.attempts)
    return True


def _claim(row_id: int) -> OutboxRow | None:
    now = utc_now()
    lease_id = uuid4()
    with transaction.atomic(durable=True):
        claimed = OutboxRow.objects.filter(
            id=row_id, state=OutboxState.LEASED, leased_until__gt=now
        ).update(
            state=OutboxState.RUNNING,
            lease_id=lease_id,
            leased_until=lease_end(now),
            attempts=F("attempts") + 1,
        )
        return OutboxRow.objects.get(id=row_id) if claimed else None


def _carry_out(row: OutboxRow) -> None:
    path = import_string(settings.EFFECT_TABLE).get(row.name)
    if path is None:
        raise EffectFailed(f"No function is registered for the effect {row.name!r}.")
    if not row.payload:
        raise EffectFailed("What it should say was erased.", permanent=True)
    function: EffectFunction = import_string(path)
    context = EffectContext(
        row_id=row.id,
        name=row.name,
        idempotency_key=row.idempotency_key,
        attempt=row.attempts,
        request_id=row.request_id,
        now=utc_now(),
    )
    function(row.payload, context=context)


def _record_failure(
    row: OutboxRow, detail: str, *, permanent: bool = False, retry_after: float | None = None
) -> None:
    detail = detail[:_ERROR_LENGTH].replace("\x00", "")
    if permanent or row.attempts >= settings.OUTBOX_MAX_ATTEMPTS:
        _finish(row, state=OutboxState.DEAD, last_error=detail)
        logger.error("outbox_effect_dead", attempt=row.attempts, error=detail)
        return
    run_at = utc_now() + retry_delay(attempts=row.attempts, retry_after=retry_after)
    _finish(row, state=OutboxState.PENDING, run_at=run_at, last_error=detail)
    logger.warning(
        "outbox_effect_failed", attempt=row.attempts, error=detail, again_at=run_at.isoformat()
    )


def _finish(
    row: OutboxRow,
    *,
    state: OutboxState,
    last_error: str,
    done_at: datetime | None = None,
    run_at: datetime | None = None,
) -> None:
    """Write the outcome, if this run still holds the row.

    Tried several times: an outcome that is lost makes the effect happen again.
    """
    for patience in (0.2, 1.0, 3.0, None):
        try:
            finished = OutboxRow.objects.filter(
                id=row.id, state=OutboxState.RUNNING, lease_id=row.lease_id
            ).update(
                state=state,
                last_error=last_error,
                done_at=done_at,
                run_at=run_at or row.run_at,
                leased_until=None,
                lease_id=None,
            )
            break
        except OperationalError:
            if patience is None:
                raise
            connection.close()
            time.sleep(patience)
    if not finished:
        logger.error("outbox_lease_lost", outcome=state)


@contextmanager
def _lease_kept(row: OutboxRow) -> Iterator[None]:
    """Renew the lease from a thread of its own while the effect runs (a slow SMTP dialogue)."""
    ended = threading.Event()
    assert row.lease_id is not None
    keeper = threading.Thread(
        target=_renew, args=(row.id, row.lease_id, ended), name="outbox-lease", daemon=True
    )
    keeper.start()
    try:
        yield
    finally:
        ended.set()
        keeper.join()


def _renew(row_id: int, lease_id: UUID, ended: threading.Event) -> None:
    interval = settings.OUTBOX_LEASE_SECONDS / 3
    for _ in range(3 * LONGEST_RUN_LEASES):
        if ended.wait(interval):
            return
        try:
            OutboxRow.objects.filter(
                id=row_id, state=OutboxState.RUNNING, lease_id=lease_id
            ).update(leased_until=lease_end(utc_now()))
        except Exception:
            logger.warning("outbox_lease_not_renewed", row_id=row_id, exc_info=True)
        finally:
            connection.close()
