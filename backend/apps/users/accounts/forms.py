"""The fields that signing up asks for beside e-mail address and password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from apps.common.errors import DomainError
from apps.users.accounts.form_errors import as_form_error
from apps.users.services import registration, rules


class TextField(forms.CharField):
    """Text only: a number or a list is not turned into its Python spelling."""

    def to_python(self, value: Any) -> str:
        if value is not None and not isinstance(value, str):
            raise forms.ValidationError("Use plain text.", code="invalid")
        return str(super().to_python(value))


class SignupForm(forms.Form):
    """The base of allauth's sign-up input: same rules as `register_user`."""

    name = TextField()
    timezone = TextField(required=False)
    locale = TextField(required=False)
    slug = TextField(required=False)

    def clean_name(self) -> str:
        return str(self._cleaned("name"))

    def clean_timezone(self) -> str:
        return str(self._cleaned("timezone") or "")

    def clean_locale(self) -> str:
        return str(self._cleaned("locale") or "")

    def clean_slug(self) -> str:
        return str(self._cleaned("slug") or "")

    def clean(self) -> dict[str, Any]:
        """The password is looked at once name and address are known."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("password"):
            try:
                registration.refuse_weak_password(
                    data["password"], email=data.get("email", ""), name=data.get("name", "")
                )
            except DomainError as refusal:
                if "password" not in self.errors:
                    self.add_error("password", as_form_error(refusal))
        return data

    def signup(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Nothing more to do: the adapter made the account from these fields."""

    def _cleaned(self, field: str) -> Any:
        value = self.cleaned_data[field]
        if not value:
            return value
        try:
            cleaned = rules.clean_profile({field: value})[field]
            if field == "slug":
                rules.refuse_taken_slug(cleaned)
        except DomainError as refusal:
            raise as_form_error(refusal) from None
        return cleaned
