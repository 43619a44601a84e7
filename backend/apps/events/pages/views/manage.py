"""An invitee's own page of a booking: see it, move it, cancel it, replace its link."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from apps.common.errors import DomainError
from apps.common.time import format_instant, get_zone, utc_now
from apps.events.clients import holder_of
from apps.events.models import Booking
from apps.events.models.booking import BookingStatus, CancelledBy
from apps.events.models.changes import Hindrance, last_change
from apps.events.pages.data import (
    DAYS_IN_PAGE,
    facts_of,
    host_of,
    list_days,
    script_data,
    to_script_json,
)
from apps.events.pages.forms import (
    REASON_LENGTH,
    read_date,
    read_reason,
    read_start,
    read_zone,
    text_fault,
)
from apps.events.pages.http import (
    first_detail,
    page_response,
    public_page,
    secret_redirect,
    wording_of,
)
from apps.events.pages.people import ACTIONS as PEOPLE
from apps.events.pages.people import (
    act_on_people,
    answers_context,
    faults_of,
    find_text_faults,
    people_context,
)
from apps.events.pages.series import (
    read_scope,
    scope_choices,
    scope_context,
    series_context,
    series_problem,
)
from apps.events.pages.sooner import ACTIONS as SOONER
from apps.events.pages.sooner import act_on_sooner, sooner_context
from apps.events.pages.views.booking import listed_times
from apps.events.pages.wording import Wording, place_of
from apps.events.presenting import manage_data, slots_data, to_json
from apps.events.selectors.bookings import get_booking_by_token
from apps.events.selectors.slots import list_slots_for_move
from apps.events.services.bookings import regenerate_access_token
from apps.events.services.series.scope import cancel_in_scope, reschedule_in_scope
from apps.events.slot_windows import window_of

# Times that the page lists where its script does not run.
_LISTED_TIMES = 300
_CALENDARS = {"google": "Google", "outlook": "Outlook", "office365": "Office 365", "yahoo": "Yahoo"}
_TONES = {
    BookingStatus.CONFIRMED: "ok",
    BookingStatus.COMPLETED: "",
    BookingStatus.PENDING: "warn",
}


def _path(booking: Booking) -> str:
    return f"/booking/{booking.access_token}/manage"


def _when(booking: Booking, wording: Wording) -> dict[str, str]:
    """The booking's time in the invitee's zone, and its host's where it differs."""
    zone = booking.invitee_timezone
    host = wording.host_time(
        booking.start_time, zone=zone, host_zone=booking.host_timezone, name=booking.host.name
    )
    zone_line = wording.text("your_time", zone=place_of(zone))
    return {
        "when": wording.span(booking.start_time, booking.end_time, zone),
        "zone_line": wording.text("separator").join(filter(None, (zone_line, host))),
    }


def _of_hosts(booking: Booking, wording: Wording, key: str, *, team: str) -> str:
    """A text of those who serve the booking: `key` names the only one, `team` names nobody."""
    if len(booking.hosts) > 1:
        return wording.text(team)
    return wording.text(key, name=booking.host.name)


def _secret_page(
    request: HttpRequest,
    booking: Booking,
    template: str,
    context: dict[str, Any],
    *,
    wording: Wording,
    status: int = 200,
) -> HttpResponse:
    shared = {
        "booking": booking,
        "event_type": booking.event_type,
        "host": host_of(booking.organizer),
        "seats": wording.digits(str(booking.attendee_count)),
        "host_names": [user.name for user in booking.hosts],
        "manage_path": _path(booking),
        **_when(booking, wording),
    }
    return page_response(
        request,
        template,
        {**shared, **context},
        wording=wording,
        accent=booking.organizer.accent_color,
        dials=(booking.minutes,),
        status=status,
        is_secret=True,
    )


