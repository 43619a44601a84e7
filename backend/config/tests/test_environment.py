"""A wrong setting stops the start with one line, and the line gives no secret away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from config import environment as env

SECRET = "hunter2-hunter2"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", f"postgres://halfpast:{SECRET}@db:port/halfpast"),
        ("DATABASE_URL", f"postgers://halfpast:{SECRET}@db:5432/halfpast"),
        ("DATABASE_URL", f"mysql://halfpast:{SECRET}@db:3306/halfpast"),
        ("REDIS_URL", f"redi://:{SECRET}@cache:6379/0"),
        ("REDIS_URL", f"redis://:{SECRET}@cache:port/0"),
        ("REDIS_URL", f"redis://:{SECRET}@[cache:6379/0"),
        ("SENTRY_DSN", f"https://{SECRET}@sentry.example.com"),
        ("SENTRY_DSN", SECRET),
    ],
)
def test_an_address_that_cannot_be_read_is_named_but_not_shown(name, value):
    done = subprocess.run(
        [sys.executable, "-c", "import config.settings.base"],
        cwd=Path(settings.REPOSITORY) / "backend",
        env={**os.environ, "ENV_FILE": os.devnull, name: value},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    told = done.stderr.splitlines()
    assert len(told) == 1, done.stderr
    assert told[0].startswith(f"Halfpast cannot start: {name}: cannot be read; write something")
    assert SECRET not in told[0]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]"])
def test_only_this_machine_reaches_a_loopback_name(host):
    assert env.is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "book.example.com", ""])
def test_others_reach_any_other_name(host):
    assert not env.is_loopback(host)
