"""Celery for production: workers carry effects out, beat ticks the dispatcher.

Nothing that must happen is a Celery ETA or countdown: due times live in the outbox table, because
Redis loses or repeats delayed messages around its visibility timeout.
"""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_init
from django.conf import settings

from apps.common import housekeeping

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

app = Celery("halfpast")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["apps.common.outbox"])
# A broker that is away costs a request milliseconds, not the six seconds of the default retries:
# the rows are safe, the next tick finds them. (A worker's own connection has its own patience.)
app.conf.broker_transport_options = {
    "socket_connect_timeout": 3,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
}
app.conf.beat_schedule = {
    "dispatch-due-effects": {
        "task": "outbox.dispatch_due",
        "schedule": float(settings.OUTBOX_POLL_SECONDS),
        # A tick that nobody took is worthless once the next one is there.
        "options": {"expires": 10.0 * settings.OUTBOX_POLL_SECONDS},
    },
    "housekeeping": {"task": "common.housekeeping", "schedule": housekeeping.SECONDS},
}


@setup_logging.connect
def keep_our_logging(**kwargs: Any) -> None:
    """Settings configure the logs of every process; Celery's own set-up would replace it."""


@worker_init.connect
def check_settings(**kwargs: Any) -> None:
    """Refuse to start a worker whose leases are shorter than its mail server's patience."""
    from apps.common.outbox.running import check_timeouts

    check_timeouts()
