"""What the public calls that make something, once per Idempotency-Key, answer and refuse."""

from __future__ import annotations

from django.http import HttpResponse

from apps.common.api.problem_schema import ProblemDocument
from apps.common.idempotency import StoredAnswer
from apps.events.presenting import to_json

REFUSALS = dict.fromkeys((400, 403, 404, 409, 413, 422, 429), ProblemDocument)


def answer_once(stored: StoredAnswer, *, replayed: bool = False) -> HttpResponse:
    """The stored answer; a repeated call is told that it is one."""
    body = to_json(stored.body)
    response = HttpResponse(body, content_type="application/json", status=stored.status)
    response["Cache-Control"] = "no-store"
    if replayed:
        response["Idempotent-Replayed"] = "true"
    return response
