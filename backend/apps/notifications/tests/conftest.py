"""Mail through a real SMTP server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from apps.notifications.tests.mail_server import MailServer, serving


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    """A server that Django's SMTP backend is pointed at."""
    with serving() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = server.port
        settings.EMAIL_TIMEOUT = 10
        settings.DEFAULT_FROM_EMAIL = "Halfpast <halfpast@book.example.com>"
        yield server
