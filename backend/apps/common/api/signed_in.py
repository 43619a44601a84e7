"""Who makes a call that only signed-in users reach."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request


def signed_in_user(request: Request) -> Any:
    """The user; permission classes have refused visitors before any view asks."""
    return request.user
