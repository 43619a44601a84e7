"""Writes on who is in a group session: one module per intention."""

from apps.events.services.attendees.add import Newcomer, add_attendee, bring_attendee
from apps.events.services.attendees.attendance import mark_attendee_no_show, mark_attendee_showed
from apps.events.services.attendees.capacity import change_capacity
from apps.events.services.attendees.edit import update_attendee
from apps.events.services.attendees.move_attendee import move_attendee
from apps.events.services.attendees.remove import remove_attendee, remove_brought

__all__ = [
    "Newcomer",
    "add_attendee",
    "bring_attendee",
    "change_capacity",
    "mark_attendee_no_show",
    "mark_attendee_showed",
    "move_attendee",
    "remove_attendee",
    "remove_brought",
    "update_attendee",
]
