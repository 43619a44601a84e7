"""What allauth's own endpoints tell of a user."""

from __future__ import annotations

from typing import Any

from allauth.headless.adapter import DefaultHeadlessAdapter


class HeadlessAdapter(DefaultHeadlessAdapter):
    """Little: answers of half-finished sign-ins carry it too. The rest is at `users/me/`."""

    def serialize_user(self, user: Any) -> dict[str, Any]:
        return {"id": str(user.pk), "display": user.name, "email": user.email, "slug": user.slug}
