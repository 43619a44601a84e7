"""What must hold for an event type, whichever way it came in. Source: spec 003, api.md.

One module per topic; `check.py` asks them all.
"""

from apps.events.services.event_types.rules.check import check_event_type

__all__ = ["check_event_type"]
