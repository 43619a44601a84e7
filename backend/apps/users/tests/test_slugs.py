"""Slugs: which exist, how they are made, and that they hide no page of the product."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver

from apps.common.errors import ValidationFailed
from apps.users.services import register_user
from apps.users.slugs import MAX_LENGTH, RESERVED_SLUGS, make_unique_slug, slug_of, validate_slug
from apps.users.tests.calls import PASSWORD


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ana Duarte", "ana-duarte"),
        ("José  Müller-Nuñez", "jose-muller-nunez"),
        ("Søren Łukasz Ægir", "soren-lukasz-aegir"),
        ("Straße", "strasse"),
        ("O'Brien & Sons, Ltd.", "o-brien-sons-ltd"),
        ("--a--", "a"),
        ("İpek Işık", "ipek-isik"),
        ("Москва", ""),
        ("山田", ""),
        ("!!!", ""),
    ],
)
def test_names_become_slugs(name, slug):
    assert slug_of(name) == slug


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Москва", "山田", "!!!", "Admin", "Event Types", "x" * 200])
def test_any_name_gets_a_valid_slug(name):
    assert validate_slug(make_unique_slug(name))


@pytest.mark.django_db
def test_a_taken_slug_gets_a_suffix():
    register_user(email="a@example.com", password=PASSWORD, name="x" * 100)
    slug = make_unique_slug("x" * 100)
    assert slug.startswith("xxx")
    assert len(slug) <= MAX_LENGTH
    assert slug != "x" * MAX_LENGTH


@pytest.mark.parametrize("slug", ["a", "a-b", "a--b", "2go", "x" * MAX_LENGTH])
def test_valid_slugs(slug):
    assert validate_slug(slug) == slug


@pytest.mark.parametrize(
    "slug", ["", "-a", "a-", "A", "a_b", "a.b", "a b", "ä", "a\n", "x" * (MAX_LENGTH + 1), "login"]
)
def test_invalid_slugs(slug):
    with pytest.raises(ValidationFailed) as refusal:
        validate_slug(slug)
    assert refusal.value.errors[0].pointer == "/slug"


def _first_segments(patterns, prefix: str = "") -> set[str]:
    """The literal first path segments of a URL table; patterns that begin with a value have none."""
    found: set[str] = set()
    for pattern in patterns:
        text = prefix + str(pattern.pattern)
        literal = re.match(r"\^?([^/(<\\\[$?*+|]*)", text)
        segment = literal[1] if literal else ""
        complete = "/" in text or not hasattr(pattern, "url_patterns")
        if segment and complete:
            found.add(segment)
        elif hasattr(pattern, "url_patterns"):
            found |= _first_segments(pattern.url_patterns, text)
    return found


def test_every_first_segment_of_the_url_table_is_reserved():
    segments = _first_segments(get_resolver().url_patterns)
    assert {"api", "admin", "_allauth", "healthz", "login"} <= segments
    assert segments <= RESERVED_SLUGS


def test_every_page_of_the_design_is_reserved():
    pages = """
        api admin booking bookings static media login logout signup event-types analytics waitlist
        availability integrations workflows webhooks settings healthz readyz metrics hooks ws dev
        problems docs e events event tickets orders checkin certificates forum users auth
        password-reset verify-email _allauth sw.js robots.txt favicon.ico hold
    """
    assert set(pages.split()) <= RESERVED_SLUGS
    assert Path(settings.STATIC_URL).parts[1] in RESERVED_SLUGS
