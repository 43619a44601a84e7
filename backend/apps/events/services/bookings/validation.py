"""What invitees may call themselves and where mail may go."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Protocol

from apps.common.addresses import UnusableAddress, read_address
from apps.common.errors import FieldError, ValidationFailed
from apps.common.names import find_name_problem, mixes_scripts
from apps.common.time import get_zone
from apps.events.models import EventType, LocationType
from apps.events.services.bookings.request import Guest

_PHONE = re.compile(r"(?=(?:[^0-9]*[0-9]){3})\+?[0-9 ().\-/]{3,40}")
_MAX_NAME = 200


class Invitee(Protocol):
    """The part of a request that describes the invitee."""

    @property
    def invitee_name(self) -> str: ...
    @property
    def invitee_email(self) -> str: ...
    @property
    def invitee_phone(self) -> str: ...
    @property
    def invitee_timezone(self) -> str: ...


def _name_error(name: str) -> str:
    if not name.strip():
        return "Enter your name."
    if problem := find_name_problem(name, most=_MAX_NAME):
        return problem
    if mixes_scripts(name):
        return "Write each word in the letters of one script."
    return ""


def _email_error(email: str) -> str:
    if not email:
        return "Enter an e-mail address, such as ana@example.com, so that we can send your link."
    try:
        read_address(email)
    except UnusableAddress as problem:
        return str(problem)
    return ""


def _phone_error(phone: str) -> str:
    is_wrong = phone and not _PHONE.fullmatch(phone)
    return "Enter a phone number, such as +351 912 345 678." if is_wrong else ""


def asks_phone(event_type: EventType) -> bool:
    """Whether the organizer calls the invitee: a phone call without a number to dial in."""
    is_call = event_type.location_type == LocationType.PHONE_CALL
    return is_call and not event_type.location_details


def require_phone(event_type: EventType, phone: str) -> None:
    """Raises `ValidationFailed` when the call needs a number and there is none."""
    if asks_phone(event_type) and not phone.strip():
        raise ValidationFailed.of(
            "/invitee_phone", "required", "Enter the phone number at which you want to be called."
        )


EVERY_FIELD = frozenset({"invitee_name", "invitee_email", "invitee_phone", "invitee_timezone"})


def validate_invitee(invitee: Invitee, *, only: Collection[str] = EVERY_FIELD) -> None:
    """Raises `ValidationFailed` naming every wrong field, `InvalidTimezone` for the zone.

    Looks at the fields `only`: what is stored may be from before a rule.
    """
    if "invitee_timezone" in only:
        get_zone(invitee.invitee_timezone, pointer="/invitee_timezone")
    problems = {
        "invitee_name": _name_error(invitee.invitee_name),
        "invitee_email": _email_error(invitee.invitee_email),
        "invitee_phone": _phone_error(invitee.invitee_phone),
    }
    _raise(
        [
            FieldError(f"/{name}", "invalid", cure)
            for name, cure in problems.items()
            if cure and name in only
        ]
    )


def validate_person(name: str, email: str, phone: str) -> None:
    """Raises `ValidationFailed` naming every wrong field."""
    problems = {
        "name": _name_error(name),
        "email": _email_error(email),
        "phone": _phone_error(phone),
    }
    _raise([FieldError(f"/{field}", "invalid", cure) for field, cure in problems.items() if cure])


def validate_guests(guests: Sequence[Guest]) -> None:
    """Raises `ValidationFailed` naming every wrong field of those who are brought along."""
    errors = []
    for number, guest in enumerate(guests):
        problems = {
            "name": _name_error(guest.name),
            "email": _email_error(guest.email),
            "phone": _phone_error(guest.phone),
        }
        errors += [
            FieldError(f"/attendees/{number}/{name}", "invalid", cure)
            for name, cure in problems.items()
            if cure
        ]
    _raise(errors)


def _raise(errors: list[FieldError]) -> None:
    if errors:
        raise ValidationFailed(errors[0].detail, errors=errors)
