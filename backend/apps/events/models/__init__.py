"""The scheduling core's tables, one module per aggregate."""

from apps.events.models.attendee import Attendee, AttendeeStatus
from apps.events.models.audit import ActorType, AuditAction, AuditSeal, BookingAuditLog
from apps.events.models.booking import Booking, BookingStatus, Occupancy
from apps.events.models.email_code import EmailCode
from apps.events.models.event_type import (
    EventType,
    Kind,
    LocationType,
    RecurrenceType,
    RollingDaysKind,
    SlotAlignment,
)
from apps.events.models.hold import Hold, HoldPurpose
from apps.events.models.hosts import BookingCoHost, EventTypeHost
from apps.events.models.question import CustomQuestion, QuestionType
from apps.events.models.series import BookingSeries
from apps.events.models.waitlist import WAITING, SoonerRequest, WaitingStatus, WaitlistEntry

__all__ = [
    "WAITING",
    "ActorType",
    "Attendee",
    "AttendeeStatus",
    "AuditAction",
    "AuditSeal",
    "Booking",
    "BookingAuditLog",
    "BookingCoHost",
    "BookingSeries",
    "BookingStatus",
    "CustomQuestion",
    "EmailCode",
    "EventType",
    "EventTypeHost",
    "Hold",
    "HoldPurpose",
    "Kind",
    "LocationType",
    "Occupancy",
    "QuestionType",
    "RecurrenceType",
    "RollingDaysKind",
    "SlotAlignment",
    "SoonerRequest",
    "WaitingStatus",
    "WaitlistEntry",
]
