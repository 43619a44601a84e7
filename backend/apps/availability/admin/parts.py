"""What the pages of times off, travels and holidays share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Model
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from apps.common.admin_parts import show_refusal
from apps.common.errors import DomainError
from apps.users.public import bump_availability_version


class RuledForm(forms.ModelForm):
    """Held to the services' rules, which say more than the database's constraints."""

    def check_rules(self) -> None:
        """Raises a `DomainError` with what is wrong with `self.instance`; each page has its own."""
        raise NotImplementedError(f"{type(self).__name__} names no rules to hold its rows to")

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors.keys() - {NON_FIELD_ERRORS} or not self.instance.user_id:
            return
        try:
            self.check_rules()
        except DomainError as refusal:
            self.errors.pop(NON_FIELD_ERRORS, None)
            show_refusal(self, refusal)


class OwnedAdmin(ModelAdmin):
    """Rows that belong to a user for good, and count for their availability version."""

    list_select_related = ("user",)
    search_fields = ("user__email", "user__name")
    autocomplete_fields = ("user",)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        fixed = ("user",) if obj else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Saved as the form has checked it."""
        bump_availability_version(user_ids=[obj.user_id])
        obj.save()
