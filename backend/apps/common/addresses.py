"""E-mail addresses that any mail server takes: ASCII, with international domains in their
A-label form (`x@exämple.com` is `x@xn--exmple-cua.com`; RFC 5891, mapped by UTS 46)."""

from __future__ import annotations

import unicodedata

import idna
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

MAX_LENGTH = 254
_CURE = "Enter an e-mail address, such as ana@example.com."


class UnusableAddress(ValueError):
    """Not an address that mail can go to; the text says what to change."""


def read_address(text: str) -> str:
    """The address in the form in which it is stored and written to.

    Raises `UnusableAddress`. Refused beside malformed ones: characters outside ASCII before the @
    (they need SMTPUTF8, which many servers lack), quoted local parts and "=?", by which mail
    programs would read other addresses or line breaks out of a header.
    """
    if any(unicodedata.category(char)[0] in "CZ" for char in text):
        raise UnusableAddress(f"{_CURE[:-1]}, without blanks or invisible characters.")
    local, at, domain = text.rpartition("@")
    if not at:
        raise UnusableAddress(_CURE)
    if not local.isascii():
        raise UnusableAddress("Use only letters without accents, digits and signs before the @.")
    if '"' in local or "=?" in text:
        raise UnusableAddress(f'{_CURE[:-1]}, without quotes or "=?".')
    address = f"{local}@{_ascii_domain(domain)}"
    if len(address) > MAX_LENGTH:
        raise UnusableAddress(f"Use an e-mail address of at most {MAX_LENGTH} characters.")
    try:
        validate_email(address)
    except ValidationError:
        raise UnusableAddress(_CURE) from None
    return address


_IGNORES_DOTS = frozenset({"gmail.com", "googlemail.com"})


def address_key(text: str) -> str:
    """What addresses of one mailbox have in common, for limits per person; never written to.

    Case does not matter, nor does what follows a "+" before the @; nor dots where the provider
    ignores them. An address that mail cannot go to is its own key.
    """
    try:
        address = read_address(text.strip())
    except UnusableAddress:
        return text.strip().casefold()
    local, _, domain = address.casefold().rpartition("@")
    mailbox = local.partition("+")[0] or local
    if domain in _IGNORES_DOTS:
        return f"{mailbox.replace('.', '')}@gmail.com"
    return f"{mailbox}@{domain}"


def domain_of(address: str) -> str:
    """The domain of a usable address in its A-label form, in lower case."""
    return read_address(address).rpartition("@")[2].lower()


def ascii_domain(domain: str) -> str | None:
    """A domain in its A-label form (ASCII stays as it is); None for what is none."""
    if domain.isascii():
        return domain
    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        return None


def _ascii_domain(domain: str) -> str:
    found = ascii_domain(domain)
    if found is None:
        raise UnusableAddress("What stands after the @ is no domain. Look for a typo.")
    return found
