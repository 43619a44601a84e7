"""Refusals at sign-in."""

from __future__ import annotations

from apps.common.errors import DomainError


class InvalidCredentials(DomainError):
    """Unknown address, wrong password or closed account: told alike, so that none is given away."""

    code = "invalid_credentials"


class SecondFactorRequired(DomainError):
    """The password was right; `extra["next"]` says how to go on."""

    code = "mfa_required"
