"""Carrying out the effects that this app asks for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from apps.common.mail_delivery import deliver
from apps.common.outbox import EffectContext
from apps.users.accounts.mail import compose_account_mail
from apps.users.models import User


def send_account_mail(payload: dict[str, Any], *, context: EffectContext) -> None:
    """Send one mail about an account; a user deleted meanwhile gets none."""
    user = User.objects.filter(pk=payload["user_id"]).first() if payload["user_id"] else None
    if payload["user_id"] and user is None:
        return
    message = compose_account_mail(
        kind=payload["kind"],
        email=payload["email"],
        user=user,
        ip=payload["ip"],
        at=datetime.fromisoformat(payload["at"]),
        key=context.idempotency_key,
    )
    if message:
        deliver(message)
