"""Audit rows, sealed in batches and verified."""

from apps.events.services.audit.seal import seal_audit_rows
from apps.events.services.audit.verify import (
    Flaw,
    Verification,
    is_seal_known,
    verify_audit,
    verify_booking_audit,
)

__all__ = [
    "Flaw",
    "Verification",
    "is_seal_known",
    "seal_audit_rows",
    "verify_audit",
    "verify_booking_audit",
]