def _news(request: HttpRequest, booking: Booking, wording: Wording) -> tuple[str, str]:
    """What the visitor has just done, told by the address it led to."""
    if booking.status == BookingStatus.CANCELLED and "cancelled" in request.GET:
        told = _of_hosts(booking, wording, "cancelled_lead", team="cancelled_lead_team")
        return wording.text("cancelled_title"), told
    if booking.status == BookingStatus.PENDING and {"booked", "moved"} & request.GET.keys():
        name, email = booking.organizer.name, booking.invitee_email
        return wording.text("pending_title"), wording.text("pending_sent", name=name, email=email)
    if booking.status == BookingStatus.CONFIRMED:
        sent = wording.text("done_sent", email=booking.invitee_email)
        if "booked" in request.GET:
            return wording.text("done_title"), sent
        if "moved" in request.GET:
            return wording.text("moved_title"), sent
        if "renewed" in request.GET:
            return wording.text("renewed_title"), wording.text("renewed_lead")
        if "saved" in request.GET:
            return wording.text("saved_title"), wording.text("saved_lead")
        if "asked" in request.GET:
            return wording.text("asked_title"), wording.text("asked_lead")
        if "withdrawn" in request.GET:
            return wording.text("withdrawn_title"), wording.text("withdrawn_lead")
    return "", ""


def _manage_page(
    request: HttpRequest,
    booking: Booking,
    *,
    now: datetime,
    problem: str = "",
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    wording = wording_of(request, fallback=booking.locale)
    data = manage_data(booking, now=now)
    event_type, name = booking.event_type, booking.organizer.name
    is_over = now >= booking.end_time
    is_live = booking.status in (BookingStatus.CONFIRMED, BookingStatus.PENDING)
    state_key = "past" if is_live and is_over else booking.status
    news_title, news_lead = _news(request, booking, wording)
    is_request = booking.status == BookingStatus.PENDING
    can_book_again = event_type.is_active and not event_type.is_archived
    context = {
        "title": wording.text("manage_title"),
        "news_title": news_title,
        "news_lead": news_lead,
        "problem": problem,
        "state": wording.text(f"status_{state_key}", name=name),
        "state_tone": ""
        if state_key == "past"
        else _TONES.get(BookingStatus(booking.status), "off"),
        "is_off": not is_live
        and booking.status not in (BookingStatus.COMPLETED, BookingStatus.NO_SHOW),
        "is_ahead": is_live and not is_over,
        "place": booking.location or facts_of(event_type, wording).place,
        "can_move": data["can_reschedule"],
        "can_cancel": data["can_cancel"],
        "book_again_path": (
            f"/{booking.organizer.slug}/{event_type.event_type_slug}" if can_book_again else ""
        ),
        "calendar_url": data["calendar_url"],
        "calendar_links": [
            (_CALENDARS.get(key, key.title()), href) for key, href in data["calendar_links"].items()
        ],
        "change_note": _change_note(booking, data, wording),
        "cancel_label": wording.text("withdraw" if is_request else "cancel"),
        "is_request": is_request,
        **series_context(booking, wording=wording),
        **people_context(request, data, wording, errors=errors or {}),
        **sooner_context(booking, data, wording, now=now),
        **answers_context(request, booking, wording, errors=errors or {}),
    }
    return _secret_page(
        request, booking, "events/manage.html", context, wording=wording, status=status
    )


def _change_note(booking: Booking, data: dict[str, Any], wording: Wording) -> str:
    """What the invitee should know of changing it: why not any more, or that a time was lost."""
    name, zone = booking.organizer.name, booking.invitee_timezone
    if data["repick_asked"] and booking.status == BookingStatus.PENDING:
        return wording.text("repick_note", name=name)
    hindrance = data["cannot_cancel"] or data["cannot_reschedule"]
    if hindrance == Hindrance.CUTOFF:
        time = wording.moment(last_change(booking), zone)
        return wording.text("change_cutoff", name=name, time=time)
    if hindrance == Hindrance.MOVES:
        return wording.text("change_moves", name=name)
    if booking.status == BookingStatus.PENDING and booking.request_expires_at:
        time = wording.moment(booking.request_expires_at, zone)
        return wording.text("request_until", name=name, time=time)
    return ""


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, access_token: str) -> HttpResponse:
    """The booking and what can be done with it; POST does it."""
    now = utc_now()
    booking = get_booking_by_token(access_token, now=now)
    if request.method != "POST":
        return _manage_page(request, booking, now=now)
    if request.POST.get("action") == "cancel" and booking.can_be_cancelled(now, by_invitee=True):
        reason, wording = read_reason(request.POST), wording_of(request, fallback=booking.locale)
        if fault := text_fault(reason, limit=REASON_LENGTH, wording=wording):
            return _cancel_page(request, booking, reason=reason, fault=fault)
    if request.POST.get("action") in PEOPLE:
        wording = wording_of(request, fallback=booking.locale)
        if faults := find_text_faults(request, wording):
            return _manage_page(request, booking, now=now, errors=faults, status=422)
    try:
        changed, news = _act(request, booking, now=now)
    except DomainError as error:
        return _refused(request, booking, error, now=now)
    return secret_redirect(f"{_path(changed)}?{news}")


