"""What is done now and then, by whoever dispatches effects: `config/housekeeping.py` lists it."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

logger = structlog.get_logger(__name__)

SECONDS = 300.0
"""Between two rounds."""


def run_chores(*, now: datetime) -> None:
    """Every chore once; one that fails is logged and keeps no other from its turn."""
    for path in import_string(settings.HOUSEKEEPING):
        try:
            import_string(path)(now=now)
        except Exception:
            logger.exception("chore_failed", chore=path)
