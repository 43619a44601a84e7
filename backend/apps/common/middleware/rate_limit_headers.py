"""Answers tell what is left of the budgets that their request spent from.

`RateLimit` and `RateLimit-Policy` as in draft-ietf-httpapi-ratelimit-headers-11, one member per
budget; `X-RateLimit-*` for clients that read those, of the budget nearest to its end.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from apps.common.rate_limits import Quota, quotas_of


class RateLimitHeadersMiddleware:
    """Adds the headers wherever a view has called `spend`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        quotas = quotas_of(request)
        if quotas:
            for name, value in _headers(quotas).items():
                response[name] = value
        return response


def _headers(quotas: list[Quota]) -> dict[str, str]:
    tightest = min(quotas, key=lambda quota: (quota.left, -quota.reset))
    return {
        "RateLimit-Policy": ", ".join(
            f'"{one.name}";q={one.limit};w={one.window}' for one in quotas
        ),
        "RateLimit": ", ".join(f'"{one.name}";r={one.left};t={one.reset}' for one in quotas),
        "X-RateLimit-Limit": str(tightest.limit),
        "X-RateLimit-Remaining": str(tightest.left),
        "X-RateLimit-Reset": str(tightest.reset),
    }
