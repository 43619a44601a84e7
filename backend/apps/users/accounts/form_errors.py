"""Refusals of our rules, told in the language of Django's forms."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from apps.common.errors import DomainError


def as_form_error(refusal: DomainError) -> ValidationError:
    """The first reason of a refusal."""
    code = refusal.errors[0].code if refusal.errors else refusal.code
    return ValidationError(refusal.detail, code=code)