def _act(request: HttpRequest, booking: Booking, *, now: datetime) -> tuple[Booking, str]:
    """Carry out the form's action; the booking afterwards, and what to say of it."""
    actor = holder_of(request, booking)
    action = request.POST.get("action", "")
    if action == "cancel":
        changed = cancel_in_scope(
            booking=booking,
            scope=read_scope(request.POST),
            cancelled_by=CancelledBy.INVITEE,
            reason=read_reason(request.POST),
            actor=actor,
            now=now,
        )
        return changed, "cancelled"
    if action == "reschedule":
        start = read_start(request.POST)
        if start is None:
            return booking, ""
        zone = read_zone(request, fallback=booking.invitee_timezone)
        changed = reschedule_in_scope(
            booking=booking,
            start=start,
            scope=read_scope(request.POST),
            invitee_timezone=zone,
            actor=actor,
            now=now,
        )
        return changed, "moved"
    if action == "regenerate_token":
        return regenerate_access_token(booking=booking, actor=actor, now=now), "renewed"
    if action in SOONER:
        return act_on_sooner(request, booking, actor=actor, now=now)
    if action in PEOPLE:
        return act_on_people(request, booking, actor=actor, now=now), "saved"
    return booking, ""


def _refused(
    request: HttpRequest, booking: Booking, error: DomainError, *, now: datetime
) -> HttpResponse:
    start = read_start(request.POST)
    if start is not None and booking.can_be_rescheduled(now, by_invitee=True):
        return _move_confirmation(request, booking, start=start, error=error)
    current = get_booking_by_token(str(booking.access_token), now=now)
    errors = faults_of(error) if request.POST.get("action") in PEOPLE else {}
    return _manage_page(
        request,
        current,
        now=now,
        problem=first_detail(error),
        errors=errors,
        status=422 if errors else 409,
    )


@public_page
@require_safe
def confirm_cancel(request: HttpRequest, access_token: str) -> HttpResponse:
    """Asks before cancelling; links in mails lead here and change nothing."""
    now = utc_now()
    booking = get_booking_by_token(access_token, now=now)
    if not booking.can_be_cancelled(now, by_invitee=True):
        return _manage_page(request, booking, now=now)
    return _cancel_page(request, booking)


def _cancel_page(
    request: HttpRequest, booking: Booking, *, reason: str = "", fault: str = ""
) -> HttpResponse:
    """The question, again with what was typed when the reason cannot be taken as it is."""
    wording = wording_of(request, fallback=booking.locale)
    heading = wording.text("cancel_title", event=booking.event_type.name)
    seats = booking.attendee_count
    context = {
        "title": heading,
        "heading": heading,
        "lead": _of_hosts(booking, wording, "cancel_lead", team="cancel_lead_team"),
        "seats_lead": wording.text("cancel_seats", count=seats) if seats > 1 else "",
        "reason": reason,
        "reason_length": REASON_LENGTH,
        **scope_context(booking, chosen=read_scope(request.POST), wording=wording),
        "reason_error": fault,
        "reason_help": _of_hosts(
            booking, wording, "cancel_reason_help", team="cancel_reason_help_team"
        ),
    }
    status = 422 if fault else 200
    return _secret_page(
        request, booking, "events/cancel.html", context, wording=wording, status=status
    )


