"""Access and refresh tokens: allauth's JWTs, bound to the session of the sign-in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from allauth.headless import app_settings
from allauth.headless.tokens.strategies.jwt import internal
from django.contrib.sessions.backends.base import SessionBase

from apps.common.errors import NotAuthenticated
from apps.users.models import User

# Compact JWS (RFC 7515) of a sane size; anything else is refused before it is decoded.
_COMPACT = re.compile(r"[A-Za-z0-9_-]{1,2000}(?:\.[A-Za-z0-9_-]{1,2000}){2}")


@dataclass(frozen=True, slots=True)
class TokenPair:
    """`access` goes into `Authorization: Bearer`; `refresh` gets the next pair, once."""

    access: str
    refresh: str


def find_token_user(token: str) -> User | None:
    """Whose access token this is, while session and account are alive."""
    if not _COMPACT.fullmatch(token):
        return None
    found = internal.validate_access_token(token)
    return found[0] if found else None


def refresh_tokens(refresh: str) -> TokenPair:
    """The next pair; the given token is spent. Raises `NotAuthenticated`."""
    pair = (
        app_settings.TOKEN_STRATEGY.refresh_token(refresh) if _COMPACT.fullmatch(refresh) else None
    )
    if pair is None:
        raise NotAuthenticated("The refresh token is not valid. Sign in again.")
    return TokenPair(*pair)


def issue_tokens(user: User, session_key: str) -> TokenPair:
    """A pair for a session that is already signed in."""
    strategy = app_settings.TOKEN_STRATEGY
    session = strategy.lookup_session(session_key)
    access = internal.create_access_token(user, session, strategy.get_claims(user))
    refresh = internal.create_refresh_token(user, session)
    session.save()
    return TokenPair(access, refresh)


def end_sign_in(token: str) -> None:
    """Sign out: the session dies, and with it every token of it. Raises `NotAuthenticated`."""
    session = _find_session(token)
    if session is None:
        raise NotAuthenticated("The token is not valid; nobody was signed out.")
    session.flush()


def _find_session(token: str) -> SessionBase | None:
    if not _COMPACT.fullmatch(token):
        return None
    found = internal.validate_refresh_token(token)
    if found:
        return found[1]
    payload = internal.decode_token(token, "access")
    return internal.get_token_session(payload) if payload else None
