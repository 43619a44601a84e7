"""Addresses of event types: the second segment of a booking page's address."""

from __future__ import annotations

import re
import secrets
import string
from collections.abc import Collection

from apps.users.public import slug_of

MAX_SLUG = 80
# Taken by paths of the API (`slots/hold/`).
RESERVED = frozenset({"hold"})
_PATTERN = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", re.ASCII)
_SUFFIX_ALPHABET = string.ascii_lowercase + string.digits
_SUFFIX_LENGTH = 8


def find_slug_problem(slug: str) -> str | None:
    """A sentence saying why `slug` cannot be an address, or None."""
    if len(slug) > MAX_SLUG:
        return f"Use at most {MAX_SLUG} characters."
    if not _PATTERN.fullmatch(slug):
        return "Use lower-case letters a-z, digits and hyphens, with no hyphen at either end."
    if slug in RESERVED:
        return f'"{slug}" is used by the product itself. Choose another.'
    return None


def make_slug(name: str, *, is_private: bool, taken: Collection[str]) -> str:
    """A free slug made from a name; a private one cannot be guessed from it."""
    base = slug_of(name) or "meeting"
    if is_private:
        return f"{base}-{_random_suffix()}"
    number, slug = 1, base
    while slug in taken or slug in RESERVED:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _random_suffix() -> str:
    return "".join(secrets.choice(_SUFFIX_ALPHABET) for _ in range(_SUFFIX_LENGTH))
