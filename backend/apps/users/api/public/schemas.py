"""Shapes of `/api/v1/auth/`. Rules are the services'; these only bound sizes and types."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints

from apps.common.api.schema import Schema
from apps.common.api.types import Instant

Email = Annotated[str, StringConstraints(max_length=254)]
# Not stripped: blanks at the ends are allauth's to judge.
Password = Annotated[str, StringConstraints(min_length=1, max_length=1024, strip_whitespace=False)]
Key = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Token = Annotated[str, StringConstraints(min_length=1, max_length=6000)]


class RegisterIn(Schema):
    """Somebody new."""

    email: Email
    password: Password
    name: Annotated[str, StringConstraints(max_length=120)]
    timezone: Annotated[str, StringConstraints(max_length=64)] | None = Field(
        None, description="IANA name; UTC when left out"
    )
    locale: Annotated[str, StringConstraints(max_length=20)] | None = None
    slug: Annotated[str, StringConstraints(max_length=60)] | None = Field(
        None, description="Address of the public page; made from the name when left out"
    )


class LoginIn(Schema):
    """E-mail address and password."""

    email: Email
    password: Password


class SecondFactorIn(Schema):
    """A code of the authenticator app, or a recovery code."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=32)]


class RefreshIn(Schema):
    """The last refresh token."""

    refresh: Token


class LogoutIn(Schema):
    """The refresh token of the sign-in that ends; the access token in the header does as well."""

    refresh: Token | None = None


class AddressIn(Schema):
    """An e-mail address."""

    email: Email


class KeyIn(Schema):
    """The key at the end of a mailed link."""

    key: Key


class ResetIn(Schema):
    """The key at the end of a mailed link, and the new password."""

    key: Key
    password: Password


class ChangePasswordIn(Schema):
    """The password now and the one from now on."""

    current_password: Password
    new_password: Password


class AccountOut(Schema):
    """The signed-in user; the same members as `users/me/`."""

    id: UUID
    email: str
    email_verified: bool
    role: str
    date_joined: Instant
    public_url: str
    name: str
    slug: str
    timezone: str
    locale: str
    week_start: int
    default_slot_interval: int
    bio: str
    contact: str
    avatar: str
    logo: str
    cover: str
    accent_color: str
    booking_limits: list[dict[str, Any]]


class TokensOut(Schema):
    """A pair of tokens; `expires_in` are the seconds that `access` lives."""

    access: str
    refresh: str
    expires_in: int


class SignedInOut(TokensOut):
    """Who signed in, with tokens."""

    user: AccountOut


class AcceptedOut(Schema):
    """Taken in; the same answer whether or not there is such an account."""

    detail: str
