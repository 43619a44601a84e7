"""People who sign in: organizers and hosts, later attendees and admins."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.timezone import now


class Role(models.TextChoices):
    """What a user mainly does here."""

    ATTENDEE = "attendee"
    ORGANIZER = "organizer"
    ADMIN = "admin"


class UserManager(BaseUserManager["User"]):
    """Creates users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user with a hashed password; `fields` as on the model. Addresses are kept in lower case."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An administrator of the installation."""
        from apps.users.slugs import make_unique_slug

        fields.setdefault("name", email.split("@")[0])
        fields.setdefault("slug", make_unique_slug(fields["name"]))
        fields.update(is_staff=True, is_superuser=True, role=Role.ADMIN)
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """Signs in by e-mail; `slug` is the address of the public page, `timezone` an IANA name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    slug = models.CharField(max_length=60, unique=True)
    timezone = models.CharField(max_length=64, default="UTC")
    locale = models.CharField(max_length=20, default="en")
    role = models.CharField(max_length=10, choices=Role, default=Role.ORGANIZER)
    week_start = models.PositiveSmallIntegerField(default=1, help_text="ISO weekday, 1 = Monday")
    default_slot_interval = models.PositiveSmallIntegerField(
        default=0, help_text="Minutes between starts; 0 = the event type's duration"
    )
    bio = models.TextField(max_length=1000, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    avatar = models.URLField(max_length=500, blank=True)
    logo = models.URLField(max_length=500, blank=True)
    cover = models.URLField(max_length=500, blank=True)
    accent_color = models.CharField(max_length=7, blank=True, help_text="#rrggbb")
    booking_limits = models.JSONField(default=list, blank=True)
    # Bumped in the transaction of any change that slots depend on.
    availability_version = models.PositiveBigIntegerField(default=0, editable=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_user_per_email")]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]
