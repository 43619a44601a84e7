"""infra/nginx/nginx.conf in a real nginx: what reaches the servers behind it, and what comes back.

Only ports and addresses differ from the committed file.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings

from tests.servers import free_port, gunicorn, running, wait_until

pytestmark = pytest.mark.production

INFRA = Path(settings.REPOSITORY) / "infra"
NGINX = os.environ.get("NGINX") or shutil.which("nginx") or "/usr/sbin/nginx"
HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


class Echo(BaseHTTPRequestHandler):
    """Tells in headers of its answer what it was asked with; agrees to become a websocket."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        websocket = self.headers.get("Upgrade") == "websocket"
        self.send_response(101 if websocket else 200)
        for name, value in self.headers.items():
            self.send_header(f"Got-{name}", value)
        self.send_header("Got-From", self.server.name)  # type: ignore[attr-defined]
        if websocket:
            self.send_header("Connection", "upgrade")
            self.send_header("Upgrade", "websocket")
        else:
            self.send_header("Content-Length", "0")
        self.end_headers()
        self.close_connection = websocket

    def log_message(self, format: str, *args: object) -> None:
        """The test's output stays the test's."""


@contextmanager
def echo(name: str) -> Iterator[int]:
    """A server that answers as `name`; yields its port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        server.name = name  # type: ignore[attr-defined]
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def rendered(*, folder: Path, port: int, web: int, ws: int) -> str:
    """The committed file with these ports, its pid and its log in `folder`."""
    conf = (INFRA / "nginx" / "nginx.conf").read_text()
    for committed, here in {
        r"listen 8080 ": f"listen 127.0.0.1:{port} ",
        # `resolve` is for addresses that change, and newer than some systems' nginx.
        r"server web:8000 resolve;": f"server 127.0.0.1:{web};",
        r"server ws:8001 resolve;": f"server 127.0.0.1:{ws};",
        r"pid /tmp/nginx.pid;": f"pid {folder}/nginx.pid;",
        r"access_log /dev/stdout ": f"access_log {folder}/access.log ",
        r"error_log /dev/stderr ": f"error_log {folder}/error.log ",
    }.items():
        conf, times = re.subn(re.escape(committed), here, conf)
        assert times == 1, committed
    return conf


def answers(process: subprocess.Popen[bytes], port: int) -> bool:
    assert process.poll() is None, f"nginx ended with {process.returncode}"
    try:
        return ask(port, "/healthz").status == 200
    except OSError:
        return False


@contextmanager
def nginx(folder: Path, *, web: int, ws: int) -> Iterator[int]:
    """nginx before the servers on these ports; yields its own port."""
    port = free_port()
    conf = folder / "nginx.conf"
    conf.write_text(rendered(folder=folder, port=port, web=web, ws=ws))
    errors = str(folder / "error.log")
    command = [NGINX, "-p", str(folder), "-e", errors, "-c", str(conf), "-g", "daemon off;"]
    with running(command, dict(os.environ)) as process:
        wait_until(lambda: answers(process, port), what="nginx to answer")
        yield port


def ask(port: int, path: str, headers: dict[str, str] | None = None) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers=headers or {})
        return connection.getresponse()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    folder = tmp_path_factory.mktemp("nginx")
    with echo("web") as web, echo("ws") as ws, nginx(folder, web=web, ws=ws) as port:
        yield port, folder


VISITOR = {"Host": "book.example.com:8443", "X-Forwarded-For": "203.0.113.9"}


@pytest.mark.parametrize(("path", "server"), [("/ana/intro", "web"), ("/ws/slots/", "ws")])
def test_the_server_learns_which_host_was_asked_by_whom_and_how(proxy, path, server):
    answer = ask(proxy[0], path, {**VISITOR, "X-Forwarded-Proto": "https"})
    assert answer.status == 200
    assert answer.headers["Got-From"] == server
    assert answer.headers["Got-Host"] == "book.example.com:8443"
    assert answer.headers["Got-X-Forwarded-For"] == "203.0.113.9, 127.0.0.1"
    assert answer.headers["Got-X-Forwarded-Proto"] == "https"
    # The connection to the server stays open for the next visitor.
    assert answer.headers["Got-Connection"] is None
    assert answer.headers["Got-Upgrade"] is None


@pytest.mark.parametrize("told", [None, "javascript"])
def test_without_a_word_from_a_balancer_the_scheme_is_nginxs_own(proxy, told):
    answer = ask(proxy[0], "/", {"X-Forwarded-Proto": told} if told else {})
    assert answer.headers["Got-X-Forwarded-Proto"] == "http"


def test_a_websocket_is_let_through_with_all_headers(proxy):
    answer = ask(proxy[0], "/ws/slots/", {**VISITOR, **HANDSHAKE, "X-Forwarded-Proto": "https"})
    assert answer.status == 101
    assert answer.headers["Upgrade"] == "websocket"
    got = {name: answer.headers[f"Got-{name}"] for name in HANDSHAKE}
    assert got == {**HANDSHAKE, "Connection": "upgrade"}
    assert answer.headers["Got-Host"] == "book.example.com:8443"
    assert answer.headers["Got-X-Forwarded-For"] == "203.0.113.9, 127.0.0.1"
    assert answer.headers["Got-X-Forwarded-Proto"] == "https"


def test_a_connection_turns_into_nothing_but_a_websocket(proxy):
    answer = ask(proxy[0], "/", {"Connection": "Upgrade, HTTP2-Settings", "Upgrade": "h2c"})
    assert answer.status == 200
    assert answer.headers["Got-Upgrade"] is None
    assert answer.headers["Got-Connection"] is None


def test_visitors_get_no_figures(proxy):
    assert ask(proxy[0], "/metrics").status == 404


def test_no_log_keeps_a_token(proxy):
    port, folder = proxy
    paths = ["/booking/s3cret/", "/password-reset/s3cret", "/api/v1/events/booking/s3cret/"]
    for path in [*paths, "/last"]:
        assert ask(port, path).status == 200
    log = folder / "access.log"
    wait_until(lambda: "GET /last" in log.read_text(), what="the last line of the log")
    assert "GET /booking/-" in log.read_text()
    assert "s3cret" not in log.read_text()


def test_no_log_keeps_a_token_when_the_server_is_away(tmp_path):
    with echo("web") as web, echo("ws") as ws, nginx(tmp_path, web=web, ws=free_port()) as port:
        del ws
        assert ask(port, "/ws/s3cret/").status == 502
        assert ask(port, "/").status == 200
    assert "s3cret" not in (tmp_path / "error.log").read_text()


@pytest.mark.django_db(transaction=True)
def test_an_installation_behind_nginx_answers(tmp_path):
    """The strictest settings: no name but its own, no page by http."""
    strict = {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "ALLOWED_HOSTS": "book.example.com",
        "TRUSTED_PROXIES": "127.0.0.1",
        "SSL_REDIRECT": "on",
    }
    with gunicorn(workers=1, **strict) as base:
        web = int(base.rpartition(":")[2])
        with nginx(tmp_path, web=web, ws=web) as port:
            for path in ("/healthz", "/readyz"):
                assert ask(port, path, {"Host": "book.example.com"}).status == 200
            by_http = ask(port, "/login", {"Host": "book.example.com"})
            assert by_http.status == 301
            assert by_http.headers["Location"] == "https://book.example.com/login"
            secure = {"Host": "book.example.com", "X-Forwarded-Proto": "https"}
            assert ask(port, "/login", secure).status == 200
            assert ask(port, "/login", {**secure, "Host": "evil.example"}).status == 400
        # The container's own health check asks the server directly.
        checked = subprocess.run(
            [sys.executable, str(INFRA / "docker" / "healthy.py")],
            env={**os.environ, "PORT": str(web)},
            check=False,
            timeout=30,
        )
        assert checked.returncode == 0
