"""A real browser before a real server. Chromium is the one CHROMIUM names, else Debian's."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.cast import ALWAYS, make_host

# Playwright's own event loop runs in the test's thread; Django would refuse its ORM there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# How long (ms) anything may take on a busy machine before it counts as not coming.
PATIENCE = 10_000
expect.set_options(timeout=PATIENCE)

# What the browser logs of refused requests, and of those that a test itself loses.
_REFUSED = re.compile(r"status of 4|net::ERR_FAILED")
_QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole session; every test gets contexts of its own."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=list(_QUIET)
        )
        yield chromium
        chromium.close()


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    """The address of the running server, which it also believes to be its own."""
    settings.BASE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    return str(live_server.url)


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[OpenPage]:
    """Opens a path in a new private window and returns its page.

    Options are Playwright's for a context. A script error, a blocked resource or a complaint of
    the content policy fails the test; refused requests (4xx) do not.
    """
    complaints: list[str] = []
    contexts = []

    def listen(page: Page) -> None:
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text)
                if message.type == "error" and not _REFUSED.search(message.text)
                else None
            ),
        )

    def open_(path: str, **options: Any) -> Page:
        context = browser.new_context(
            base_url=site,
            **{
                "locale": "en-GB",
                "timezone_id": "Europe/Berlin",
                "viewport": {"width": 1280, "height": 800},
                **options,
            },
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        listen(page)
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def host(site: str) -> Any:
    """Ana in Lisbon, open around the clock, so that every day has times whatever today is."""
    user = make_host("ana", "Ana Duarte", weekly=ALWAYS, timezone="Europe/Lisbon")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


@pytest.fixture
def open_dashboard(open_page: OpenPage, site: str, host: Any) -> OpenPage:
    """Opens a path as Ana, who signed in earlier."""
    client = Client()
    client.force_login(host)
    cookie = {
        "name": "sessionid",
        "value": client.cookies["sessionid"].value,
        "domain": urlsplit(site).hostname,
        "path": "/",
    }

    def open_(path: str, **options: Any) -> Page:
        return open_page(path, storage_state={"cookies": [cookie]}, **options)

    return open_


@pytest.fixture(scope="session")
def axe_source() -> str:
    """The accessibility checker, from the frontend's own packages."""
    frontend = Path(django_settings.FRONTEND_DIST).parent
    return (frontend / "node_modules" / "axe-core" / "axe.min.js").read_text()


@pytest.fixture
def violations(axe_source: str) -> Callable[[Page], list[str]]:
    """What axe finds against WCAG 2.2 A and AA and its best practices on a page as it stands."""

    def find(page: Page) -> list[str]:
        # Colours are judged at rest, not half-way through a transition. Each is brought to its end
        # rather than waited for: a browser without a screen may owe a frame for long.
        page.wait_for_function(
            """() => {
              const running = document.getAnimations()
                .filter(({ playState }) => playState === "running");
              running.forEach((animation) => animation.finish());
              return running.length === 0;
            }""",
            polling=20,
        )
        page.evaluate(f"() => {{ {axe_source}; return null; }}")
        found = page.evaluate(
            """async () => {
              const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
              const result = await axe.run(document, { runOnly: { type: "tag", values: tags } });
              return result.violations.flatMap((rule) =>
                rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 200)}`));
            }"""
        )
        return list(found)

    return find


_DESK = {"width": 1280, "height": 800}
_LOOKS = {
    "light": ("light", _DESK),
    "dark": ("dark", _DESK),
    "phone": ("light", {"width": 390, "height": 844}),
    "dark phone": ("dark", {"width": 390, "height": 844}),
}


@pytest.fixture
def violations_in_every_look(
    violations: Callable[[Page], list[str]],
) -> Callable[[Page], list[str]]:
    """What axe finds on one page in light and dark, at a desk and on a phone, read both ways.

    The page is not loaded again: what is open stays open. It is left as it was, at a desk in light.
    """

    def find(page: Page) -> list[str]:
        found = []
        for direction in ("rtl", "ltr"):
            page.evaluate("(dir) => { document.documentElement.dir = dir }", direction)
            for look, (scheme, size) in _LOOKS.items():
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                page.set_viewport_size(size)  # type: ignore[arg-type]
                found += [f"{look}, {direction}: {one}" for one in violations(page)]
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(_DESK)  # type: ignore[arg-type]
        return found

    return find
