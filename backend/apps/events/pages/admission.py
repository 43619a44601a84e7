"""What the form without a script asks beside who books: the code, and whether it is a request."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from apps.common.errors import DomainError
from apps.common.time import utc_now
from apps.events.budgets import budget_of_code
from apps.events.models import EventType
from apps.events.pages.forms import DetailsForm
from apps.events.pages.http import wording_of
from apps.events.pages.wording import Wording
from apps.events.services.admission.email_codes import send_email_code
from apps.events.services.requests.first_state import needs_confirmation


def lacks_code(error: DomainError) -> bool:
    """Whether the booking was refused only because the address is not proved yet."""
    return any(found.code == "email_code_required" for found in error.errors)


def mail_code(request: HttpRequest, event_type: EventType, form: DetailsForm) -> None:
    """Send a code to the address in the form. Raises what `send_email_code` does, `RateLimited`."""
    with budget_of_code(request, email=form.email):
        send_email_code(
            event_type=event_type,
            email=form.email,
            honeypot=form.website,
            locale=wording_of(request, fallback=event_type.organizer.locale).tag,
            now=utc_now(),
        )


def mail_first_code(
    request: HttpRequest, event_type: EventType, form: DetailsForm
) -> DomainError | None:
    """The same, when a form came without one; what stood against it."""
    try:
        mail_code(request, event_type, form)
    except DomainError as refused:
        return refused
    return None


def admission_context(
    event_type: EventType, form: DetailsForm, *, start: datetime, wording: Wording
) -> dict[str, Any]:
    """What the template shows of it."""
    is_request = needs_confirmation(event_type, start, utc_now())
    name = event_type.organizer.name
    return {
        "code_help": wording.text("email_code_help", email=form.email),
        "request_note": wording.text("request_note", name=name) if is_request else "",
    }
