"""Answers that belong to no app: health, refusals outside the API."""

from __future__ import annotations

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from apps.common.outbox import lag_seconds
from apps.common.problems import describe, is_api_request, problem_response
from apps.common.time import utc_now


def healthz(request: HttpRequest) -> JsonResponse:
    """Liveness: this process answers."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """Readiness: the database and the cache answer; the outbox's lag in seconds is told."""
    checks: dict[str, object] = {}
    healthy = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        checks["database"] = "ok"
        checks["outbox_lag_seconds"] = lag_seconds(now=utc_now())
    except Exception as error:
        healthy, checks["database"] = False, type(error).__name__
    try:
        cache.set("readyz", "ok", 5)
        healthy = healthy and cache.get("readyz") == "ok"
        checks["cache"] = "ok" if cache.get("readyz") == "ok" else "no answer"
    except Exception as error:
        healthy, checks["cache"] = False, type(error).__name__
    checks["status"] = "ok" if healthy else "unavailable"
    return JsonResponse(checks, status=200 if healthy else 503)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form or call from another site, or without its token."""
    detail = "Reload the page and try again."
    if is_api_request(request) or request.path.startswith("/_allauth/"):
        return problem_response("csrf_failed", detail=detail)
    return render(request, "common/refused.html", {"detail": detail}, status=403)


def problem_type(request: HttpRequest, name: str) -> HttpResponse:
    """What the `type` of a problem document names (RFC 9457, 3.1.1), such as slot-taken."""
    code = name.replace("-", "_")
    try:
        problem = describe(code)
    except KeyError:
        return problem_response("not_found", detail="There is no such kind of problem.")
    return JsonResponse({"code": code, "status": problem.status, "title": problem.title})


@csrf_exempt
def api_not_found(request: HttpRequest, path: str = "") -> HttpResponse:
    """Any address under `/api/` that does not exist; never a redirect to a slash."""
    return problem_response("not_found", detail="There is no such address.")
