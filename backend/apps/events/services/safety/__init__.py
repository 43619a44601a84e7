"""What must hold of bookings and of the time they take at any instant, as queries.

Whatever the database guards by itself is looked at all the same: a guard may be missing.
"""

from apps.events.services.safety.audit import Audit, Finding, audit_bookings

__all__ = ["Audit", "Finding", "audit_bookings"]
