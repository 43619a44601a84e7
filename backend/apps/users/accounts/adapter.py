"""Our answers to allauth's questions about accounts."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.headless.internal.restkit.response import ErrorResponse
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from apps.common.addresses import UnusableAddress, read_address
from apps.common.errors import DomainError
from apps.common.rate_limits import client_ip
from apps.common.text import is_storable
from apps.common.time import utc_now
from apps.users.accounts.form_errors import as_form_error
from apps.users.accounts.mail import queue_account_mail
from apps.users.models import User
from apps.users.services import create_account
from apps.users.services.rules import clean_email


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by our service, mail leaves through the outbox."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_taken": "There is an account with this address. Sign in instead.",
        "email_password_mismatch": "The e-mail address or the password is wrong.",
        "enter_current_password": "This is not your current password.",
        "invalid_or_expired_key": "This link is no longer valid. Ask for a new one.",
        "invalid_password_reset": "This link is no longer valid. Ask for a new one.",
        "incorrect_code": "This code is wrong or was used already.",
        "too_many_login_attempts": "Too many failed attempts. Try again in five minutes.",
    }

    def clean_email(self, email: str) -> str:
        try:
            return clean_email(email)
        except DomainError as refusal:
            raise as_form_error(refusal) from None

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Sign in with the address as typed: stored is its ASCII form."""
        with suppress(UnusableAddress):
            if "email" in credentials:
                credentials["email"] = read_address(str(credentials["email"]))
        return super().authenticate(request, **credentials)

    def clean_password(self, password: str, user: Any = None) -> str:
        if not is_storable(password):
            raise ValidationError("Use plain text.", code="invalid")
        return str(super().clean_password(password, user=user))

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> User:
        """The row of somebody who signs up. What only the database can see is told as a form."""
        data = form.cleaned_data
        try:
            return create_account(
                email=data["email"],
                password=data["password"],
                name=data["name"],
                timezone=data["timezone"],
                locale=data["locale"],
                slug=data["slug"],
            )
        except DomainError as refusal:
            for error in refusal.errors:
                form.add_error(error.pointer.removeprefix("/"), as_form_error(refusal))
            raise ImmediateHttpResponse(ErrorResponse(request, input=form)) from None

    def set_password(self, user: Any, password: str) -> None:
        """Only the password's column: a profile change made meanwhile stays."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """With the user, so that the mail can greet and speak the right language."""
        super().send_notification_mail(
            template_prefix, user, context={"user": user, **(context or {})}, email=email
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail. Links are made when it is sent: the outbox holds no secrets."""
        user = context.get("user")
        queue_account_mail(
            kind=template_prefix.rpartition("/")[2],
            email=email,
            user_id=user.pk if user is not None else None,
            ip=str(context.get("ip", "")),
            now=utc_now(),
        )
