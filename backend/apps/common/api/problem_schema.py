"""The declared shape of every refusal (RFC 9457), for the API documents."""

from __future__ import annotations

from ninja import Schema


class ProblemError(Schema):
    """What is wrong with one field."""

    pointer: str
    code: str
    detail: str


class ProblemDocument(Schema):
    """application/problem+json; some codes carry further members."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[ProblemError]
    request_id: str
