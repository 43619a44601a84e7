"""Users, and what allauth keeps about them, in the admin."""

from __future__ import annotations

from typing import Any

from allauth.account.admin import EmailAddressAdmin as AllauthEmailAddressAdmin
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from apps.common.errors import DomainError
from apps.users.models import User
from apps.users.services.rules import clean_profile
from apps.users.signals import user_registered
from apps.users.slugs import make_unique_slug

# The admin's own form would know neither rate limits nor second factors: sign in as everywhere.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


class NewUserForm(UserCreationForm):
    """E-mail address, name and password; the rest has defaults."""

    class Meta:
        model = User
        fields = ("email", "name", "timezone")

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit=False)
        user.slug = user.slug or make_unique_slug(user.name)
        if commit:
            user.save()
        return user


class ProfileForm(UserChangeForm):
    """The rules of `users/me/` hold here too."""

    class Meta:
        model = User
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("slug", "timezone", "locale", "week_start", "accent_color", "booking_limits"):
            if name not in data:
                continue
            try:
                data[name] = clean_profile({name: data[name]})[name]
            except DomainError as refusal:
                self.add_error(name, refusal.detail)
        return data


@admin.register(User)
class UserAdmin(DjangoUserAdmin, ModelAdmin):
    """Passwords are set on their own page and never shown."""

    form = ProfileForm
    add_form = NewUserForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("email", "name", "slug", "role", "timezone", "is_active", "date_joined")
    list_filter = ("role", "is_active", "is_staff")
    search_fields = ("email", "name", "slug")
    ordering = ("-date_joined",)
    readonly_fields = ("last_login", "date_joined", "availability_version")
    fieldsets = (
        (None, {"fields": ("email", "password", "name", "slug", "role")}),
        ("Time", {"fields": ("timezone", "locale", "week_start")}),
        (
            "Booking",
            {"fields": ("default_slot_interval", "booking_limits", "availability_version")},
        ),
        ("Page", {"fields": ("bio", "contact", "avatar", "logo", "cover", "accent_color")}),
        (
            "Rights",
            {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")},
        ),
        ("History", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("email", "name", "timezone", "password1", "password2"),
            },
        ),
    )

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """New people get what registration gives; changes write their own columns alone."""
        if not change:
            obj.save()
            user_registered.send(sender=User, user_id=obj.pk, timezone=obj.timezone)
            return
        columns = {field.name for field in User._meta.concrete_fields}
        obj.save(update_fields=columns & set(form.changed_data))


class _Plain(ModelAdmin):
    """Shown, not written by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


for _model in (Group, EmailAddress, Authenticator, UserSession):
    if admin.site.is_registered(_model):
        admin.site.unregister(_model)


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin, ModelAdmin):
    """Groups of rights."""


@admin.register(EmailAddress)
class EmailAddressAdmin(AllauthEmailAddressAdmin, ModelAdmin):
    """Addresses of users; one of them, the primary one, signs in."""


@admin.register(Authenticator)
class AuthenticatorAdmin(_Plain):
    """Second factors. Deleting one lets somebody in who lost it; secrets are not shown."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    search_fields = ("user__email",)
    fields = ("user", "type", "created_at", "last_used_at")


@admin.register(UserSession)
class UserSessionAdmin(_Plain):
    """Where users are signed in. Keys are not shown."""

    list_display = ("user", "ip", "user_agent", "created_at", "last_seen_at")
    search_fields = ("user__email",)
    fields = ("user", "ip", "user_agent", "created_at", "last_seen_at")
