"""Ninja's exceptions as problem documents."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from apps.common.api.ninja_json import OrjsonBodyParser, refuse_other_media_types
from apps.common.errors import DomainError, FieldError
from apps.common.problems import error_response, problem_response

_BY_STATUS = {
    400: "invalid_request",
    401: "not_authenticated",
    403: "permission_denied",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    429: "rate_limited",
}


UNION_TAG = "~"
"""Begins the tags of unions of bodies; pydantic puts them into locations, pointers leave them out."""


def _pointer(location: tuple[object, ...]) -> str:
    """Ninja's ("body", "payload", "name") as "/name"; a body that is missing has no pointer."""
    steps = list(location)
    source = steps.pop(0) if steps else ""
    if source == "body" and steps:
        steps.pop(0)
    return "".join(f"/{step}" for step in steps if not str(step).startswith(UNION_TAG))


def _field_errors(error: ValidationError) -> list[FieldError]:
    return [
        FieldError(
            "/action" if item["type"] == "unknown_action" else _pointer(tuple(item["loc"])),
            str(item["type"]),
            str(item["msg"]).removeprefix("Value error, "),
        )
        for item in error.errors
    ]


def install(api: NinjaAPI) -> None:
    """Answer every refusal of this API with a problem document, and read JSON as DRF does."""
    api.parser = OrjsonBodyParser()
    api.add_decorator(refuse_other_media_types, mode="view")

    @api.exception_handler(DomainError)
    def _domain(request: HttpRequest, error: DomainError) -> HttpResponse:
        return error_response(error)

    @api.exception_handler(ValidationError)
    def _validation(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = _field_errors(error)
        in_query = all(item["loc"][0] in {"query", "path"} for item in error.errors)
        code = "invalid_request" if in_query else "validation_failed"
        return problem_response(code, detail=errors[0].detail if errors else "", errors=errors)

    @api.exception_handler(HttpError)
    def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem_response(
            _BY_STATUS.get(error.status_code, "invalid_request"), detail=error.message
        )

    @api.exception_handler(Http404)
    def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem_response("not_found")

    @api.exception_handler(AuthenticationError)
    def _authentication(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return problem_response("not_authenticated")
