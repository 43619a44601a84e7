"""An invitee's page of all that is stored of them, where they download and erase it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from apps.common.errors import DomainError
from apps.common.time import get_zone, parse_instant, utc_now
from apps.events.clients import holder_of
from apps.events.models import Booking
from apps.events.pages.data import host_of
from apps.events.pages.http import (
    first_detail,
    page_response,
    public_page,
    state_page,
    wording_of,
)
from apps.events.pages.wording import Wording
from apps.events.selectors.bookings import get_booking_by_token
from apps.events.services.privacy import erase_personal_data, get_stored_data

# What happened, and what mails told, in the words of the catalogue.
_DID: Mapping[str, str] = {
    "booking_created": "did_booked",
    "booking_requested": "did_requested",
    "booking_confirmed": "did_confirmed",
    "booking_rejected": "did_rejected",
    "booking_expired": "did_expired",
    "booking_repick_asked": "did_repick",
    "booking_cancelled": "did_cancelled",
    "booking_undone": "did_cancelled",
    "booking_rescheduled": "did_moved",
    "booking_updated": "did_changed",
    "attendee_updated": "did_changed",
    "booking_completed": "did_attended",
    "booking_no_show": "did_attended",
    "attendee_no_show": "did_attended",
    "attendee_showed": "did_attended",
    "attendee_joined": "did_joined",
    "attendee_added": "did_joined",
    "attendee_left": "did_left",
    "attendee_removed": "did_left",
    "host_reassigned": "did_host",
    "waitlist_converted": "did_booked",
    "sooner_asked": "did_sooner",
    "sooner_withdrawn": "did_sooner",
    "data_downloaded": "did_downloaded",
    "personal_data_erased": "did_erased",
    "access_token_regenerated": "did_link",
    "created": "did_booked",
    "requested": "did_requested",
    "confirmed": "did_confirmed",
    "rejected": "did_rejected",
    "expired": "did_expired",
    "repick": "did_repick",
    "cancelled": "did_cancelled",
    "rescheduled": "did_moved",
    "reassigned": "did_host",
    "joined": "did_joined",
    "left": "did_left",
    "offered": "did_offered",
    "sooner_offered": "did_offered",
}
_OTHER = "did_other"
_BY: Mapping[str, str] = {
    "invitee": "by_you",
    "attendee": "by_you",
    "organizer": "by_organizer",
    "system": "by_system",
    "integration": "by_system",
}


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a list: what, when, and what else is stored with it."""

    what: str
    when: str
    more: str = ""


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, access_token: str) -> HttpResponse:
    """All that is stored; POST erases it."""
    now = utc_now()
    booking = get_booking_by_token(access_token, now=now)
    if request.method != "POST" or request.POST.get("action") != "erase":
        return _page(request, booking)
    if not request.POST.get("sure"):
        wording = wording_of(request, fallback=booking.locale)
        return _page(request, booking, problem=wording.text("erase_unsure"), status=422)
    try:
        erase_personal_data(booking=booking, actor=holder_of(request, booking), now=now)
    except DomainError as error:
        return _page(request, booking, problem=first_detail(error), status=409)
    return state_page(request, "erased", status=200)


def _page(
    request: HttpRequest, booking: Booking, *, problem: str = "", status: int = 200
) -> HttpResponse:
    now = utc_now()
    wording = wording_of(request, fallback=booking.locale)
    data = get_stored_data(booking=booking, now=now)
    manage_path = f"/booking/{booking.access_token}/manage"
    is_ahead = booking.status in Booking.UNTIL_START and now < booking.start_time
    context = {
        "title": wording.text("data_title"),
        "host": host_of(booking.organizer),
        "booking": booking,
        "problem": problem,
        "facts": list(_facts(data, booking, wording)),
        "lists": [part for part in _lists(data, booking, wording) if part[1]],
        "manage_path": manage_path,
        "data_path": f"{manage_path}/data",
        "download_url": f"/api/v1/events/booking/{booking.access_token}/data.json",
        "is_ahead": is_ahead,
        "has_series": booking.recurrence_id is not None,
    }
    return page_response(
        request,
        "events/your_data.html",
        context,
        wording=wording,
        accent=booking.organizer.accent_color,
        dials=(booking.minutes,),
        status=status,
        is_secret=True,
    )


