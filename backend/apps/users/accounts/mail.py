"""Mails about accounts: what each says, and the way they leave (the outbox, one Message-ID each)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.common.outbox import Effect, enqueue
from apps.users.models import User

EFFECT = "users.send_account_mail"
Words = str | Promise  # a lazy translation


@dataclass(frozen=True, slots=True)
class AccountMail:
    """The words of one mail. `button` labels the link; `is_notice` adds when and from where."""

    subject: Words
    lead: Words
    button: Words = ""
    closing: Words = ""
    is_notice: bool = False


def _notice(subject: Words, lead: Words) -> AccountMail:
    closing = _("If this was not you, reset your password now and tell whoever runs this server.")
    return AccountMail(subject, lead, closing=closing, is_notice=True)


# By the name allauth gives the mail.
MAILS = {
    "email_confirmation_signup": AccountMail(
        _("Confirm your e-mail address"),
        _("Welcome to Halfpast. Confirm that this is your address, so that we can reach you."),
        _("Confirm address"),
        _("If you did not sign up, ignore this mail and nothing happens."),
    ),
    "email_confirmation": AccountMail(
        _("Confirm your e-mail address"),
        _("Confirm that this address is yours."),
        _("Confirm address"),
        _("If you did not ask for this, ignore this mail and nothing happens."),
    ),
    "password_reset_key": AccountMail(
        _("Choose a new password"),
        _("Somebody, hopefully you, asked to reset the password of your account."),
        _("Choose a new password"),
        _("The link works once and for three days. If you did not ask, ignore this mail."),
    ),
    "account_already_exists": AccountMail(
        _("You already have an account"),
        _("Somebody tried to sign up with this address, which has an account already."),
        _("Reset the password"),
        _("If this was not you, ignore this mail: nothing was changed."),
    ),
    "password_changed": _notice(
        _("Your password was changed"), _("The password of your account was changed.")
    ),
    "password_reset": _notice(
        _("Your password was reset"), _("The password of your account was reset.")
    ),
    "password_set": _notice(
        _("A password was set"), _("Your account can now be signed in to with a password.")
    ),
    "email_changed": _notice(
        _("Your e-mail address was changed"),
        _("Your account now signs in with another e-mail address."),
    ),
    "email_confirm": _notice(
        _("An e-mail address was confirmed"),
        _("A new e-mail address of your account was confirmed."),
    ),
    "email_deleted": _notice(
        _("An e-mail address was removed"), _("An e-mail address of your account was removed.")
    ),
    "totp_activated": _notice(
        _("Two-step sign-in is on"), _("An authenticator app was added to your account.")
    ),
    "totp_deactivated": _notice(
        _("Two-step sign-in is off"), _("The authenticator app was removed from your account.")
    ),
    "recovery_codes_generated": _notice(
        _("New recovery codes"), _("A new set of recovery codes was made; the old ones are void.")
    ),
    "webauthn_added": _notice(
        _("A security key was added"), _("A security key was added to your account.")
    ),
    "webauthn_removed": _notice(
        _("A security key was removed"), _("A security key was removed from your account.")
    ),
}


def queue_account_mail(
    *, kind: str, email: str, user_id: UUID | None, ip: str, now: datetime
) -> None:
    """Put a mail of `MAILS` into the outbox; `ip` is where the change came from, if it is a notice."""
    number = uuid4()
    payload = {
        "kind": kind,
        "email": email,
        "user_id": str(user_id) if user_id else "",
        "ip": ip,
        "at": now.isoformat(),
    }
    with transaction.atomic():
        enqueue(
            [Effect(name=EFFECT, payload=payload, idempotency_key=f"{EFFECT}:{number}")], now=now
        )


def compose_account_mail(
    *, kind: str, email: str, user: User | None, ip: str, at: datetime, key: str
) -> EmailMultiAlternatives | None:
    """The mail as text and HTML; None when there is nothing left to say (address confirmed, gone).

    `key` is the effect's idempotency key: every attempt carries the Message-ID made from it.
    """
    mail = MAILS[kind]
    link = _link(kind, email, user)
    if mail.button and not link:
        return None
    with translation.override(user.locale if user else settings.LANGUAGE_CODE):
        context = {
            "mail": mail,
            "name": user.name if user else "",
            "link": link,
            "ip": ip,
            "at": at,
            "base_url": settings.BASE_URL,
        }
        message = EmailMultiAlternatives(
            subject=str(mail.subject),
            body=render_to_string("users/mail/account.txt", context),
            to=[email],
            headers={
                "Message-ID": f"<{key.rpartition(':')[2]}.account@{_mail_host()}>",
                "Auto-Submitted": "auto-generated",
            },
        )
        message.attach_alternative(
            render_to_string("users/mail/account.html", context), "text/html"
        )
    return message


def _link(kind: str, email: str, user: User | None) -> str:
    urls: dict[str, str] = settings.HEADLESS_FRONTEND_URLS
    if kind == "account_already_exists":
        return urls["account_reset_password"]
    if user is None:
        return ""
    if kind == "password_reset_key":
        key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
        return urls["account_reset_password_from_key"].format(key=key)
    address = EmailAddress.objects.filter(user=user, email=email, verified=False).first()
    if kind.startswith("email_confirmation") and address:
        return urls["account_confirm_email"].format(key=EmailConfirmationHMAC(address).key)
    return ""


def _mail_host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"
