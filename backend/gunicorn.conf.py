"""Settings of gunicorn, which reads this file by itself where it is started (backend/)."""

from __future__ import annotations

from typing import Any


def pre_request(worker: Any, request: Any) -> None:
    """Answer a body above the limit with `Connection: close`.

    It is refused with 413 and not read to its end, so no other request can follow it. An
    application must not set that header itself (PEP 3333): only the server knows its connections.
    """
    from django.conf import settings

    lengths = [value for name, value in request.headers if name == "CONTENT-LENGTH"]
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if any(length.isdigit() and int(length) > most for length in lengths):
        request.force_close()