def _facts(data: dict[str, Any], booking: Booking, wording: Wording) -> Iterator[tuple[str, str]]:
    stored = data["booking"]
    named = (
        ("what", stored["event_type"]),
        ("when", wording.span(booking.start_time, booking.end_time, booking.invitee_timezone)),
        ("your_name", stored["name"]),
        ("email", stored["email"]),
        ("phone", stored["phone"]),
        ("time_zone", stored["timezone"]),
        ("data_language", stored["locale"]),
        ("notes", stored["notes"]),
        ("reason", stored["cancellation_reason"]),
        ("data_from", stored["booked_from"]),
        ("data_campaign", ", ".join(f"{name}: {said}" for name, said in stored["utm"].items())),
    )
    for key, said in named:
        if said:
            yield wording.text(key), str(said)
    for answer in data["answers"]:
        yield answer["question"], _said(answer["answer"])


def _lists(
    data: dict[str, Any], booking: Booking, wording: Wording
) -> Iterator[tuple[str, list[_Line]]]:
    def moment(instant: str | None) -> str:
        return _moment(instant, booking.invitee_timezone, wording) if instant else ""

    yield (
        wording.text("data_history"),
        [
            _Line(
                _what(row["action"], row["by"], wording),
                moment(row["at"]),
                _more(row, booking.invitee_timezone, wording),
            )
            for row in data["history"]
        ],
    )
    yield (
        wording.text("data_mails"),
        [
            _Line(wording.text(_DID.get(mail["name"], _OTHER)), moment(mail["written_at"]))
            for mail in data["mails"]
        ],
    )
    yield (
        wording.text("data_former"),
        [_Line("", moment(one["start_time"])) for one in data["former_times"]],
    )
    yield (
        wording.text("data_brought"),
        [_Line(one["name"], one["email"]) for one in data["brought"]],
    )
    yield (
        wording.text("data_waitlist"),
        [
            _Line(
                one["name"],
                moment(one["desired_start_time"]),
                _joined(
                    moment(one["created_at"]),
                    one["email"],
                    one["phone"],
                    one["booked_from"],
                    *(_said(answer) for answer in one["answers"].values()),
                ),
            )
            for one in data["waitlist"]
        ],
    )
    if data["sooner"]:
        sooner = data["sooner"]
        yield wording.text("data_sooner"), [_Line(sooner["timezone"], moment(sooner["created_at"]))]


def _what(action: str, by: str, wording: Wording) -> str:
    did, who = wording.text(_DID.get(action, _OTHER)), wording.text(_BY.get(by, "by_system"))
    return f"{did}{wording.text('separator')}{who}"


def _moment(instant: str, zone: str, wording: Wording) -> str:
    local = parse_instant(instant).astimezone(get_zone(zone))
    day = wording.day_with_year(local.date())
    return wording.text("day_time", day=day, time=wording.time(local, zone))


def _more(row: Mapping[str, Any], zone: str, wording: Wording) -> str:
    def told(value: Any) -> str:
        try:
            return _moment(value, zone, wording)
        except ValueError:
            return _said(value)

    said = [told(one) for one in (*row["old_values"].values(), *row["new_values"].values())]
    return _joined(row["name"], row["email"], row["ip_address"], row["user_agent"], *said)


def _said(value: Any) -> str:
    """A stored value as text; several are told in a row."""
    if isinstance(value, Mapping):
        return _joined(*(_said(one) for one in value.values()))
    if isinstance(value, list | tuple):
        return _joined(*(_said(one) for one in value))
    return "" if value is None else str(value)


def _joined(*texts: str | None) -> str:
    return ", ".join(text for text in texts if text)
