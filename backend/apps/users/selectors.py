"""Reads of users."""

from __future__ import annotations

from collections.abc import Iterable
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


def find_version_by_slug(slug: str) -> tuple[UUID, int] | None:
    """Id and availability version of the open account with that slug.

    By hand: every public call asks it, and the ORM would take three times as long.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, availability_version FROM users_user WHERE slug = %s AND is_active", [slug]
        )
        row = cursor.fetchone()
    if row is None:
        return None
    return (row[0] if isinstance(row[0], UUID) else UUID(row[0])), row[1]
