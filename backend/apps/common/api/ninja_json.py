"""JSON into Ninja: the same strict reading as DRF's (`parsers.py`), refused before validation."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import orjson
from django.http import HttpRequest
from ninja.parser import Parser

from apps.common.errors import UnsupportedMediaType


class OrjsonBodyParser(Parser):
    """Strict UTF-8, no NaN, bounded depth. Ninja answers 400 for whatever this raises."""

    def parse_body(self, request: HttpRequest) -> Any:
        return orjson.loads(request.body)


def refuse_other_media_types(run: Callable[..., Any]) -> Callable[..., Any]:
    """Wraps an operation: a body that does not call itself JSON answers 415, as with DRF."""

    @wraps(run)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.body and request.content_type != "application/json":
            raise UnsupportedMediaType("Send the body as application/json.")
        return run(request, *args, **kwargs)

    return guarded
