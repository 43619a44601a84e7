"""The scheduling core's tables, one module per aggregate."""

from apps.events.models.audit import AuditAction, BookingAuditLog
from apps.events.models.booking import Booking, BookingStatus, Occupancy
from apps.events.models.event_type import (
    EventType,
    LocationType,
    RecurrenceType,
    SlotAlignment,
)

__all__ = [
    "AuditAction",
    "Booking",
    "BookingAuditLog",
    "BookingStatus",
    "EventType",
    "LocationType",
    "Occupancy",
    "RecurrenceType",
    "SlotAlignment",
]
