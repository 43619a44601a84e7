"""Keeps text that no database stores out of allauth's endpoints, as our schemas do elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import orjson
from django.http import HttpRequest, HttpResponse

from apps.common.errors import FieldError
from apps.common.problems import problem_response
from apps.common.text import find_unstorable

PREFIX = "/_allauth/"


class StorableTextMiddleware:
    """Refuses JSON bodies under `/_allauth/` that hold NUL, lone surrogates or are no JSON."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(PREFIX) and request.method != "GET" and request.body:
            try:
                # orjson refuses lone surrogates and broken UTF-8 itself.
                fault = find_unstorable(orjson.loads(request.body))
            except orjson.JSONDecodeError as error:
                detail = f"The body is not valid JSON: {error}"
                return problem_response("invalid_request", detail=detail)
            if fault:
                named = FieldError(fault.pointer, "unstorable_text", fault.detail)
                return problem_response("invalid_request", detail=fault.detail, errors=[named])
        return self.get_response(request)
