"""What the hashes of audit rows are made of (semantics, 4). Pure: no database, no clock.

A row's `hash` covers its place in the booking's chain, what was done and by what kind of actor, and
`personal_hash`; that covers everything by which a person could be known, together with a salt of
the row's own. Erasing the personal values and the salt leaves a chain that still verifies, and a
hash from which nothing can be guessed back.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from apps.common.time import format_instant
from apps.events.models.audit import BookingAuditLog

PUBLIC_VALUES = frozenset(
    {
        "start_time",
        "end_time",
        "status",
        "attendee_count",
        "capacity",
        "host",
        "hosts",
        "recurrence_sequence",
        "request_expires_at",
    }
)
"""Names in `old_values` and `new_values` that tell of no person; all others are personal."""

_PERSONAL = ("actor_email", "actor_name", "ip_address", "user_agent")


def new_salt() -> str:
    """128 random bits."""
    return secrets.token_hex(16)


def personal_hash_of(row: BookingAuditLog) -> str:
    """Over the personal values and the salt, which must both still be there."""
    personal: dict[str, Any] = {name: getattr(row, name) for name in _PERSONAL}
    for name in ("old_values", "new_values"):
        personal[name] = _split(getattr(row, name), public=False)
    return _digest({"salt": row.salt, **personal})


def hash_of(row: BookingAuditLog) -> str:
    """Over all that is never erased, and `previous_hash`."""
    return _digest(
        {
            "booking": str(row.booking_id),
            "sequence": row.sequence,
            "action": row.action,
            "description": row.description,
            "actor_type": row.actor_type,
            "metadata": row.metadata,
            "old_values": _split(row.old_values, public=True),
            "new_values": _split(row.new_values, public=True),
            "created_at": format_instant(row.created_at),
            "personal": row.personal_hash,
            "previous": row.previous_hash,
        }
    )


def seal_root(rows: Iterable[tuple[int, str]]) -> str:
    """Over the ids and hashes of a batch, in the order of the ids."""
    return _digest([[id, hash] for id, hash in rows])


def seal_hash(*, root: str, rows: int, previous: str) -> str:
    """Over a batch and the seal before it."""
    return _digest({"root": root, "rows": rows, "previous": previous})


def without_personal(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is left of old or new values once personal ones are erased."""
    return _split(values, public=True)


def _split(values: Mapping[str, Any], *, public: bool) -> dict[str, Any]:
    return {name: value for name, value in values.items() if (name in PUBLIC_VALUES) == public}


def _digest(value: Any) -> str:
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()
