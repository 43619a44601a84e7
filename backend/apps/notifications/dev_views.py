"""The mail folder in the browser: for development, never on a public server."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.notifications.mail.reading import KeptMail, find_mail, list_mails

_P = ParamSpec("_P")
_View = Callable[Concatenate[HttpRequest, _P], HttpResponse]

# The mail's HTML runs nothing and loads nothing; its links open in the whole window.
_FRAME_POLICY = (
    "sandbox allow-top-navigation-by-user-activation; default-src 'none'; "
    "style-src 'unsafe-inline'; frame-ancestors 'self'"
)


def _for_development(view: _View[_P]) -> _View[_P]:
    @wraps(view)
    def shown_or_404(request: HttpRequest, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
        if not settings.SHOW_MAIL_FOLDER:
            raise Http404
        return view(request, *args, **kwargs)

    return never_cache(require_safe(shown_or_404))


@_for_development
def mail_list(request: HttpRequest) -> HttpResponse:
    """All mails, newest first."""
    return render(request, "notifications/dev_mail/list.html", {"mails": list_mails()})


@_for_development
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail with all its parts."""
    return render(request, "notifications/dev_mail/mail.html", {"mail": _get(name)})


@_for_development
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part alone, for the sandboxed frame."""
    html = _get(name).html.replace("<head>", '<head><base target="_top">', 1)
    return HttpResponse(html, headers={"Content-Security-Policy": _FRAME_POLICY})


@_for_development
def mail_calendar(request: HttpRequest, name: str) -> HttpResponse:
    """The calendar part as a file."""
    mail = _get(name)
    if not mail.calendar:
        raise Http404
    return HttpResponse(
        mail.calendar.replace("\n", "\r\n").encode(),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="invite.ics"'},
    )


@_for_development
def mail_raw(request: HttpRequest, name: str) -> HttpResponse:
    """The mail as it would have gone over the wire."""
    return HttpResponse(_get(name).raw, content_type="text/plain; charset=utf-8")


def _get(name: str) -> KeptMail:
    mail = find_mail(name)
    if mail is None:
        raise Http404
    return mail
