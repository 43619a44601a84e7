"""`.env.example` and docker-compose.yml keep in step with the settings that are read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

REPOSITORY = Path(settings.REPOSITORY)
READS = re.compile(r'env\.(?:\w+)\(\s*"([A-Z_]+)"')
# Compose decides these itself: its own services, and paths inside the image.
COMPOSE_DECIDES = {"VAR_DIR", "EFFECTS_RUNNER", "CELERY_BROKER_URL", "OUTBOX_THREADS"}
# Only `make run` knows these.
MAKE_RUN_ONLY = {"HOST", "DEMO"}


def read_by_settings() -> set[str]:
    folder = REPOSITORY / "backend" / "config" / "settings"
    return {name for path in folder.glob("*.py") for name in READS.findall(path.read_text())}


def explained() -> set[str]:
    return set(re.findall(r"^#?([A-Z_]+)=", (REPOSITORY / ".env.example").read_text(), re.M))


def read_by_scripts() -> set[str]:
    scripts = REPOSITORY / "infra" / "scripts"
    return {
        name
        for path in scripts.glob("start-*")
        for name in re.findall(r"\$\{([A-Z_]+):-", path.read_text())
    }


def test_every_setting_that_is_read_is_explained() -> None:
    assert len(read_by_settings()) > 20
    assert read_by_settings() - explained() == set()


def test_every_setting_that_is_explained_is_read() -> None:
    used_elsewhere = {"POSTGRES_PASSWORD"}
    assert explained() - read_by_settings() - read_by_scripts() - used_elsewhere == set()


@pytest.mark.parametrize("name", sorted(read_by_settings() - COMPOSE_DECIDES - MAKE_RUN_ONLY))
def test_compose_hands_every_setting_to_the_processes(name: str) -> None:
    compose = (REPOSITORY / "docker-compose.yml").read_text()
    assert re.search(rf"^    {name}: |^      {name}: ", compose, re.M)
