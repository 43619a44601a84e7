"""Confirming that an e-mail address is one's own."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from allauth.headless.account.views import VerifyEmailView
from django.http import HttpRequest
from ninja import Router, Status

from apps.common.origin import refuse_foreign_origin
from apps.users.api.public.allauth_call import run, too_many
from apps.users.api.public.schemas import AcceptedOut, AddressIn, KeyIn

router = Router()


@router.post(
    "email/verify/", response={204: None}, operation_id="verify_email", summary="Confirm an address"
)
def verify(request: HttpRequest, payload: KeyIn) -> Any:
    """Confirm an address with the key of the mailed link."""
    run(VerifyEmailView, request, anew=True)
    return Status(204, None)


@router.post(
    "email/verify/send/",
    response={202: AcceptedOut},
    operation_id="resend_verification",
    summary="Mail the confirmation link again",
)
def send_again(request: HttpRequest, payload: AddressIn) -> Any:
    """Mail the link again, if the address has an account and is not confirmed yet."""
    refuse_foreign_origin(request)
    email = payload.email.lower()
    if not ratelimit.consume(request, action="resend_verification", key=email):
        raise too_many(60)
    address = EmailAddress.objects.filter(email=email, verified=False, user__is_active=True).first()
    if address:
        send_verification_email_to_address(request, address)
    return Status(
        202, {"detail": "If this address waits to be confirmed, a link is on its way to it."}
    )
