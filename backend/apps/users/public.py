"""The only door of `users` for other apps: ids and plain values, never querysets."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from apps.users import selectors
from apps.users.models import User
from apps.users.selectors import PublicVersion
from apps.users.services import bump_availability_version, register_user, update_profile
from apps.users.signals import user_registered
from apps.users.slugs import RESERVED_SLUGS, slug_of, validate_slug

__all__ = [
    "RESERVED_SLUGS",
    "Person",
    "PublicVersion",
    "bump_availability_version",
    "find_organizer_version",
    "list_active_ids",
    "list_people",
    "lock_people",
    "register_user",
    "slug_of",
    "update_profile",
    "user_registered",
    "validate_slug",
]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a message is for; `timezone` is an IANA name."""

    id: UUID
    name: str
    email: str
    timezone: str
    locale: str


def find_organizer_version(slug: str, *, others: Collection[UUID] = ()) -> PublicVersion | None:
    """Who is reached at `/<slug>`, with the numbers that stand for all that public pages show.

    `others` are further people whose changes matter, such as the hosts of an event type. None for
    an unknown slug and a closed account. One query.
    """
    return selectors.find_public_version(slug, others=others)


def list_active_ids(user_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the ids that are of open accounts: unknown and closed ones look alike. One query."""
    return selectors.list_active_ids(user_ids)


def list_people(user_ids: Iterable[UUID]) -> dict[UUID, Person]:
    """People by id; ids that do not exist are left out. One query."""
    return {
        user.pk: Person(user.pk, user.name, user.email, user.timezone, user.locale)
        for user in selectors.list_users(user_ids)
    }


def lock_people(user_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Lock the users' rows in the order of their ids; their availability versions by id.

    Inside a transaction only. On SQLite the transaction itself is the lock.
    """
    rows = User.objects.select_for_update(no_key=True).filter(pk__in=list(user_ids))
    return dict(rows.order_by("pk").values_list("pk", "availability_version"))
