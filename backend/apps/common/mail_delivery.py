"""Handing one mail to the mail server, and what its refusals mean."""

from __future__ import annotations

import smtplib

import structlog
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from apps.common.outbox import EffectFailed

logger = structlog.get_logger(__name__)


def deliver(mail: EmailMessage) -> None:
    """Send it now.

    Raises `EffectFailed`: permanent when the server refuses the recipient or the message with 5xx
    or the mail cannot be written (an address or header that no mail may have), to be tried again for 4xx and for anything that a sound set-up or a later hour cures.
    """
    connection = get_connection()
    try:
        connection.open()
        if not _send(connection, mail):
            raise EffectFailed("The mail has no recipient.", permanent=True)
    except smtplib.SMTPRecipientsRefused as refusal:
        code, reason = next(iter(refusal.recipients.values()))
        raise _refused("recipient", code, reason) from refusal
    except smtplib.SMTPDataError as refusal:
        raise _refused("message", refusal.smtp_code, refusal.smtp_error) from refusal
    except smtplib.SMTPResponseException as refusal:
        # Sender or sign-in refused: ours to repair, not the recipient's fault.
        raise EffectFailed(
            f"The mail server answered {refusal.smtp_code}: {_text(refusal.smtp_error)}"
        ) from refusal
    except (smtplib.SMTPException, OSError) as error:
        raise EffectFailed(f"The mail server cannot be used: {error}") from error
    finally:
        _close(connection)


def _send(connection: BaseEmailBackend, mail: EmailMessage) -> int:
    try:
        return connection.send_messages([mail])
    except OSError:
        raise  # some of them, such as a bad certificate, are a ValueError as well
    except ValueError as error:
        raise EffectFailed(f"The mail cannot be written: {error}", permanent=True) from error


def _close(connection: object) -> None:
    """A failing goodbye must not send the accepted mail again."""
    try:
        connection.close()  # type: ignore[attr-defined]
    except Exception:
        logger.warning("mail_connection_close_failed", exc_info=True)


def _refused(what: str, code: int, reason: bytes | str) -> EffectFailed:
    return EffectFailed(
        f"The mail server refused the {what}: {code} {_text(reason)}", permanent=code >= 500
    )


def _text(reason: bytes | str) -> str:
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
