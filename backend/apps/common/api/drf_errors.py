"""DRF's exceptions as problem documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from rest_framework import exceptions

from apps.common.errors import DomainError, FieldError
from apps.common.problems import error_response, problem_response

_CODES: tuple[tuple[type[Exception], str], ...] = (
    (exceptions.ParseError, "invalid_request"),
    (exceptions.NotAuthenticated, "not_authenticated"),
    (exceptions.AuthenticationFailed, "not_authenticated"),
    (exceptions.PermissionDenied, "permission_denied"),
    (PermissionDenied, "permission_denied"),
    (exceptions.NotFound, "not_found"),
    (Http404, "not_found"),
    (exceptions.MethodNotAllowed, "method_not_allowed"),
    (exceptions.NotAcceptable, "not_acceptable"),
    (exceptions.UnsupportedMediaType, "unsupported_media_type"),
    (exceptions.Throttled, "rate_limited"),
)


def field_errors(detail: Any, pointer: str = "") -> Iterator[FieldError]:
    """A serializer's errors, flat, each with its JSON pointer."""
    if isinstance(detail, Mapping):
        for name, member in detail.items():
            step = "" if name == "non_field_errors" else f"/{name}"
            yield from field_errors(member, pointer + step)
    elif isinstance(detail, list):
        for index, member in enumerate(detail):
            nested = isinstance(member, Mapping | list)
            yield from field_errors(member, f"{pointer}/{index}" if nested else pointer)
    else:
        yield FieldError(pointer, getattr(detail, "code", "invalid"), str(detail))


def handle_exception(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """DRF's EXCEPTION_HANDLER; None means a crash, which the middleware answers."""
    if isinstance(error, DomainError):
        return error_response(error)
    if isinstance(error, exceptions.ValidationError):
        errors = list(field_errors(error.detail))
        detail = errors[0].detail if errors else ""
        return problem_response("validation_failed", detail=detail, errors=errors)
    for kind, code in _CODES:
        if isinstance(error, kind):
            headers = {}
            if isinstance(error, exceptions.MethodNotAllowed):
                headers["Allow"] = ", ".join(context["view"].allowed_methods)
            wait = getattr(error, "wait", None)
            if isinstance(error, exceptions.Throttled) and wait:
                headers["Retry-After"] = str(int(wait) + 1)
            detail = str(getattr(error, "detail", "") or "")
            if detail.startswith("CSRF Failed"):
                code = "csrf_failed"
            return problem_response(code, detail=detail, headers=headers)
    return None
