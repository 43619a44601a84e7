"""Runs allauth's own views for API clients and turns their answers into ours.

One sign-in flow for browsers and API clients: rate limits, verification, second factor and
whatever allauth adds later hold for both, because both run the same views.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import orjson
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.headless.base.views import APIView
from allauth.headless.constants import Client
from django.http import HttpRequest

from apps.common.errors import (
    Conflict,
    DomainError,
    FieldError,
    InvalidTimezone,
    NotAuthenticated,
    PermissionDenied,
    RateLimited,
    ValidationFailed,
)
from apps.common.origin import refuse_foreign_origin
from apps.users.errors import InvalidCredentials

_WRONG_CREDENTIALS = {"email_password_mismatch", "invalid_login"}
_TOO_MANY = {"too_many_login_attempts", "rate_limited"}
_LIMIT_SECONDS = 60
_LOCKOUT_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Answer:
    """What an allauth view said. `pending` is the step that a sign-in still waits for."""

    status: int
    data: dict[str, Any] = field(default_factory=dict)
    meta: dict[str, Any] = field(default_factory=dict)
    errors: tuple[dict[str, Any], ...] = ()

    @property
    def pending(self) -> dict[str, Any] | None:
        flows = self.data.get("flows", [])
        return next((flow for flow in flows if flow.get("is_pending")), None)


def run(view: type[APIView], request: HttpRequest, *, anew: bool = False) -> Answer:
    """Run the view on this request's body. `anew` ignores who the caller is signed in as.

    Raises the domain error that fits what allauth refused; a 401 without errors is returned,
    because allauth uses it for "done, and nobody is signed in".
    """
    refuse_foreign_origin(request)
    if anew:
        request.META.pop("HTTP_AUTHORIZATION", None)
    try:
        response = view.as_api_view(client=Client.APP)(request)
    except ImmediateHttpResponse as stopped:
        response = stopped.response
    try:
        body = orjson.loads(response.content)
    except orjson.JSONDecodeError:
        body = {}
    answer = Answer(
        status=response.status_code,
        data=body.get("data") or {},
        meta=body.get("meta") or {},
        errors=tuple(body.get("errors") or ()),
    )
    refusal = _refusal(answer)
    if refusal:
        raise refusal
    return answer


def _refusal(answer: Answer) -> DomainError | None:
    if answer.errors:
        return _told_refusal(answer.errors)
    if answer.status == 429:
        return too_many(_LIMIT_SECONDS)
    if answer.status == 410:
        return NotAuthenticated("This sign-in has ended. Sign in again.")
    if answer.status == 403:
        return PermissionDenied("This is not open to you.")
    if answer.status == 409:
        return Conflict("That step is not due now. Start again.")
    if answer.status == 400:
        return ValidationFailed("The request cannot be used as it is.")
    return None


def _told_refusal(errors: tuple[dict[str, Any], ...]) -> DomainError:
    codes = {error.get("code") for error in errors}
    detail = str(errors[0].get("message", ""))
    if codes & _TOO_MANY:
        return too_many(_LOCKOUT_SECONDS)
    if codes & _WRONG_CREDENTIALS:
        return InvalidCredentials("Check the address and the password, or reset the password.")
    told = [
        FieldError(
            f"/{error['param']}" if error.get("param") else "",
            str(error.get("code") or "invalid"),
            str(error.get("message", "")),
        )
        for error in errors
    ]
    kind = InvalidTimezone if codes == {"invalid_timezone"} else ValidationFailed
    return kind(detail, errors=told)


def too_many(seconds: int) -> RateLimited:
    """The refusal of one attempt too many."""
    return RateLimited(
        f"Too many attempts. Try again in {seconds} seconds.",
        headers={"Retry-After": str(seconds)},
    )
