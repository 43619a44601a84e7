"""Who may book, how often, and how late they may change it."""

from __future__ import annotations

import re
from typing import Any

from apps.common.addresses import ascii_domain
from apps.common.errors import FieldError
from apps.events.models import EventType
from apps.events.models.event_type import MAX_NOTICE, MAX_RETENTION
from apps.events.services.event_types.rules.bounds import MAX_DOMAINS, Problems, range_problems

_DOMAIN = re.compile(
    r"(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
    r"(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+"
)


def change_problems(event_type: EventType) -> Problems:
    """Bounds of what invitees may change, and of how long their data is kept."""
    yield from range_problems(
        event_type.change_cutoff_minutes,
        "/change_cutoff_minutes",
        least=0,
        most=MAX_NOTICE,
        unit="minutes",
    )
    for name, least, most in (
        ("max_reschedules", 0, 100),
        ("max_upcoming_per_invitee", 1, 1000),
        ("retention_days", 1, MAX_RETENTION),
    ):
        value = getattr(event_type, name)
        yield from range_problems(value, f"/{name}", least=least, most=most, or_null=True)


def domain_problems(event_type: EventType) -> Problems:
    """Lists of domains, each in ASCII form (A-labels), lower case."""
    for name in ("allowed_email_domains", "denied_email_domains"):
        domains: Any = getattr(event_type, name)
        if not isinstance(domains, list) or len(domains) > MAX_DOMAINS:
            yield FieldError(f"/{name}", "invalid", f"Give a list of at most {MAX_DOMAINS}.")
            continue
        for number, domain in enumerate(domains):
            if domain_of(domain) is None:
                yield FieldError(
                    f"/{name}/{number}", "invalid_domain", "Write a domain such as example.com."
                )


def domain_of(text: Any) -> str | None:
    """A domain as it is stored: lower case, A-labels, no leading "@"; None for what is none."""
    if not isinstance(text, str):
        return None
    bare = text.strip().removeprefix("@").rstrip(".").lower()
    # By the rules that addresses are read by: others would call another domain the same.
    ascii_form = ascii_domain(bare)
    return ascii_form if ascii_form and _DOMAIN.fullmatch(ascii_form) else None
