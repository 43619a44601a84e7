"""Logs and error reports of a real process: what they hold, and what they must not."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import textwrap
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import brotli
import pytest

from config.environment import REPOSITORY
from config.observability import hide_tokens

TOKEN = "0b7b8b33-64f0-4f9a-8e1b-4f1f6ad4e0aa"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"/booking/{TOKEN}/manage", "/booking/[token]/manage"),
        (
            f"GET /api/v1/events/booking/{TOKEN}/manage/ 200",
            "GET /api/v1/events/booking/[token]/manage/ 200",
        ),
        ("/verify-email/MQ:1vXyZz:abcdefgh-Jk_1", "/verify-email/[token]"),
        ("/password-reset/6kvy2y-d1a2b3-0123456789abcdef", "/password-reset/[token]"),
        (f"/api/v1/events/slots/hold/{TOKEN}/", "/api/v1/events/slots/hold/[token]/"),
        ("/api/v1/events/bookings/create/", "/api/v1/events/bookings/create/"),
        ("/password-reset/", "/password-reset/"),
        ("/ana/intro-call", "/ana/intro-call"),
    ],
)
def test_token_links_are_hidden(text, shown):
    assert hide_tokens(text) == shown


def run(code: str, **environment: str) -> list[str]:
    """The lines that a fresh process with our settings writes to stderr."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=REPOSITORY / "backend",
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": "sqlite://:memory:",
            "REDIS_URL": "",
            "EFFECTS_RUNNER": "embedded",
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stderr.splitlines()


LOGGING = f"""
    import django; django.setup()
    import logging, structlog
    structlog.contextvars.bind_contextvars(request_id="req-12345678")
    structlog.get_logger("ours").info("booked", event_type="intro")
    logging.getLogger("django.request").warning("Not Found: %s", "/booking/{TOKEN}/manage")
    logging.getLogger("uvicorn.access").debug("too quiet")
    try:
        raise ValueError("broken /booking/{TOKEN}/manage")
    except ValueError:
        structlog.get_logger("ours").exception("crashed")
"""


def test_each_line_is_json_with_the_request_id():
    lines = [json.loads(line) for line in run(LOGGING, LOG_FORMAT="json", LOG_LEVEL="info")]
    assert [line["event"] for line in lines] == [
        "booked",
        "Not Found: /booking/[token]/manage",
        "crashed",
    ]
    assert {line["request_id"] for line in lines} == {"req-12345678"}
    assert [line["level"] for line in lines] == ["info", "warning", "error"]
    assert lines[0]["event_type"] == "intro"
    assert "ValueError: broken /booking/[token]/manage" in lines[2]["exception"]
    assert all(line["timestamp"].endswith("Z") for line in lines)


def test_the_console_shows_the_same_for_people():
    lines = run(LOGGING, LOG_FORMAT="console", LOG_LEVEL="warning")
    assert "Not Found: /booking/[token]/manage" in lines[0]
    assert "request_id=req-12345678" in lines[0]
    assert "booked" not in lines[0]
    assert lines[-1].startswith("ValueError: broken")


class Receiver(HTTPServer):
    """Takes Sentry's envelopes."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Envelope)
        self.received: list[str] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Envelope(BaseHTTPRequestHandler):
    """One POST of the SDK."""

    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        unpack = {"gzip": gzip.decompress, "br": brotli.decompress}
        encoding = self.headers.get("Content-Encoding")
        self.server.received.append((unpack[encoding](body) if encoding else body).decode())
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Quiet."""


def test_a_crash_is_reported_without_personal_data():
    receiver = Receiver()
    try:
        run(
            f"""
            import sys, types
            from django.conf import settings
            settings.ROOT_URLCONF = "crashing"
            import django; django.setup()
            from django.test import Client
            from django.urls import path

            def crash(request, token):
                password = "correct horse battery"
                raise RuntimeError(f"no room for jonas@keller.example in {{request.path}}")

            sys.modules["crashing"] = types.SimpleNamespace(
                urlpatterns=[path("api/booking/<token>/manage/", crash)]
            )
            client = Client(raise_request_exception=False)
            client.cookies["sessionid"] = "session-secret"
            response = client.post(
                "/api/booking/{TOKEN}/manage/?email=jonas@keller.example",
                {{"invitee_name": "Jonas Keller"}}, content_type="application/json",
                headers={{"X-Request-ID": "req-12345678", "Authorization": "Bearer aaa.hidden-credential"}},
            )
            assert response.status_code == 500, response.status_code
            import sentry_sdk; sentry_sdk.flush(10)
            """,
            SENTRY_DSN=f"http://key@127.0.0.1:{receiver.server_port}/1",
        )
    finally:
        receiver.shutdown()
        receiver.server_close()
    told = "\n".join(receiver.received)
    assert "RuntimeError" in told
    assert "req-12345678" in told
    assert "/booking/[token]/manage/" in told
    for secret in (
        TOKEN,
        "keller.example",
        "Jonas",
        "horse",
        "session-secret",
        "hidden-credential",
        "127.0.0.1",
    ):
        assert secret not in told, secret


def test_without_an_address_the_sdk_is_not_even_imported():
    lines = run(
        "import django; django.setup(); import sys; print('sentry_sdk' in sys.modules, file=sys.stderr)",
        SENTRY_DSN="",
    )
    assert lines[-1] == "False"


def test_a_wrong_address_stops_the_start():
    done = subprocess.run(
        [sys.executable, "-c", "import config.settings.test"],
        cwd=REPOSITORY / "backend",
        env={**os.environ, "SENTRY_DSN": "nonsense"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Halfpast cannot start: SENTRY_DSN")
