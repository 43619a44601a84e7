"""Carries out the effects of this app (`config/event_handlers.py: EFFECTS`)."""

from __future__ import annotations

from typing import Any

from apps.common.addresses import UnusableAddress
from apps.common.mail_delivery import deliver
from apps.common.outbox import EffectContext, EffectFailed
from apps.notifications.mail.composing import compose_booking_mail
from apps.notifications.mail.series_mails import compose_series_mail
from apps.notifications.mail.waitlist_mails import compose_waiting_mail
from apps.notifications.notices import BookingNotice
from apps.notifications.series_notices import SeriesNotice
from apps.notifications.waiting_notices import WaitingNotice


def send_booking_mail(payload: dict[str, Any], *, context: EffectContext) -> None:
    """Send one booking mail. A repeat carries the same Message-ID.

    Raises `EffectFailed`, permanent when no mail can go to the reader's address.
    """
    try:
        mail = compose_booking_mail(
            BookingNotice.from_json(payload["notice"]),
            payload["audience"],
            message_id=payload["message_id"],
            references=payload["references"],
        )
    except UnusableAddress as problem:
        raise EffectFailed(f"No mail can go to this address. {problem}", permanent=True) from None
    deliver(mail)


def send_waiting_mail(payload: dict[str, Any], *, context: EffectContext) -> None:
    """Send one mail to somebody who waits for a time. Raises as `send_booking_mail`."""
    try:
        mail = compose_waiting_mail(
            WaitingNotice.from_json(payload["notice"]),
            message_id=payload["message_id"],
            references=payload["references"],
        )
    except UnusableAddress as problem:
        raise EffectFailed(f"No mail can go to this address. {problem}", permanent=True) from None
    deliver(mail)


def send_series_mail(payload: dict[str, Any], *, context: EffectContext) -> None:
    """Send one mail about a whole series. Raises as `send_booking_mail`."""
    try:
        mail = compose_series_mail(
            SeriesNotice.from_json(payload["series"]),
            payload["audience"],
            message_id=payload["message_id"],
            references=payload["references"],
        )
    except UnusableAddress as problem:
        raise EffectFailed(f"No mail can go to this address. {problem}", permanent=True) from None
    deliver(mail)
