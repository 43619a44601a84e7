"""The embedded dispatcher: one thread that claims, a small pool that carries out.

Started and stopped by the ASGI lifespan (`config/asgi.py`), so that management commands, tests and
a second interpreter never dispatch by accident.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor, wait

import structlog
from django.conf import settings
from django.db import close_old_connections, connections

from apps.common import housekeeping
from apps.common.outbox.claiming import claim_due, release
from apps.common.outbox.running import check_timeouts, run_row
from apps.common.time import utc_now

logger = structlog.get_logger(__name__)


class EmbeddedDispatcher:
    """Claims due rows and runs them on `threads` threads of this process."""

    def __init__(self, *, threads: int, poll_seconds: float) -> None:
        self._threads = threads
        self._poll_seconds = poll_seconds
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._running: dict[int, Future[None]] = {}
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="outbox-effect")
        self._thread = threading.Thread(target=self._loop, name="outbox-dispatcher", daemon=True)

    def start(self) -> None:
        """Begin to dispatch."""
        self._thread.start()

    def wake(self) -> None:
        """Look for due rows now instead of at the next poll."""
        self._wake.set()

    def stop(self, *, timeout: float = 20.0) -> None:
        """Claim nothing more, let running effects end, for at most `timeout` seconds.

        What has not ended by then comes back by its lease, here or in the next process.
        """
        self._stopping.set()
        self._wake.set()
        self._thread.join(timeout)
        self._pool.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            running = dict(self._running)
        release(row_id for row_id, future in running.items() if future.cancelled())
        wait(running.values(), timeout=timeout)

    def _loop(self) -> None:
        next_housekeeping = utc_now().timestamp()
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                close_old_connections()
                self._dispatch()
                now = utc_now()
                if now.timestamp() >= next_housekeeping:
                    next_housekeeping = now.timestamp() + housekeeping.SECONDS
                    housekeeping.run_chores(now=now)
            except Exception:
                # A database that is away must not end the thread: the next poll tries again.
                logger.exception("outbox_dispatch_failed")
            self._wake.wait(self._poll_seconds)
        connections.close_all()

    def _dispatch(self) -> None:
        with self._lock:
            free = self._threads - len(self._running)
        if free <= 0:
            return
        for row_id in claim_due(now=utc_now(), limit=free):
            with self._lock:
                self._running[row_id] = self._pool.submit(self._carry_out, row_id)

    def _carry_out(self, row_id: int) -> None:
        try:
            close_old_connections()
            run_row(row_id)
        except Exception:
            logger.exception("outbox_run_failed", row_id=row_id)
        finally:
            connections.close_all()
            with self._lock:
                self._running.pop(row_id, None)
            # A thread is free, and the next row of this ordering key may go.
            self._wake.set()


_dispatcher: EmbeddedDispatcher | None = None
_guard = threading.Lock()


def start() -> None:
    """Start this process's dispatcher; a second call changes nothing."""
    global _dispatcher
    check_timeouts()
    with _guard:
        if _dispatcher is None:
            _dispatcher = EmbeddedDispatcher(
                threads=settings.OUTBOX_THREADS, poll_seconds=settings.OUTBOX_POLL_SECONDS
            )
            _dispatcher.start()


def stop() -> None:
    """Stop it, letting running effects end."""
    global _dispatcher
    with _guard:
        dispatcher, _dispatcher = _dispatcher, None
    if dispatcher is not None:
        dispatcher.stop()


def wake() -> None:
    """Wake this process's dispatcher if it has one; else another process's poll finds the row."""
    dispatcher = _dispatcher
    if dispatcher is not None:
        dispatcher.wake()
