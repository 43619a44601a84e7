"""The scheduling core in the admin, by subject. Services own the writes: most pages only show."""

from apps.events.admin import audit, bookings, event_types, waiting

__all__ = ["audit", "bookings", "event_types", "waiting"]
