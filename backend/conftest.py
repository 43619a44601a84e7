"""Fixtures of every suite: the cast, and a client that speaks JSON."""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, settings

from apps.events.models import EventType
from tests.cast import make_event_type, make_host

# The same examples in every run, on slow machines too, so that a run says something of the change
# and not of its luck; `make test-exhaustive` looks for new ones.
settings.register_profile(
    "halfpast",
    deadline=None,
    derandomize=os.environ.get("ENGINE_PROOFS") != "full",
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("halfpast")


@pytest.fixture(autouse=True)
def _fresh_cache():
    """Rate limits and cached pages of one test must not reach the next."""
    cache.clear()


@pytest.fixture
def ana(db) -> Any:
    """A host in Lisbon, open Monday to Friday 09:00-17:00."""
    return make_host()


@pytest.fixture
def charlie(db) -> Any:
    """A stranger with an account of his own."""
    return make_host("charlie", "Charlie Stranger")


@pytest.fixture
def intro(ana) -> EventType:
    """Ana's 30-minute intro call."""
    return make_event_type(ana)


@pytest.fixture
def ana_client(ana, client: Client) -> Client:
    """A browser in which Ana is signed in."""
    client.force_login(ana)
    return client
