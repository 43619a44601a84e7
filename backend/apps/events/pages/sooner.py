"""The forms of an invitee's page that are about earlier times: ask, take, decline, stop asking."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from babel.dates import get_day_names
from django.http import HttpRequest

from apps.common.errors import ValidationFailed
from apps.common.time import parse_instant
from apps.events.actors import Actor
from apps.events.models import Booking
from apps.events.pages.forms import read_date
from apps.events.pages.wording import Wording
from apps.events.presenting_waiting import left_of
from apps.events.services.waiting.sooner import (
    Wishes,
    ask_sooner,
    decline_sooner,
    take_sooner,
    withdraw_sooner,
)

_CALLS = {
    "take_sooner": (take_sooner, "moved"),
    "decline_sooner": (decline_sooner, "asked"),
    "withdraw_sooner": (withdraw_sooner, "withdrawn"),
}
ACTIONS = frozenset({"ask_sooner", *_CALLS})
_WEEKDAYS = range(1, 8)


def act_on_sooner(
    request: HttpRequest, booking: Booking, *, actor: Actor, now: datetime
) -> tuple[Booking, str]:
    """Carry out one of `ACTIONS`; the booking afterwards, and what to say of it."""
    action = request.POST["action"]
    if action == "ask_sooner":
        wishes = _read_wishes(request, booking)
        return ask_sooner(booking=booking, wishes=wishes, actor=actor, now=now), "asked"
    call, news = _CALLS[action]
    return call(booking=booking, actor=actor, now=now), news


def sooner_context(
    booking: Booking, data: dict[str, Any], wording: Wording, *, now: datetime
) -> dict[str, Any]:
    """What the forms show; `data` is the page's."""
    asked, zone = data["sooner"], booking.invitee_timezone
    chosen = asked["weekdays"] if asked else []
    names = get_day_names("wide", locale=wording.locale)
    offer = asked["offer"] if asked else None
    return {
        "can_ask_sooner": data["can_ask_sooner"],
        "sooner": asked,
        "sooner_help": wording.text("sooner_help", email=booking.invitee_email),
        "sooner_days": [(day, names[day - 1], not chosen or day in chosen) for day in _WEEKDAYS],
        "sooner_from": asked["from"] if asked and asked["from"] != "00:00" else "",
        "sooner_until": asked["until"] if asked and asked["until"] != "24:00" else "",
        "sooner_earliest": (asked["earliest_date"] or "") if asked else "",
        "sooner_offer": _offer_in_words(offer, zone, now, wording) if offer else None,
    }


def _offer_in_words(
    offer: dict[str, str], zone: str, now: datetime, wording: Wording
) -> dict[str, str]:
    until = parse_instant(offer["expires_at"])
    return {
        "when": wording.span(parse_instant(offer["start"]), parse_instant(offer["end"]), zone),
        "until": wording.text(
            "offer_until",
            time=wording.moment(until, zone),
            left=wording.duration(left_of(until, now)),
        ),
    }


def _read_wishes(request: HttpRequest, booking: Booking) -> Wishes:
    data = request.POST
    days = [
        int(day) for day in data.getlist("weekday") if day in {"1", "2", "3", "4", "5", "6", "7"}
    ]
    return Wishes(
        timezone=booking.invitee_timezone,
        # All days are the same as no choice of days.
        weekdays=() if len(set(days)) == len(_WEEKDAYS) else tuple(days),
        minutes_from=_minutes(data.get("from", ""), otherwise=0, pointer="/from"),
        minutes_until=_minutes(data.get("until", ""), otherwise=24 * 60, pointer="/until"),
        earliest_date=_earliest(request),
    )


def _earliest(request: HttpRequest) -> date | None:
    return read_date(request.POST, "earliest")


def _minutes(text: str, *, otherwise: int, pointer: str) -> int:
    """Minutes of the day of "09:30"; an empty field says nothing."""
    if not text.strip():
        return otherwise
    hours, _, minutes = text.strip().partition(":")
    if not (
        hours.isdigit() and minutes[:2].isdigit() and int(hours) < 24 and int(minutes[:2]) < 60
    ):
        raise ValidationFailed.of(pointer, "invalid", "Enter a time, such as 14:30.")
    return int(hours) * 60 + int(minutes[:2])