@public_page
@require_safe
def move(request: HttpRequest, access_token: str) -> HttpResponse:
    """The calendar to choose another time from; its own old time counts as free."""
    now = utc_now()
    booking = get_booking_by_token(access_token, now=now)
    if not booking.can_be_rescheduled(now, by_invitee=True):
        return _manage_page(request, booking, now=now)
    start = read_start(request.GET)
    if start is not None:
        return _move_confirmation(request, booking, start=start)
    wording = wording_of(request, fallback=booking.locale)
    event_type, zone = booking.event_type, booking.invitee_timezone
    first = now.astimezone(get_zone(event_type.organizer.timezone)).date()
    last = first + timedelta(days=DAYS_IN_PAGE - 1)
    opens, closes = window_of(first, last, timezone=event_type.organizer.timezone, now=now)
    slots = list_slots_for_move(booking, start=opens, end=closes, now=now)
    present = wording.moment(booking.start_time, zone)
    heading = wording.text("move_title", event=event_type.name)
    context = {
        "title": heading,
        "heading": heading,
        "lead": wording.text("move_lead", time=present),
        "facts": facts_of(event_type, wording, durations=[booking.minutes]),
        "minutes": booking.minutes,
        "days": list_days(slots[:_LISTED_TIMES], zone=zone, wording=wording),
        "zone": zone,
        "zone_place": place_of(zone),
        "choose_path": f"{_path(booking)}/move",
        "init": to_script_json(
            script_data(
                event_type=event_type,
                slots=slots,
                first=first,
                last=last,
                now=now,
                wording=wording,
                prefill={"name": "", "email": ""},
                reschedule={
                    "access_token": str(booking.access_token),
                    "start": booking.start_time,
                    "timezone": zone,
                    "scopes": scope_choices(booking, wording),
                    "scope_legend": wording.text("scope_legend"),
                },
                duration=booking.minutes,
            )
        ),
    }
    return _secret_page(request, booking, "events/move.html", context, wording=wording)


@public_page
@require_safe
def list_move_slots(request: HttpRequest, access_token: str) -> HttpResponse:
    """The slots call for a booking that is being moved: its own old time counts as free."""
    now = utc_now()
    booking = get_booking_by_token(access_token, now=now)
    zone = read_zone(request, fallback=booking.invitee_timezone)
    first, last = read_date(request.GET, "start_date"), read_date(request.GET, "end_date")
    try:
        start, end = window_of(first, last, timezone=zone, now=now)
    except DomainError as error:
        return HttpResponse(first_detail(error), status=400, content_type="text/plain")
    slots = list_slots_for_move(booking, start=start, end=end, now=now)
    body = to_json(slots_data(slots, timezone=zone, duration=booking.minutes, now=now))
    response = HttpResponse(body, content_type="application/json")
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _move_confirmation(
    request: HttpRequest,
    booking: Booking,
    *,
    start: datetime,
    error: DomainError | None = None,
) -> HttpResponse:
    """Asks before moving, without a script; after a refusal with the times that are free."""
    wording = wording_of(request, fallback=booking.locale)
    zone = read_zone(request, fallback=booking.invitee_timezone)
    problem, alternatives = "", []
    if error is not None and "occurrences" in error.extra:
        problem = series_problem(error, zone=zone, wording=wording)
    elif error is not None and "alternatives" in error.extra:
        alternatives = listed_times(error.extra["alternatives"], zone=zone, wording=wording)
        problem = wording.text("error_taken" if alternatives else "error_taken_none")
    elif error is not None:
        problem = first_detail(error)
    end = start + timedelta(minutes=booking.minutes)
    context = {
        "title": wording.text("move_confirm"),
        "problem": problem,
        "alternatives": alternatives,
        "start": format_instant(start),
        "zone": zone,
        "when": wording.span(start, end, zone),
        "zone_line": wording.text("your_time", zone=place_of(zone)),
        "old_when": wording.span(booking.start_time, booking.end_time, zone),
        **scope_context(booking, chosen=read_scope(request.POST), wording=wording),
    }
    status = 200 if error is None else 409
    return _secret_page(
        request, booking, "events/move_confirm.html", context, wording=wording, status=status
    )
