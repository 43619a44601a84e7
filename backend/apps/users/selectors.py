"""Reads of users."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import connection

from apps.users.models import User


def list_users(user_ids: Iterable[UUID]) -> list[User]:
    """The users of these ids that exist, in no particular order; one query."""
    return list(User.objects.filter(pk__in=list(user_ids)))


def list_active_ids(user_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the ids that are of open accounts; one query."""
    active = User.objects.filter(pk__in=list(user_ids), is_active=True)
    return set(active.values_list("pk", flat=True))


def is_email_verified(user: User) -> bool:
    """Whether the user has shown that mail to the sign-in address arrives."""
    return bool(EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists())


class PublicVersion(NamedTuple):
    """An organizer, and numbers that differ as soon as something about the people changed."""

    organizer_id: UUID
    own: int
    """The organizer's availability version."""
    of_others: int
    """The sum of the others' versions: each only grows, so the sum tells any change.

    Apart from the organizer's own: that one grows when one of the others is taken away, which
    lowers the sum.
    """


_BY_SLUG = "SELECT id, availability_version, {others} FROM users_user WHERE slug = %s AND is_active"
_SUM = "(SELECT COALESCE(SUM(availability_version), 0) FROM users_user WHERE id {among})"


def find_public_version(slug: str, *, others: Collection[UUID] = ()) -> PublicVersion | None:
    """The versions of the open account with that slug and of the `others`; one query.

    By hand: every public call asks it, and the ORM would take three times as long.
    """
    values: list[str | list[UUID]] = []
    summed = "0"
    if others and connection.vendor == "postgresql":
        summed = _SUM.format(among="= ANY(%s)")
        values = [list(others)]
    elif others:
        summed = _SUM.format(among=f"IN ({', '.join(['%s'] * len(others))})")
        values = [other.hex for other in others]
    with connection.cursor() as cursor:
        cursor.execute(_BY_SLUG.format(others=summed), [*values, slug])
        row = cursor.fetchone()
    if row is None:
        return None
    organizer_id = row[0] if isinstance(row[0], UUID) else UUID(row[0])
    return PublicVersion(organizer_id, row[1], int(row[2]))
