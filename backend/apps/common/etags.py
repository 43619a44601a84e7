"""Optimistic concurrency by entity tags (RFC 9110): a client says which version it has seen."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from apps.common.errors import EtagMismatch


def make_etag(id: UUID, updated_at: datetime) -> str:
    """A strong entity tag, with its quotes, of one version of a row."""
    return f'"{id.hex}-{int(updated_at.astimezone(UTC).timestamp() * 1_000_000):x}"'


def make_content_etag(*content: object) -> str:
    """A strong entity tag, with its quotes, of something that keeps no time of its last change.

    `content` is all that a client sees of it, as values whose `repr` tells them apart.
    """
    return f'"{sha256(repr(content).encode()).hexdigest()[:32]}"'


def require_match(etag: str, if_match: str | None) -> None:
    """Raises `EtagMismatch` unless `if_match` (the header's value) is absent or names `etag`."""
    if if_match is None or if_match.strip() == "*":
        return
    if etag not in [tag.strip() for tag in if_match.split(",")]:
        raise EtagMismatch("Somebody changed it since you read it. Load it again, then repeat.")
