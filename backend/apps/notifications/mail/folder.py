"""Mail into a folder instead of a mail server: what `make run` uses until EMAIL_HOST is set."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

_NAME = re.compile(r"[A-Za-z0-9._-]{1,100}\.eml")


class FolderBackend(BaseEmailBackend):
    """Writes each mail as one `.eml` file in `EMAIL_FILE_PATH`.

    The name comes from the Message-ID, so a mail that is sent again replaces itself. A file
    appears whole or not at all.
    """

    def __init__(self, *args: Any, file_path: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails; return how many had a recipient."""
        self.folder.mkdir(parents=True, exist_ok=True)
        written = 0
        for mail in email_messages:
            if not mail.recipients():
                continue
            message = mail.message()
            content = message.as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own
            self._write(file_name(str(message["Message-ID"])), content)
            written += 1
        return written

    def _write(self, name: str, content: bytes) -> None:
        handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(self.folder / name)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise


def file_name(message_id: str) -> str:
    """The stable name of the mail with this Message-ID."""
    local = message_id.strip("<> ").partition("@")[0]
    readable = f"{local}.eml"
    if _NAME.fullmatch(readable) and not readable.startswith("."):
        return readable
    return f"{hashlib.sha256(message_id.encode()).hexdigest()[:40]}.eml"


def is_file_name(name: str) -> bool:
    """Whether `file_name` could have made it: nothing that leaves the folder."""
    return bool(_NAME.fullmatch(name)) and not name.startswith(".")
