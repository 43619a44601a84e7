"""How a public page leaves and a public form arrives: headers on one side, checks on the other."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.encoding import iri_to_uri
from django.views.decorators.csrf import csrf_exempt

from apps.common.errors import DomainError, NotFound, TokenExpired
from apps.common.origin import ForeignOrigin, refuse_foreign_origin
from apps.events.pages.accent import accent_css
from apps.events.pages.catalogue import choose_locale
from apps.events.pages.wording import Wording

View = Callable[..., HttpResponse]


def web_scheme(url: str) -> str:
    """ "https" or "http"; empty for anything else that stands where a web address should."""
    scheme = url.partition(":")[0]
    return scheme if scheme in {"http", "https"} else ""


def _content_security_policy(nonce: str, *, form_leads_to: str) -> str:
    # Browsers hold every redirect after a form to `form-action`, and the address may redirect on.
    beyond = f" {scheme}:" if (scheme := web_scheme(form_leads_to)) else ""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            f"style-src 'nonce-{nonce}'",
            "img-src 'self' https: data:",
            "connect-src 'self'",
            f"form-action 'self'{beyond}",
            "base-uri 'none'",
            "frame-ancestors 'self'",
        )
    )


def wording_of(request: HttpRequest, *, fallback: str = "en") -> Wording:
    """The visitor's language and formats; `fallback` is the organizer's locale."""
    return Wording(choose_locale(request, fallback=fallback))


def page_response(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    wording: Wording,
    accent: str = "",
    dials: tuple[int, ...] = (),
    status: int = 200,
    is_secret: bool = False,
    form_leads_to: str = "",
) -> HttpResponse:
    """A public page under a strict policy: no inline script, one inlined style block.

    `dials` are the durations that the page's dials show, in minutes. A secret page (its address is
    a key) is kept from indexes, from caches and out of the Referer header. `form_leads_to` is the
    foreign address that the answer to the page's form may redirect to.
    """
    nonce = secrets.token_urlsafe(16)
    minutes = sorted({min(60, number) for number in dials})
    style = accent_css(accent) + "".join(f".m{number}{{--min:{number}}}" for number in minutes)
    shared = {"w": wording, "nonce": nonce, "page_style": style, "is_secret": is_secret}
    response = render(request, template, {**context, **shared}, status=status)
    response["Content-Security-Policy"] = _content_security_policy(
        nonce, form_leads_to=form_leads_to
    )
    response["Content-Language"] = wording.language
    response["Vary"] = "Accept-Language"
    response["Cache-Control"] = "no-store" if is_secret else "no-cache"
    if is_secret:
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
    return response


def secret_redirect(address: str) -> HttpResponse:
    """303 to an address that is a key, or away from one: not stored, and no Referer is sent."""
    response = HttpResponse(status=303)
    response["Location"] = iri_to_uri(address)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def refuse_foreign_form(request: HttpRequest) -> None:
    """Raise `ForeignOrigin` for a form that another site sent.

    Pages without a Referer send `Origin: null` with their own forms, so the browser's word on
    where the request comes from (Sec-Fetch-Site, which no page can forge) goes first.
    """
    if request.headers.get("Sec-Fetch-Site") != "same-origin":
        refuse_foreign_origin(request)


def public_page(view: View) -> View:
    """A page for everybody: unknown addresses and dead links get a page that says so.

    Its forms need no CSRF cookie, they are checked by `refuse_foreign_form`.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if request.method == "POST":
                refuse_foreign_form(request)
            return view(request, *args, **kwargs)
        except NotFound:
            return state_page(request, "not_found", status=404)
        except TokenExpired:
            return state_page(request, "gone", status=410)
        except ForeignOrigin:
            return state_page(request, "refused", status=403)

    return csrf_exempt(answer)


def state_page(request: HttpRequest, state: str, *, status: int) -> HttpResponse:
    """A page that says one thing: `state` names its title and lead in the catalogue."""
    wording = wording_of(request)
    context = {
        "title": wording.text(f"{state}_title"),
        "lead": wording.text(f"{state}_lead"),
        "is_unlisted": True,
    }
    return page_response(
        request,
        "events/state.html",
        context,
        wording=wording,
        status=status,
        is_secret=True,
    )


def first_detail(error: DomainError) -> str:
    """What to tell the visitor of a refusal."""
    return error.errors[0].detail if error.errors else error.detail
