"""Waking the dispatcher right after a commit. Losing a nudge costs one poll interval, no more."""

from __future__ import annotations

import structlog
from django.conf import settings

logger = structlog.get_logger(__name__)


def nudge() -> None:
    """Tell the dispatcher that something is due. Never raises: the change is committed already."""
    if settings.EFFECTS_RUNNER == "celery":
        _nudge_celery()
    else:
        from apps.common.outbox import embedded

        embedded.wake()


def _nudge_celery() -> None:
    from config.celery import app

    try:
        app.send_task("outbox.dispatch_due", retry=False, ignore_result=True)
    except Exception:
        logger.warning(
            "outbox_nudge_failed", cure="the beat tick dispatches instead", exc_info=True
        )
