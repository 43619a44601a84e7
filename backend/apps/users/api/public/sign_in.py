"""Register, log in, second factor, refresh, log out."""

from __future__ import annotations

from typing import Any

from allauth.headless import app_settings
from allauth.headless.account.views import LoginView, SignupView
from allauth.headless.constants import Flow
from allauth.headless.mfa.views import AuthenticateView
from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from apps.common.errors import NotAuthenticated
from apps.common.origin import refuse_foreign_origin
from apps.users.api.account import account_members
from apps.users.api.authentication import bearer_token
from apps.users.api.public.allauth_call import Answer, run
from apps.users.api.public.schemas import (
    AcceptedOut,
    LoginIn,
    LogoutIn,
    RefreshIn,
    RegisterIn,
    SecondFactorIn,
    SignedInOut,
    TokensOut,
)
from apps.users.api.tokens import TokenPair, end_sign_in, refresh_tokens
from apps.users.errors import InvalidCredentials, SecondFactorRequired
from apps.users.models import User

router = Router()

_SECOND_FACTOR_PATH = "/api/v1/auth/mfa/"


@router.post(
    "register/",
    response={201: SignedInOut, 202: AcceptedOut},
    operation_id="register_user",
    summary="Open an account",
)
def register(request: HttpRequest, response: HttpResponse, payload: RegisterIn) -> Any:
    """Open an account and sign in. 202 where the e-mail address must be confirmed first."""
    answer = run(SignupView, request, anew=True)
    if answer.pending and answer.pending["id"] == Flow.VERIFY_EMAIL:
        return Status(202, {"detail": "Open the link that was just mailed to you, then sign in."})
    return Status(201, _signed_in(answer, response))


@router.post("login/", response=SignedInOut, operation_id="login", summary="Sign in")
def login(request: HttpRequest, response: HttpResponse, payload: LoginIn) -> Any:
    """Sign in. 401 `mfa_required` tells the next step where a second factor is on."""
    return _signed_in(run(LoginView, request, anew=True), response)


@router.post(
    "mfa/",
    response=SignedInOut,
    operation_id="login_second_factor",
    summary="Sign in: the second step",
    openapi_extra={
        "parameters": [
            {
                "in": "header",
                "name": "X-Session-Token",
                "description": "`next.session_token` of the first step's answer",
                "schema": {"type": "string"},
            }
        ]
    },
)
def second_factor(request: HttpRequest, response: HttpResponse, payload: SecondFactorIn) -> Any:
    """The second step of a sign-in; `X-Session-Token` is the `session_token` of the first."""
    answer = run(AuthenticateView, request, anew=True)
    if "access_token" not in answer.meta and not answer.pending:
        raise NotAuthenticated("This sign-in is not waiting for a code. Sign in again.")
    return _signed_in(answer, response)


@router.post(
    "refresh/", response=TokensOut, operation_id="refresh_tokens", summary="Get the next tokens"
)
def refresh(request: HttpRequest, response: HttpResponse, payload: RefreshIn) -> Any:
    """The next pair of tokens; the old refresh token is spent."""
    response["Cache-Control"] = "no-store"
    return tokens_members(refresh_tokens(payload.refresh))


@router.post(
    "logout/",
    response={204: None},
    operation_id="logout",
    summary="Sign out",
)
def logout(request: HttpRequest, payload: LogoutIn | None = None) -> Any:
    """End the sign-in: its access and refresh tokens die at once."""
    refuse_foreign_origin(request)
    given = payload.refresh if payload else None
    token = given or bearer_token(request.META.get("HTTP_AUTHORIZATION", ""))
    if not token:
        raise NotAuthenticated("Send the refresh token, or the access token as Bearer.")
    end_sign_in(token)
    return Status(204, None)


def tokens_members(tokens: TokenPair) -> dict[str, Any]:
    """A pair of tokens as the answer's members."""
    return {
        "access": tokens.access,
        "refresh": tokens.refresh,
        "expires_in": app_settings.JWT_ACCESS_TOKEN_EXPIRES_IN,
    }


def _signed_in(answer: Answer, response: HttpResponse) -> dict[str, Any]:
    if "access_token" not in answer.meta:
        raise _unfinished(answer)
    response["Cache-Control"] = "no-store"
    user = User.objects.get(pk=answer.data["user"]["id"])
    tokens = TokenPair(answer.meta["access_token"], answer.meta["refresh_token"])
    return {"user": account_members(user), **tokens_members(tokens)}


def _unfinished(answer: Answer) -> Exception:
    pending = answer.pending
    if pending is None:
        # A closed account answers like a wrong password.
        return InvalidCredentials("Check the address and the password, or reset the password.")
    step = {"step": pending["id"], "session_token": answer.meta.get("session_token", "")}
    if pending["id"] == Flow.MFA_AUTHENTICATE:
        step |= {"path": _SECOND_FACTOR_PATH, "types": pending.get("types", [])}
        return SecondFactorRequired(
            f"Send the code to {_SECOND_FACTOR_PATH} with the session token as X-Session-Token.",
            extra={"next": step},
        )
    return NotAuthenticated(
        "Confirm your e-mail address first: open the link that was mailed to you.",
        extra={"next": step},
    )
