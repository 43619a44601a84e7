"""The signed-in user as the API shows them, in both frameworks."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from apps.users.models import User
from apps.users.selectors import is_email_verified
from apps.users.services.rules import PROFILE_FIELDS


def account_members(user: User) -> dict[str, Any]:
    """Members of `users/me/`; the profile's fields are the ones that may be changed there."""
    return {
        "id": user.pk,
        "email": user.email,
        "email_verified": is_email_verified(user),
        "role": user.role,
        "date_joined": user.date_joined,
        "public_url": f"{settings.BASE_URL}/{user.slug}",
        **{name: getattr(user, name) for name in PROFILE_FIELDS},
    }
