"""Answers to an event type's questions: what is kept of what was sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.common.errors import FieldError, ValidationFailed
from apps.events.models import EventType
from apps.events.questions import Answer, Question, check_answers
from apps.events.questions.showing import cure_of
from apps.events.selectors.offers import Offer
from apps.events.selectors.questions import list_questions
from apps.events.services.bookings.request import BookingRequest

_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Answers:
    """By question id, as they are stored; one mapping per guest, in their order."""

    invitee: Mapping[str, Any] = field(default_factory=dict)
    guests: tuple[Mapping[str, Any], ...] = ()


def answers_of(offer: Offer, request: BookingRequest) -> Answers:
    """The valid answers to the questions that are shown; everybody is asked on their own.

    Answers to hidden questions are dropped. Who was admitted earlier answered what was asked then.
    Raises `ValidationFailed` naming every problem: /custom_answers/<id>,
    /attendees/0/custom_answers/<id>.
    """
    questions = offer.questions
    if request.was_admitted:
        kept = change_answers(
            event_type=offer.event_type, stored=request.answers, given={}, all_required=False
        )
        return Answers(kept, tuple({} for _ in request.guests))
    invitee, problems = _checked(questions, request.answers, "/custom_answers")
    guests = []
    for number, guest in enumerate(request.guests):
        pointer = f"/attendees/{number}/custom_answers"
        answered, more = _checked(questions, guest.answers, pointer)
        guests.append(answered)
        problems += more
    _refuse(problems)
    return Answers(invitee, tuple(guests))


def change_answers(
    *,
    event_type: EventType,
    stored: Mapping[str, Any],
    given: Mapping[str, Any],
    all_required: bool,
) -> dict[str, Any]:
    """What is stored after `given` (id -> answer, null takes it back) has changed `stored`.

    An answer that stays as it is stays, whatever is asked today; one whose question is hidden now
    goes. Answers to archived questions are kept and cannot be changed. With `all_required` every
    required question that is shown must be answered; organizers may leave them open.
    Raises `ValidationFailed` with pointers /custom_answers/<id>.
    """
    questions = list_questions(event_type)
    asked = {question.id for question in questions}
    given = _by_id(given)
    kept = {name: value for name, value in stored.items() if name not in asked}
    sent = {name: value for name, value in given.items() if kept.get(name) != value}
    problems = _unknown(sent, asked, "/custom_answers")
    checked = check_answers(questions, {**stored, **given})
    answers: dict[str, Any] = dict(checked.answers)
    for problem in checked.problems:
        name = problem.question.id
        is_open = problem.code in {"required", "must_tick"}
        if is_open and not all_required:
            continue
        if not is_open and name in stored and given.get(name, stored[name]) == stored[name]:
            answers[name] = stored[name]
            continue
        problems.append(FieldError(f"/custom_answers/{name}", problem.code, cure_of(problem)))
    _refuse(problems)
    return {**answers, **kept}


def _checked(
    questions: Sequence[Question], raw: Mapping[str, Any], pointer: str
) -> tuple[Mapping[str, Answer], list[FieldError]]:
    given = _by_id(raw)
    checked = check_answers(questions, given)
    problems = _unknown(given, {question.id for question in questions}, pointer)
    problems += [
        FieldError(f"{pointer}/{problem.question.id}", problem.code, cure_of(problem))
        for problem in checked.problems
    ]
    return checked.answers, problems


def _by_id(raw: Mapping[str, Any]) -> dict[str, Any]:
    """UUIDs are the same in upper and lower case."""
    return {str(name).lower(): value for name, value in raw.items()}


def _unknown(given: Mapping[str, Any], asked: set[str], pointer: str) -> list[FieldError]:
    return list(_named_unknown([name for name in given if name not in asked], pointer))


def _named_unknown(names: Sequence[str], pointer: str) -> Iterator[FieldError]:
    cure = "This event type does not ask this question; leave the answer out."
    for name in names[:_MOST_NAMED]:
        safe = name[:40].replace("~", "~0").replace("/", "~1")
        yield FieldError(f"{pointer}/{safe}", "unknown_question", cure)


def _refuse(problems: Sequence[FieldError]) -> None:
    if problems:
        raise ValidationFailed(problems[0].detail, errors=problems)
