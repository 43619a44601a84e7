"""Reading the mail folder back, for the development page and for tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import structlog
from django.conf import settings

from apps.notifications.mail.folder import is_file_name

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class KeptMail:
    """One mail of the folder; parts that it does not have are empty.

    Of a file that cannot be read as a mail, only name, time and raw content are known.
    """

    name: str
    written_at: datetime
    raw: bytes
    is_readable: bool = True
    subject: str = ""
    sender: str = ""
    recipient: str = ""
    reply_to: str = ""
    message_id: str = ""
    text: str = ""
    html: str = ""
    calendar: str = ""
    calendar_method: str = ""


def list_mails() -> list[KeptMail]:
    """All mails of the folder, newest first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    mails = [_read(path) for path in folder.glob("*.eml") if is_file_name(path.name)]
    return sorted(mails, key=lambda mail: (mail.written_at, mail.name), reverse=True)


def find_mail(name: str) -> KeptMail | None:
    """The mail in the file of that name, or None."""
    path = Path(settings.EMAIL_FILE_PATH) / name
    return _read(path) if is_file_name(name) and path.is_file() else None


def _read(path: Path) -> KeptMail:
    raw = path.read_bytes()
    written_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    try:
        return _parse(path.name, written_at, raw)
    except Exception:
        # Python's parser raises errors of any kind for mails that it did not foresee, and one
        # of them must not hide the others.
        logger.warning("kept_mail_unreadable", name=path.name, exc_info=True)
        return KeptMail(path.name, written_at, raw, is_readable=False)


def _parse(name: str, written_at: datetime, raw: bytes) -> KeptMail:
    message = BytesParser(policy=policy.default).parsebytes(raw)
    assert isinstance(message, EmailMessage)
    calendar = _part(message, "text/calendar")
    return KeptMail(
        name=name,
        written_at=written_at,
        raw=raw,
        subject=str(message["Subject"] or ""),
        sender=str(message["From"] or ""),
        recipient=str(message["To"] or ""),
        reply_to=str(message["Reply-To"] or ""),
        message_id=str(message["Message-ID"] or ""),
        text=_content(_part(message, "text/plain")),
        html=_content(_part(message, "text/html")),
        calendar=_content(calendar),
        calendar_method="" if calendar is None else str(calendar.get_param("method", "")),
    )


def _part(message: EmailMessage, content_type: str) -> EmailMessage | None:
    parts = (part for part in message.walk() if part.get_content_type() == content_type)
    found = next(parts, None)
    return found if isinstance(found, EmailMessage) else None


def _content(part: EmailMessage | None) -> str:
    return "" if part is None else str(part.get_content()).replace("\r\n", "\n")
