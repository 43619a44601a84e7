"""Codes that prove an e-mail address before a booking counts.

Six digits, good for fifteen minutes, five attempts and one booking. Neither the code nor anything
it could be guessed from is stored: it follows from the row's salt and the server's secret.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F

from apps.common.addresses import read_address
from apps.common.domain_events import publish
from apps.common.errors import ValidationFailed
from apps.common.idempotency import NO_KEY, OnceOnly, StoredAnswer
from apps.common.transactions import in_transaction
from apps.events.events import EmailCodeAsked
from apps.events.models import EmailCode, EventType
from apps.events.services.admission.addresses import (
    refuse_address,
    refuse_domains,
    refuse_honeypot,
)

GOOD_FOR = timedelta(minutes=15)
ATTEMPTS = 5
_DIGITS = 6


def send_email_code(
    *,
    event_type: EventType,
    email: str,
    honeypot: str = "",
    locale: str,
    now: datetime,
    once: OnceOnly = NO_KEY,
    answer: Callable[[EmailCode], StoredAnswer] | None = None,
) -> EmailCode:
    """Mail a new code to the address; the former one for this event type is dead.

    Raises `ValidationFailed` where none is needed, and for an address that could not book.
    """
    refuse_honeypot(honeypot)
    if not event_type.requires_email_code:
        raise ValidationFailed.of(
            "/event_type_slug", "email_code_not_needed", "No code is needed; book without one."
        )
    refuse_address(email)
    refuse_domains(event_type, [("/email", email)])

    def write() -> EmailCode:
        once.enter()
        salt = secrets.token_hex(16)
        address = _stored(email)
        code = code_of(event_type_id=str(event_type.pk), email=address, salt=salt)
        row, _ = EmailCode.objects.update_or_create(
            event_type=event_type,
            email=address,
            defaults={
                "code_hash": f"{salt}${_hash(salt, code)}",
                "attempts": 0,
                "expires_at": now + GOOD_FOR,
                "created_at": now,
            },
        )
        publish(EmailCodeAsked(now, row.pk, salt, locale))
        once.leave_with(row, answer, now=now)
        return row

    return in_transaction(write)


def check_email_code(event_type: EventType, email: str, code: str, *, now: datetime) -> None:
    """Raises `ValidationFailed` at /email_code when one is needed and this is not it.

    A wrong one costs an attempt, whatever becomes of the booking: call it outside the booking's
    transaction. Attempts are counted before they are looked at, so that many at once are not more.
    """
    if not event_type.requires_email_code:
        return
    if not code.strip():
        raise ValidationFailed.of(
            "/email_code", "email_code_required", "Enter the code that we send to your address."
        )
    row = _find(event_type, email, now=now)
    if row is None or not _count_attempt(row):
        raise _wrong()
    if not _is_right(row, code):
        raise _wrong()
    EmailCode.objects.filter(pk=row.pk, code_hash=row.code_hash).update(attempts=F("attempts") - 1)


def use_email_code(event_type: EventType, email: str, code: str, *, now: datetime) -> None:
    """Spend the code, in the booking's transaction: it is good for one. Raises as the check."""
    if not event_type.requires_email_code:
        return
    row = _find(event_type, email, now=now)
    if row is None or not _is_right(row, code):
        raise _wrong()
    if not EmailCode.objects.filter(pk=row.pk, code_hash=row.code_hash).delete()[0]:
        raise _wrong()


def forget_email_codes(*, now: datetime) -> int:
    """Delete those that are good for nothing any more; how many."""
    return EmailCode.objects.filter(expires_at__lte=now).delete()[0]


def code_of(*, event_type_id: str, email: str, salt: str) -> str:
    """The digits that belong to a salt."""
    digest = hmac.digest(_key(), f"code:{event_type_id}:{email}:{salt}".encode(), "sha256")
    return f"{int.from_bytes(digest, 'big') % 10**_DIGITS:0{_DIGITS}}"


def salt_of(row: EmailCode) -> str:
    """What the present code of a row was made with."""
    return row.code_hash.partition("$")[0]


def _hash(salt: str, code: str) -> str:
    return hmac.digest(_key(), f"hash:{salt}:{code}".encode(), "sha256").hex()


def _key() -> bytes:
    return f"email-code:{settings.SECRET_KEY}".encode()


def _stored(email: str) -> str:
    return read_address(email).lower()


def _find(event_type: EventType, email: str, *, now: datetime) -> EmailCode | None:
    rows = EmailCode.objects.filter(event_type=event_type, email=_stored(email))
    return rows.filter(expires_at__gt=now).first()


def _count_attempt(row: EmailCode) -> bool:
    left = EmailCode.objects.filter(pk=row.pk, attempts__lt=ATTEMPTS)
    return left.update(attempts=F("attempts") + 1) == 1


def _is_right(row: EmailCode, code: str) -> bool:
    salt, _, expected = row.code_hash.partition("$")
    digits = "".join(code.split())
    return hmac.compare_digest(expected, _hash(salt, digits))


def _wrong() -> ValidationFailed:
    return ValidationFailed.of(
        "/email_code",
        "email_code_wrong",
        "This code is wrong or too old. Look at the newest mail, or ask for another code.",
    )
