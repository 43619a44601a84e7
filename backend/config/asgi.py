"""ASGI entry: HTTP through Django, and the embedded dispatcher's life with the server's.

`make run` serves everything with it in one process.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.conf import settings
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_http = get_asgi_application()


async def application(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """One connection: the server's lifespan, or an HTTP request."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    else:
        await _http(scope, receive, send)  # type: ignore[arg-type]


async def _live(receive: Receive, send: Send) -> None:
    """Dispatch effects between the server's start and its end, if this process is to do so."""
    from apps.common.outbox import embedded

    await receive()  # lifespan.startup
    try:
        if settings.EFFECTS_RUNNER == "embedded":
            embedded.start()
    except Exception as error:
        await send({"type": "lifespan.startup.failed", "message": str(error)})
        return
    await send({"type": "lifespan.startup.complete"})
    await receive()  # lifespan.shutdown
    await asyncio.to_thread(embedded.stop)
    await send({"type": "lifespan.shutdown.complete"})
