"""Slugs of organizers: the first segment of a public page's address.

`RESERVED_SLUGS` is the only list of first segments that belong to the product; a test holds it
against `config/urls.py` and the dashboard's routes.
"""

from __future__ import annotations

import re
import secrets
import unicodedata

from apps.common.errors import ValidationFailed

MAX_LENGTH = 60
_PATTERN = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_SEPARATORS = re.compile(r"[^a-z0-9]+")
# Letters that Unicode does not decompose into a Latin letter and a mark.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
)

RESERVED_SLUGS = frozenset(
    """
    _allauth account accounts admin analytics api app apps assets auth availability billing blog
    booking bookings calendar certificates checkin connect contact dashboard dev docs e embed event
    event-types events favicon favicon-ico favicon.ico forum group groups healthz help hold home
    hooks host hosts ics imprint index integrations invite invites jobs legal login logout manage
    manifest manifest-json manifest.json manifest.webmanifest me media metrics new notifications
    oauth offline orders organizations organizer organizers out-of-office password-reset payments
    polls preview privacy problems profile public readyz register reset robots robots-txt robots.txt
    routing security settings setup signin signout signup sitemap sitemap-xml sitemap.xml slots
    static status status-page support sw sw-js sw.js team teams terms tickets token tokens user
    users verify-email waitlist webhooks well-known .well-known workflows ws www
    """.split()  # noqa: SIM905 (one word a line would be a page long)
)


def validate_slug(slug: str, *, pointer: str = "/slug") -> str:
    """The slug itself, or `ValidationFailed` naming the cure."""
    if not slug or len(slug) > MAX_LENGTH:
        raise ValidationFailed.of(
            pointer, "invalid_slug", f"Use 1 to {MAX_LENGTH} characters for the address."
        )
    if not _PATTERN.fullmatch(slug):
        raise ValidationFailed.of(
            pointer,
            "invalid_slug",
            "Use lower-case letters a-z, digits and hyphens, with no hyphen at either end.",
        )
    if slug in RESERVED_SLUGS:
        raise ValidationFailed.of(
            pointer, "reserved_slug", f'"{slug}" is used by the product itself. Choose another.'
        )
    return slug


def slug_of(text: str) -> str:
    """`text` as a slug: "José Duarte" -> "jose-duarte"; empty when nothing Latin is in it."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    latin = folded.encode("ascii", "ignore").decode()
    return _SEPARATORS.sub("-", latin).strip("-")[:MAX_LENGTH].rstrip("-")


def make_unique_slug(name: str) -> str:
    """A free slug for a person of that name; names without Latin letters get a random one.

    Free when asked: whoever saves it still meets the unique constraint.
    """
    from apps.users.models import User

    base = slug_of(name)
    if base and base not in RESERVED_SLUGS and not User.objects.filter(slug=base).exists():
        return base
    stem = base[: MAX_LENGTH - 7].rstrip("-") or "user"
    while True:
        slug = f"{stem}-{secrets.token_hex(3)}"
        if not User.objects.filter(slug=slug).exists():
            return slug
