"""What an event type names must be its organizer's."""

from __future__ import annotations

from uuid import UUID

from apps.availability.public import find_schedule_choice
from apps.common.errors import FieldError
from apps.events.models import EventType
from apps.events.selectors.event_types import list_own_workflows
from apps.events.services.event_types.rules.bounds import Problems

_WORKFLOWS = ("confirmation_workflow", "reminder_workflow", "cancellation_workflow")


def reference_problems(event_type: EventType) -> Problems:
    """Schedule and workflows; those of others look like unknown ones."""
    organizer_id: UUID = event_type.organizer_id
    schedule_id: UUID | None = event_type.schedule_id
    if schedule_id and not find_schedule_choice(user_id=organizer_id, schedule_id=schedule_id):
        yield FieldError("/schedule", "unknown", "You have no schedule with this id.")
    named = {name: getattr(event_type, f"{name}_id") for name in _WORKFLOWS}
    wanted = {workflow_id for workflow_id in named.values() if workflow_id}
    own = list_own_workflows(organizer_id=organizer_id, workflow_ids=wanted) if wanted else set()
    for name, workflow_id in named.items():
        if workflow_id and workflow_id not in own:
            yield FieldError(f"/{name}", "unknown", "You have no workflow with this id.")
