"""What a profile's values must be. Every way in (API, sign-up form, seed) asks here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from apps.common.addresses import MAX_LENGTH, UnusableAddress, read_address
from apps.common.errors import DomainError, ValidationFailed
from apps.common.names import find_name_problem, has_breaks
from apps.common.text import is_storable
from apps.common.time import get_zone
from apps.users.models import User
from apps.users.slugs import validate_slug

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_is_web_address = URLValidator(schemes=["http", "https"])
LIMIT_PERIODS = ("day", "week", "month")
LIMIT_KINDS = (*LIMIT_PERIODS, *(f"total_minutes_per_{period}" for period in LIMIT_PERIODS))


def _refusal(field: str, code: str, detail: str) -> ValidationFailed:
    return ValidationFailed.of(f"/{field}", code, detail)


def _text(field: str, value: Any, *, most: int, lines: bool = False) -> str:
    if not isinstance(value, str) or not is_storable(value):
        raise _refusal(field, "invalid", "Use plain text.")
    text = value.strip()
    if len(text) > most:
        raise _refusal(field, "too_long", f"Use at most {most} characters.")
    if not lines and has_breaks(text):
        raise _refusal(field, "invalid", "Use one line of plain text.")
    return text


def clean_email(value: Any) -> str:
    """An e-mail address in lower case, its domain in ASCII."""
    try:
        return read_address(_text("email", value, most=MAX_LENGTH)).lower()
    except UnusableAddress as problem:
        raise _refusal("email", "invalid_email", str(problem)) from None


def clean_name(value: Any) -> str:
    """The name that invitees see."""
    text = _text("name", value, most=120)
    if not text:
        raise _refusal("name", "required", "Tell the name that invitees will see.")
    if problem := find_name_problem(text, most=120):
        raise _refusal("name", "invalid", problem)
    return text


def clean_slug(value: Any) -> str:
    """Well-formed and not reserved; whether it is free, the database says."""
    return validate_slug(_text("slug", value, most=1000))


def clean_timezone(value: Any) -> str:
    """A name of the IANA time zone database."""
    get_zone(value)
    return str(value)


def clean_locale(value: Any) -> str:
    """A language of the product, in the spelling of `LANGUAGES`."""
    known = {code.lower(): code for code, _name in settings.LANGUAGES}
    text = _text("locale", value, most=20).replace("_", "-").lower()
    for candidate in (text, text.split("-")[0]):
        if candidate in known:
            return known[candidate]
    raise _refusal("locale", "unknown_locale", "Use a language code such as en, de or pt-br.")


def _whole(field: str, value: Any, least: int, most: int, meaning: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise _refusal(field, "out_of_range", f"Use a whole number from {least} to {most}{meaning}")
    return value


def clean_week_start(value: Any) -> int:
    """An ISO weekday."""
    return _whole("week_start", value, 1, 7, " (1 is Monday).")


def clean_default_slot_interval(value: Any) -> int:
    """Minutes; 0 stands for the event type's duration."""
    return _whole(
        "default_slot_interval", value, 0, 1440, " minutes (0 is the event type's duration)."
    )


def clean_accent_color(value: Any) -> str:
    """#rrggbb in lower case, or nothing."""
    text = _text("accent_color", value, most=100)
    if text and not _COLOR.fullmatch(text):
        raise _refusal("accent_color", "invalid_color", "Write the colour as #rrggbb.")
    return text.lower()


def _web_address(field: str) -> Callable[[Any], str]:
    def clean(value: Any) -> str:
        text = _text(field, value, most=500)
        if text:
            try:
                _is_web_address(text)
            except ValidationError:
                raise _refusal(
                    field, "invalid_url", "Use a web address that starts with https://."
                ) from None
        return text

    return clean


def clean_booking_limits(value: Any) -> list[dict[str, Any]]:
    """`[{"per": "day", "max": 3}]`: limits over all event types together, one per kind."""
    cure = (
        f'Use a list such as [{{"per": "day", "max": 8}}]; per is one of {", ".join(LIMIT_KINDS)}.'
    )
    if not isinstance(value, list) or len(value) > len(LIMIT_KINDS):
        raise _refusal("booking_limits", "invalid", cure)
    limits: list[dict[str, Any]] = []
    for index, item in enumerate(value):
        at = f"booking_limits/{index}"
        if not isinstance(item, Mapping) or set(item) != {"per", "max"}:
            raise _refusal(at, "invalid", cure)
        if item["per"] not in LIMIT_KINDS:
            raise _refusal(f"{at}/per", "invalid", cure)
        if any(limit["per"] == item["per"] for limit in limits):
            raise _refusal(f"{at}/per", "duplicate", f'Give "{item["per"]}" once only.')
        limits.append({"per": item["per"], "max": _whole(f"{at}/max", item["max"], 1, 50_000, ".")})
    return limits


_RULES: Mapping[str, Callable[[Any], Any]] = {
    "name": clean_name,
    "slug": clean_slug,
    "timezone": clean_timezone,
    "locale": clean_locale,
    "week_start": clean_week_start,
    "default_slot_interval": clean_default_slot_interval,
    "bio": lambda value: _text("bio", value, most=1000, lines=True),
    "contact": lambda value: _text("contact", value, most=200),
    "avatar": _web_address("avatar"),
    "logo": _web_address("logo"),
    "cover": _web_address("cover"),
    "accent_color": clean_accent_color,
    "booking_limits": clean_booking_limits,
}
PROFILE_FIELDS = tuple(_RULES)


def clean_profile(values: Mapping[str, Any]) -> dict[str, Any]:
    """The cleaned values; all refusals at once, as `InvalidTimezone` if it is the only one."""
    cleaned: dict[str, Any] = {}
    refusals: list[DomainError] = []
    for field, value in values.items():
        try:
            cleaned[field] = _RULES[field](value)
        except DomainError as refusal:
            refusals.append(refusal)
    if len(refusals) == 1:
        raise refusals[0]
    if refusals:
        raise ValidationFailed(
            "Some fields need another value.",
            errors=[error for refusal in refusals for error in refusal.errors],
        )
    return cleaned


def slug_taken() -> ValidationFailed:
    """The refusal of a slug that somebody else has."""
    return _refusal("slug", "slug_taken", "Somebody has this address already. Choose another.")


def email_taken() -> ValidationFailed:
    """The refusal of an address that has an account."""
    return _refusal(
        "email", "email_taken", "There is an account with this address. Sign in instead."
    )


def refuse_taken_slug(slug: str, *, owner: User | None = None) -> None:
    """Raise when another user has the slug; the unique constraint decides races."""
    others = User.objects.filter(slug=slug)
    if owner is not None:
        others = others.exclude(pk=owner.pk)
    if others.exists():
        raise slug_taken()
