"""Which e-mail addresses an event type takes, and the field that only robots fill in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from apps.common.addresses import UnusableAddress, domain_of, read_address
from apps.common.errors import FieldError, ValidationFailed
from apps.events.models import EventType


def is_within(domain: str, listed: Sequence[str]) -> bool:
    """Whether a domain is one of those listed or below one; both in A-label form."""
    return any(domain == one or domain.endswith(f".{one}") for one in listed)


def is_taken(event_type: EventType, email: str) -> bool:
    """Whether the event type takes bookings of a usable address; what is denied is not allowed."""
    domain = domain_of(email)
    if is_within(domain, event_type.denied_email_domains):
        return False
    allowed = event_type.allowed_email_domains
    return not allowed or is_within(domain, allowed)


def refuse_domains(event_type: EventType, emails: Iterable[tuple[str, str]]) -> None:
    """`emails` are (JSON pointer, usable address). Raises `ValidationFailed` naming every wrong one."""
    if not event_type.allowed_email_domains and not event_type.denied_email_domains:
        return
    cure = "Bookings are not taken with this e-mail address. Use another one."
    errors = [
        FieldError(pointer, "domain_not_allowed", cure)
        for pointer, email in emails
        if not is_taken(event_type, email)
    ]
    if errors:
        raise ValidationFailed(cure, errors=errors)


def refuse_address(email: str) -> None:
    """Raises `ValidationFailed` at /email for one that mail cannot go to."""
    try:
        read_address(email)
    except UnusableAddress as problem:
        raise ValidationFailed.of("/email", "invalid", str(problem)) from None


def refuse_honeypot(filled_in: str) -> None:
    """Raise `ValidationFailed` when the field that people do not see holds something."""
    if filled_in:
        raise ValidationFailed.of("/website", "not_empty", "Leave this field empty.")
