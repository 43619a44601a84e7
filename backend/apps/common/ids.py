"""Random identifiers."""

import secrets
from uuid import UUID


def random_token() -> UUID:
    """128 random bits in the form of a UUID, for links that act as a key (semantics, 4)."""
    return UUID(bytes=secrets.token_bytes(16))
