"""Who calls the API: `Authorization: Bearer <access token>`, for DRF.

Stands before SessionAuthentication, so that anonymous calls get 401 with WWW-Authenticate.
"""

from __future__ import annotations

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from apps.users.api.tokens import find_token_user
from apps.users.models import User

SCHEME = "bearer"


def bearer_token(header: str) -> str | None:
    """The token of an Authorization header, or None when it is of another scheme."""
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == SCHEME else None


class BearerAuthentication(BaseAuthentication):
    """Access tokens of `auth/login/`."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        token = bearer_token(request.META.get("HTTP_AUTHORIZATION", ""))
        if token is None:
            return None
        user = find_token_user(token)
        if user is None:
            raise AuthenticationFailed("The access token is not valid or has expired. Refresh it.")
        return user, None

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI document names it."""

    target_class = BearerAuthentication
    name = "bearer"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
