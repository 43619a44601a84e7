"""The scheduling core's tables, one module per aggregate."""

from apps.events.models.attendee import Attendee, AttendeeStatus
from apps.events.models.audit import AuditAction, BookingAuditLog
from apps.events.models.booking import Booking, BookingStatus, Occupancy
from apps.events.models.event_type import (
    EventType,
    Kind,
    LocationType,
    RecurrenceType,
    RollingDaysKind,
    SlotAlignment,
)
from apps.events.models.hosts import BookingCoHost, EventTypeHost

__all__ = [
    "Attendee",
    "AttendeeStatus",
    "AuditAction",
    "Booking",
    "BookingAuditLog",
    "BookingCoHost",
    "BookingStatus",
    "EventType",
    "EventTypeHost",
    "Kind",
    "LocationType",
    "Occupancy",
    "RecurrenceType",
    "RollingDaysKind",
    "SlotAlignment",
]
