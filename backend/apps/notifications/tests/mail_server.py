"""A real SMTP server on loopback that keeps what it accepts and refuses on demand."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Accepted:
    """One mail as it came over the wire."""

    recipients: list[str]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        """The parsed mail."""
        message = BytesParser(policy=policy.default).parsebytes(self.raw)
        assert isinstance(message, EmailMessage)
        return message


@dataclass
class MailServer:
    """aiosmtpd's handler: `refuse_recipient` and `refuse_data` map addresses to replies."""

    port: int = 0
    accepted: list[Accepted] = field(default_factory=list)
    refuse_recipient: dict[str, str] = field(default_factory=dict)
    refuse_data: str = ""
    reached: threading.Event = field(default_factory=threading.Event)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        self.reached.set()
        if address in self.refuse_recipient:
            return self.refuse_recipient[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refuse_data:
            return self.refuse_data
        content = envelope.original_content or b""
        self.accepted.append(Accepted(list(envelope.rcpt_tos), content))
        return "250 OK"

    def to(self, address: str) -> list[Accepted]:
        """The mails that `address` got, in order."""
        return [mail for mail in self.accepted if address in mail.recipients]


@contextmanager
def serving(server: MailServer | None = None) -> Iterator[MailServer]:
    """Serve on a free port of loopback."""
    server = server or MailServer()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        server.port = probe.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=server.port, ready_timeout=20)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
