"""Changing one's own profile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from apps.users.models import User
from apps.users.services import rules


def update_profile(*, user: User, changes: Mapping[str, Any]) -> User:
    """Write the changed fields (names as in `users/me/`) and return the user as stored.

    Raises `ValidationFailed` (or `InvalidTimezone`) naming each field and its cure.
    """
    cleaned = rules.clean_profile(changes)
    changed = {name: value for name, value in cleaned.items() if getattr(user, name) != value}
    if not changed:
        return user
    if "slug" in changed:
        rules.refuse_taken_slug(changed["slug"], owner=user)
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(**changed)
    except IntegrityError:
        if "slug" in changed and User.objects.filter(slug=changed["slug"]).exists():
            raise rules.slug_taken() from None
        raise
    user.refresh_from_db()
    return user


def bump_availability_version(*, user_ids: Iterable[UUID]) -> None:
    """Tell caches and concurrent bookings that these users' slots may differ from now on.

    Call it in the transaction of the change.
    """
    User.objects.filter(pk__in=list(user_ids)).update(
        availability_version=F("availability_version") + 1
    )
