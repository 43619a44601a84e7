"""The forms of an invitee's page that are about people: whom they bring, and their own data."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from apps.common.errors import DomainError, NotFound
from apps.events.actors import Actor
from apps.events.budgets import budget_of_booking, path_of, spend_attempt
from apps.events.models import Booking
from apps.events.pages.forms import NOTES_LENGTH, text_fault
from apps.events.pages.questions import fields_of, read_answers
from apps.events.pages.wording import Wording
from apps.events.questions.showing import Words
from apps.events.selectors.questions import list_questions, list_shown_answers
from apps.events.services.attendees import (
    Newcomer,
    bring_attendee,
    remove_brought,
    update_attendee,
)
from apps.events.services.bookings import update_booking

ACTIONS = frozenset({"add_attendee", "remove_attendee", "update"})
_OWN = ("invitee_name", "invitee_phone", "notes")
_ANSWERS = "custom_answers/"
_LENGTHS = {
    "invitee_name": 200,
    "invitee_phone": 40,
    "notes": NOTES_LENGTH,
    "name": 200,
    "email": 254,
}


def act_on_people(
    request: HttpRequest, booking: Booking, *, actor: Actor, now: datetime
) -> Booking:
    """Carry out one of `ACTIONS`; the booking afterwards, as its holder sees it."""
    action = request.POST["action"]
    if action == "add_attendee":
        newcomer = Newcomer(
            name=_typed(request, "name"),
            email=_typed(request, "email"),
            answers=read_answers(request.POST, list_questions(booking.event_type)),
        )
        spend_attempt(request)
        with budget_of_booking(
            request, emails=(newcomer.email,), event_type=path_of(booking.event_type)
        ):
            return bring_attendee(booking=booking, newcomer=newcomer, actor=actor, now=now)
    if action == "remove_attendee":
        return remove_brought(
            booking=booking, attendee_id=_attendee_id(request), actor=actor, now=now
        )
    changes: dict[str, Any] = {name: _typed(request, name) for name in _OWN if name in request.POST}
    questions = list_questions(booking.event_type)
    if questions:
        changes["custom_answers"] = read_answers(request.POST, questions)
    change = update_booking if booking.attendee is None else update_attendee
    return change(booking=booking, changes=changes, actor=actor, now=now)


def find_text_faults(request: HttpRequest, wording: Wording) -> dict[str, str]:
    """By field of the sent form: texts that are too long or cannot be read."""
    sent = ((name, limit) for name, limit in _LENGTHS.items() if name in request.POST)
    faults = {
        name: text_fault(_typed(request, name), limit=limit, wording=wording)
        for name, limit in sent
    }
    return {name: fault for name, fault in faults.items() if fault}


def faults_of(error: DomainError) -> dict[str, str]:
    """By field of the form: what a refusal says of it."""
    return {fault.pointer.strip("/"): fault.detail for fault in error.errors}


def answers_context(
    request: HttpRequest, booking: Booking, wording: Wording, *, errors: dict[str, str]
) -> dict[str, Any]:
    """What was answered, and the questions in the forms: after a refusal, as they were answered."""
    words = Words(wording.text("yes"), wording.text("no"))
    questions = list_questions(booking.event_type)
    action = request.POST.get("action", "") if errors else ""
    typed = read_answers(request.POST, questions)
    faults = {name.removeprefix(_ANSWERS): cure for name, cure in errors.items()}
    stored = booking.custom_answers
    own = (({**stored, **typed}), faults) if action == "update" else (stored, {})
    theirs = (typed, faults) if action == "add_attendee" else ({}, {})
    return {
        "answers": list_shown_answers(booking.event_type, stored, words=words),
        "questions": fields_of(questions, *own),
        "guest_questions": fields_of(questions, *theirs, prefix="guest-"),
    }


def people_context(
    request: HttpRequest, data: dict[str, Any], wording: Wording, *, errors: dict[str, str]
) -> dict[str, Any]:
    """What the forms show: after a refusal, what was typed."""
    is_again = bool(errors) and request.POST.get("action") in ACTIONS
    typed = {name: _typed(request, name) for name in _LENGTHS} if is_again else {}
    is_own = is_again and request.POST["action"] == "update"
    brought = [one for one in data["attendees"] if not one["is_you"]]
    return {
        "brought": [
            {**one, "remove": wording.text("take_off_name", name=one["name"])} for one in brought
        ],
        "others": data["others"],
        "can_add_attendee": data["can_add_attendee"],
        "bring_help": wording.text("bring_help"),
        "can_edit": data["can_edit"],
        "own": typed if is_own else {name: data[name] for name in _OWN},
        "typed": {**typed, "action": request.POST.get("action", "") if is_again else ""},
        "errors": errors,
    }


def _typed(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\r\n", "\n").strip()


def _attendee_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("attendee_id", ""))
    except ValueError:
        raise NotFound("Nobody whom you brought has that id.") from None
