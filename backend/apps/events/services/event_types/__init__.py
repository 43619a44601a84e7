"""Writes of event types, one intention a module."""

from apps.events.services.event_types.archive_event_type import archive_event_type
from apps.events.services.event_types.create_event_type import create_event_type
from apps.events.services.event_types.duplicate_event_type import duplicate_event_type
from apps.events.services.event_types.fields import EventTypeFields, default_fields
from apps.events.services.event_types.leave_event_type import leave_event_type
from apps.events.services.event_types.set_event_type_active import set_event_type_active
from apps.events.services.event_types.update_event_type import update_event_type

__all__ = [
    "EventTypeFields",
    "archive_event_type",
    "create_event_type",
    "default_fields",
    "duplicate_event_type",
    "leave_event_type",
    "set_event_type_active",
    "update_event_type",
]
