"""Addresses with NUL name nothing: PostgreSQL would refuse to look them up, as a crash."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from apps.common.text import is_storable


class StorablePathMiddleware:
    """Answers 404 for a path that could be stored nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_storable(request.path):
            raise Http404("There is no such address.")
        return self.get_response(request)
