"""What the hashes of audit rows are made of (semantics, 4). Pure: no database, no clock.

A row's `hash` covers its place in the booking's chain, what was done and by what kind of actor, and
`personal_hash`; that covers everything by which a person could be known, together with a salt of
the row's own. Erasing the personal values and the salt leaves a chain that still verifies, and a
hash from which nothing can be guessed back.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
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
_LARGEST = 2**63 - 1


def new_salt() -> str:
    """128 random bits."""
    return secrets.token_hex(16)


def personal_hash_of(row: BookingAuditLog) -> str:
    """Over the personal values and the salt, which must both still be there."""
    personal: dict[str, Any] = {name: getattr(row, name) for name in _PERSONAL}
    personal["ip_address"] = canonical_address(row.ip_address)
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
    """Over the ids and hashes of a batch, in the order of the ids; holds no more than one row."""
    root = hashlib.sha256()
    for id, hash in rows:
        root.update(f"{id} {hash}\n".encode())
    return root.hexdigest()


def seal_hash(
    *, root: str, rows: int, heads: Mapping[str, list[Any]], sealed_at: datetime, previous: str
) -> str:
    """Over a batch and the seal before it."""
    return _digest(
        {
            "root": root,
            "rows": rows,
            "heads": dict(heads),
            "sealed_at": format_instant(sealed_at),
            "previous": previous,
        }
    )


def without_personal(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is left of old or new values once personal ones are erased."""
    return _split(values, public=True)


def is_without_personal(row: BookingAuditLog) -> bool:
    """Whether a row holds nothing by which a person could be known."""
    values = (getattr(row, name) for name in _PERSONAL)
    return not any(values) and not has_personal_values(row)


def has_personal_values(row: BookingAuditLog) -> bool:
    """Whether its old or new values tell of a person, whoever acted."""
    return any(_split(values, public=False) for values in (row.old_values, row.new_values))


def canonical_address(address: str | None) -> str | None:
    """One notation for each address: PostgreSQL, Django and the releases of Python do not agree on
    those of IPv6.
    """
    try:
        parsed = ipaddress.ip_address(address) if address else None
    except ValueError:
        return address
    mapped = getattr(parsed, "ipv4_mapped", None)
    return f"::ffff:{mapped}" if mapped else str(parsed) if parsed else None


def canonical(value: Any) -> Any:
    """The same for a JSON value before it is stored and after it was read back.

    PostgreSQL keeps numbers as decimals (1e20 comes back as a whole number), SQLite as text.
    """
    if isinstance(value, Mapping):
        return {str(name): canonical(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [canonical(one) for one in value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    number = Decimal(repr(value))
    if not number.is_finite() or number != number.to_integral_value():
        return value
    whole = int(number)
    return whole if abs(whole) <= _LARGEST else f"number {whole}"


def _split(values: Mapping[str, Any], *, public: bool) -> dict[str, Any]:
    return {name: value for name, value in values.items() if (name in PUBLIC_VALUES) == public}


def _digest(value: Any) -> str:
    text = orjson.dumps(canonical(value), option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(text).hexdigest()
