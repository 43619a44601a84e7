"""Under `/api/`, what Django itself refuses answers problem documents too."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from django.core.exceptions import (
    BadRequest,
    DisallowedHost,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError

from apps.common.errors import DomainError
from apps.common.problems import CONTENT_TYPE, error_response, is_api_request, problem_response

log = structlog.get_logger(__name__)

_BY_STATUS = {
    400: "invalid_request",
    403: "permission_denied",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media_type",
    429: "rate_limited",
}


def code_of(error: Exception) -> str:
    """The table's code of an exception that Django or a framework raised."""
    if isinstance(error, Http404):
        return "not_found"
    if isinstance(error, RequestDataTooBig):
        return "too_large"
    if isinstance(error, DisallowedHost | BadRequest | SuspiciousOperation | UnreadablePostError):
        return "invalid_request"
    if isinstance(error, OperationalError | ConnectionError):
        return "unavailable"
    return "server_error"


class ApiProblemMiddleware:
    """Turns Django's own error pages and crashes under `/api/` into problem documents."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not is_api_request(request) or response.status_code < 400:
            return response
        if response.headers.get("Content-Type", "").startswith((CONTENT_TYPE, "application/json")):
            return response
        code = _BY_STATUS.get(response.status_code, "server_error")
        if response.status_code >= 500 and response.status_code != 500:
            return response
        kept = {name: response[name] for name in ("Allow", "Retry-After") if name in response}
        return problem_response(code, headers=kept)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer what a view raised; None leaves pages outside the API to Django."""
        if not is_api_request(request):
            return None
        if isinstance(error, DomainError):
            return error_response(error)
        code = code_of(error)
        if code in {"server_error", "unavailable"}:
            log.error("request_crashed", exc_info=error)
        headers = {"Retry-After": "5"} if code == "unavailable" else {}
        return problem_response(code, headers=headers)
