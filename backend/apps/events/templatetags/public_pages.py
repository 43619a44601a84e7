"""Texts and icons for the templates of the public pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from apps.events.pages.wording import Wording

register = template.Library()

# Lucide (ISC), stroke only.
_ICONS = {
    "video": "m16 13 5.223 3.482a.5.5 0 0 0 .777-.416V7.87a.5.5 0 0 0-.752-.432L16 10.5M4 6h8a2 2 0 "
    "0 1 2 2v8a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2",
    "phone": "M13.832 16.568a1 1 0 0 0 1.213-.303l.355-.465A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 "
    "0 1-2 2A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.468.351a1 1 0 0 "
    "0-.292 1.233 14 14 0 0 0 6.392 6.384",
    "pin": "M20 10c0 4.993-5.539 10.193-7.399 11.799a1 1 0 0 1-1.202 0C9.539 20.193 4 14.993 4 10a8 "
    "8 0 0 1 16 0M15 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0",
    "at_once": "M8 2v3M16 2v3M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 "
    "2-2M3 9h18M9 15l2 2 4-4",
    "mail": "m22 7-8.991 5.727a2 2 0 0 1-2.009 0L2 7M4 4h16a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H4a2 2 0 0 "
    "1-2-2V6a2 2 0 0 1 2-2",
    "alert": "M22 12a10 10 0 1 1-20 0 10 10 0 0 1 20 0M12 8v4M12 16h.01",
    "check": "M20 6 9 17l-5-5",
    "next": "m9 18 6-6-6-6",
}
_MIRRORED = frozenset({"next"})


@register.simple_tag(takes_context=True)
def text(context: dict[str, Any], key: str, **params: object) -> str:
    """A text of the catalogue in the page's language; escaped like any variable."""
    wording: Wording = context["w"]
    return wording.text(key, **params)


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon by name; decoration only, the text beside it carries the meaning."""
    flip = mark_safe(' class="flip"') if name in _MIRRORED else ""
    return format_html(
        '<svg viewBox="0 0 24 24" aria-hidden="true"{}><path d="{}"/></svg>', flip, _ICONS[name]
    )


@register.filter
def dial_minutes(minutes: int) -> int:
    """How far a dial is filled: a full ring from an hour on."""
    return min(60, minutes)
