"""What these suites say to the server, and how they read its mail."""

from __future__ import annotations

import json
import re
from typing import Any

from django.core import mail
from django.test import Client

from apps.common.outbox.draining import drain

PASSWORD = "correct horse battery"
AUTH = "/api/v1/auth/"
ME = "/api/v1/users/me/"
BROWSER = "/_allauth/browser/v1/"


def send(client: Client, path: str, body: Any, *, method: str = "POST", **headers: str):
    """A JSON call; `headers` in Django's spelling without HTTP_ (`X_CSRFTOKEN="…"`)."""
    return client.generic(
        method,
        path,
        body if isinstance(body, bytes) else json.dumps(body).encode(),
        content_type="application/json",
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )


def register(client: Client, email: str = "ana@example.com", **fields: Any):
    """Sign up through the API."""
    body = {"email": email, "password": PASSWORD, "name": "Ana Duarte", **fields}
    return send(client, AUTH + "register/", body)


def login(client: Client, email: str = "ana@example.com", password: str = PASSWORD):
    """Sign in through the API."""
    return send(client, AUTH + "login/", {"email": email, "password": password})


def me(client: Client, access: str):
    """Who an access token says one is."""
    return client.get(ME, headers={"Authorization": f"Bearer {access}"})


def problem(response, code: str, status: int) -> dict[str, Any]:
    """The problem document, after checking that it is the one expected."""
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["code"] == code
    assert body["status"] == status
    return body


def faults(response) -> dict[str, str]:
    """The codes of a problem's field errors by pointer."""
    return {error["pointer"]: error["code"] for error in response.json()["errors"]}


def delivered() -> list[Any]:
    """Carry out the outbox and take what it mailed, oldest first."""
    mail.outbox.clear()
    drain()
    return list(mail.outbox)


def linked_key(message, page: str) -> str:
    """The key in a mail's link to a page of the dashboard."""
    found = re.search(rf"http://testserver/{page}/(\S+)", message.body)
    assert found, message.body
    return found[1]
