"""Forgotten and changed passwords."""

from __future__ import annotations

from typing import Any

from allauth.headless.account.views import (
    ChangePasswordView,
    RequestPasswordResetView,
    ResetPasswordView,
)
from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from apps.common.errors import NotAuthenticated
from apps.users.api.account import account_members
from apps.users.api.public.allauth_call import run
from apps.users.api.public.schemas import (
    AcceptedOut,
    AddressIn,
    ChangePasswordIn,
    ResetIn,
    SignedInOut,
)
from apps.users.api.public.sign_in import tokens_members
from apps.users.api.tokens import issue_tokens
from apps.users.models import User

router = Router()


@router.post(
    "password/reset/",
    response={202: AcceptedOut},
    operation_id="request_password_reset",
    summary="Ask for a new password",
)
def request_reset(request: HttpRequest, payload: AddressIn) -> Any:
    """Mail a link for choosing a new password, if the address has an account."""
    run(RequestPasswordResetView, request, anew=True)
    return Status(202, {"detail": "If this address has an account, a link is on its way to it."})


@router.post(
    "password/reset/confirm/",
    response={204: None},
    operation_id="reset_password",
    summary="Set a new password by the mailed key",
)
def reset(request: HttpRequest, payload: ResetIn) -> Any:
    """Set the new password with the key of the mailed link; every sign-in so far ends."""
    run(ResetPasswordView, request, anew=True)
    return Status(204, None)


@router.post(
    "password/change/",
    response=SignedInOut,
    operation_id="change_password",
    summary="Change the password",
)
def change(request: HttpRequest, response: HttpResponse, payload: ChangePasswordIn) -> Any:
    """Set a new password as the signed-in user. Every other sign-in ends; here are new tokens."""
    answer = run(ChangePasswordView, request)
    if answer.status != 200:
        raise NotAuthenticated("Sign in to change the password.")
    response["Cache-Control"] = "no-store"
    user = User.objects.get(pk=answer.data["user"]["id"])
    tokens = issue_tokens(user, answer.meta["session_token"])
    return {"user": account_members(user), **tokens_members(tokens)}
