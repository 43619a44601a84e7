"""Becoming a user."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from apps.common.errors import FieldError, ValidationFailed
from apps.users.models import User
from apps.users.services import rules
from apps.users.signals import user_registered
from apps.users.slugs import make_unique_slug


def register_user(
    *,
    email: str,
    password: str,
    name: str,
    timezone: str = "UTC",
    locale: str = "en",
    slug: str = "",
    is_email_verified: bool = False,
    **profile: Any,
) -> User:
    """A new organizer who can sign in at once; further `profile` fields as in `users/me/`.

    Raises `ValidationFailed` (or `InvalidTimezone`) naming each field and its cure.
    """
    refuse_weak_password(password, email=email, name=name)
    with transaction.atomic():
        user = create_account(
            email=email,
            password=password,
            name=name,
            timezone=timezone,
            locale=locale,
            slug=slug,
            **profile,
        )
        EmailAddress.objects.create(
            user=user, email=user.email, primary=True, verified=is_email_verified
        )
    return user


def create_account(
    *,
    email: str,
    password: str,
    name: str,
    timezone: str = "",
    locale: str = "",
    slug: str = "",
    **profile: Any,
) -> User:
    """The user's row, before allauth files the e-mail address. Password rules are the caller's.

    Empty `timezone` and `locale` mean UTC and English; an empty `slug` is made from the name.
    """
    email = rules.clean_email(email)
    values = rules.clean_profile(
        {
            "name": name,
            "timezone": timezone or "UTC",
            "locale": locale or "en",
            **({"slug": slug} if slug else {}),
            **profile,
        }
    )
    if slug:
        rules.refuse_taken_slug(values["slug"])
    else:
        values["slug"] = make_unique_slug(values["name"])
    # Hashed before the transaction: on SQLite that is the lock of all writers.
    user = User(email=email, password=make_password(password), **values)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
            user_registered.send(sender=User, user_id=user.pk, timezone=user.timezone)
    except IntegrityError:
        # Lost a race that the checks before could not see; which one, the table tells now.
        if User.objects.filter(email=email).exists():
            raise rules.email_taken() from None
        if User.objects.filter(slug=values["slug"]).exists():
            raise rules.slug_taken() from None
        raise
    return user


def refuse_weak_password(password: str, *, email: str = "", name: str = "") -> None:
    """Raise `ValidationFailed` with one entry for each of `AUTH_PASSWORD_VALIDATORS` that fails."""
    try:
        validate_password(password, user=User(email=email, name=name))
    except ValidationError as failure:
        errors = [
            FieldError("/password", error.code or "weak_password", error.messages[0])
            for error in failure.error_list
        ]
        raise ValidationFailed(errors[0].detail, errors=errors) from None
