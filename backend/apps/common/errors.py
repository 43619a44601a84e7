"""Facts that stop a request, free of any web framework.

Each class carries a stable `code`; `config/api_errors.py` alone maps codes to statuses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field: a JSON pointer (RFC 6901), a code and the cure in words."""

    pointer: str
    code: str
    detail: str


class DomainError(Exception):
    """A refusal that the caller can understand. `extra` becomes further problem members."""

    code: ClassVar[str] = "invalid_request"

    def __init__(
        self,
        detail: str = "",
        *,
        errors: Iterable[FieldError] = (),
        extra: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = tuple(errors)
        self.extra = dict(extra or {})
        self.headers = dict(headers or {})


class _OneField(DomainError):
    """A refusal that may be made for a single field."""

    @classmethod
    def of(cls, pointer: str, code: str, detail: str) -> Self:
        """The refusal of a single field."""
        return cls(detail, errors=[FieldError(pointer, code, detail)])


class InvalidRequest(_OneField):
    """The request itself is malformed: broken JSON, a wrong query parameter."""

    code = "invalid_request"


class ValidationFailed(_OneField):
    """Well-formed, but some fields need another value."""

    code = "validation_failed"


class InvalidTimezone(DomainError):
    """Not a name of the IANA time zone database."""

    code = "invalid_timezone"


class NotAuthenticated(DomainError):
    """Nobody is signed in, or the credentials are not valid."""

    code = "not_authenticated"


class PermissionDenied(DomainError):
    """Signed in, but not allowed."""

    code = "permission_denied"


class NotFound(DomainError):
    """No such thing, or not yours to know about."""

    code = "not_found"


class TokenExpired(DomainError):
    """The link was valid once."""

    code = "token_expired"


class InvalidState(DomainError):
    """The thing is not in a state that allows the move."""

    code = "invalid_state"


class Conflict(DomainError):
    """Clashes with what exists."""

    code = "conflict"


class EtagMismatch(DomainError):
    """Changed since it was read (RFC 9110, If-Match)."""

    code = "etag_mismatch"


class TooLarge(DomainError):
    """The request body is above the limit."""

    code = "too_large"


class UnsupportedMediaType(DomainError):
    """The body is not JSON."""

    code = "unsupported_media_type"


class RateLimited(DomainError):
    """Too many requests; `headers` carry Retry-After in seconds."""

    code = "rate_limited"


class IdempotencyMismatch(DomainError):
    """The same Idempotency-Key came with another request."""

    code = "idempotency_mismatch"


class IdempotencyInProgress(DomainError):
    """The same Idempotency-Key is being worked on right now."""

    code = "idempotency_in_progress"
