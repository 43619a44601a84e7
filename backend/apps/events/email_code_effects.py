"""Effects of e-mail codes: the mail that carries one."""

from __future__ import annotations

from typing import Any

from apps.common.addresses import UnusableAddress
from apps.common.mail_delivery import deliver
from apps.common.outbox import Effect, EffectContext, EffectFailed
from apps.events.events import EmailCodeAsked
from apps.notifications.public import compose_code_mail

SEND = "events.send_email_code"


def mail_of(event: EmailCodeAsked) -> list[Effect]:
    """The mail with the code; the row names no digit of it."""
    return [
        Effect(
            name=SEND,
            payload={"code": event.code_id, "salt": event.salt, "locale": event.locale},
            idempotency_key=f"email-code:{event.salt}",
            ordering_key=f"email-code:{event.code_id}",
        )
    ]


def send(payload: dict[str, Any], *, context: EffectContext) -> None:
    """Send the code; none when a newer one was asked for, or its time is over."""
    from apps.events.models import EmailCode
    from apps.events.services.admission.email_codes import GOOD_FOR, code_of, salt_of

    rows = EmailCode.objects.select_related("event_type__organizer")
    row = rows.filter(pk=payload["code"], expires_at__gt=context.now).first()
    if row is None or salt_of(row) != payload["salt"]:
        return
    code = code_of(event_type_id=str(row.event_type_id), email=row.email, salt=payload["salt"])
    try:
        mail = compose_code_mail(
            to=row.email,
            locale=payload["locale"],
            code=code,
            minutes=int(GOOD_FOR.total_seconds()) // 60,
            event_type=row.event_type.name,
            organizer=row.event_type.organizer.name,
            key=context.idempotency_key,
        )
    except UnusableAddress as problem:
        raise EffectFailed(f"No mail can go to this address. {problem}", permanent=True) from None
    deliver(mail)
