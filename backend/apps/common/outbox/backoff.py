"""When a failed effect is tried again."""

from __future__ import annotations

import math
import random
from datetime import timedelta

FIRST_SECONDS = 5.0
FACTOR = 3.0
LONGEST_SECONDS = 6 * 3600.0
LONGEST_RETRY_AFTER_SECONDS = 7 * 86_400.0


def retry_delay(*, attempts: int, retry_after: float | None = None) -> timedelta:
    """How long to wait after `attempts` failed attempts (at least 1).

    5 s, 15 s, 45 s … up to 6 h, each varied by up to 20 % so that rows that failed together do not
    return together. `retry_after` (seconds, from the other side) is a floor.
    """
    delay = min(FIRST_SECONDS * FACTOR ** min(attempts - 1, 20), LONGEST_SECONDS)
    delay *= random.uniform(0.8, 1.2)  # noqa: S311 (spreads load, guards nothing)
    if retry_after is not None and math.isfinite(retry_after) and retry_after > 0:
        asked = min(retry_after, LONGEST_RETRY_AFTER_SECONDS)
        delay = max(delay, asked * random.uniform(1.0, 1.1))  # noqa: S311 (as above)
    return timedelta(seconds=delay)
