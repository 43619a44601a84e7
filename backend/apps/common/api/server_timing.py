"""The header Server-Timing: where the time of an answer went, for whoever looks at it."""

from __future__ import annotations

import time


class ServerTiming:
    """Names the stretches of an answer as they end; a browser shows them beside the request."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._parts: list[str] = []

    def lap(self, name: str) -> None:
        """The stretch that ends now, in milliseconds."""
        now = time.perf_counter()
        self._parts.append(f"{name};dur={(now - self._began) * 1000:.1f}")
        self._began = now

    def __str__(self) -> str:
        return ", ".join(self._parts)
