"""RFC 9457 problem details: one shape for every error of every interface (semantics, 10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import orjson
import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from apps.common.errors import DomainError, FieldError

CONTENT_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """One row of the table in `config/api_errors.py`."""

    status: int
    title: str


def describe(code: str) -> Problem:
    """Status and title of a code; an unknown code is a programming error (KeyError)."""
    table: Mapping[str, Problem] = import_string(settings.API_ERRORS)
    return table[code]


def problem_body(
    code: str,
    *,
    detail: str = "",
    errors: Iterable[FieldError] = (),
    extra: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The members of a problem document, ready for JSON."""
    problem = describe(code)
    return {
        "type": f"{settings.BASE_URL}/problems/{code.replace('_', '-')}",
        "title": problem.title,
        "status": problem.status,
        "detail": detail or problem.title,
        "code": code,
        "errors": [asdict(error) for error in errors],
        "request_id": structlog.contextvars.get_contextvars().get("request_id", ""),
        **(extra or {}),
    }


def problem_response(
    code: str,
    *,
    detail: str = "",
    errors: Iterable[FieldError] = (),
    extra: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The HTTP answer for a code of the table."""
    body = problem_body(code, detail=detail, errors=errors, extra=extra)
    response = HttpResponse(orjson.dumps(body), content_type=CONTENT_TYPE, status=body["status"])
    response["Cache-Control"] = "no-store"
    if body["status"] == 401:
        response["WWW-Authenticate"] = "Bearer"
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def error_response(error: DomainError) -> HttpResponse:
    """The HTTP answer for a domain error."""
    return problem_response(
        error.code,
        detail=error.detail,
        errors=error.errors,
        extra=error.extra,
        headers=error.headers,
    )


def is_api_request(request: HttpRequest) -> bool:
    """Whether errors of this address are answered as problem documents."""
    return request.path.startswith("/api/") or request.path == "/api"
