"""Waiting for a time, in plain HTML: joining the line, and the page of who stands in it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from apps.common.errors import DomainError, FieldError, ValidationFailed
from apps.common.idempotency import OnceOnly, Replay, StoredAnswer
from apps.common.time import format_instant, get_zone, parse_instant, utc_now
from apps.events.budgets import budget_of_booking, path_of, spend_attempt
from apps.events.clients import invitee
from apps.events.models import WAITING, Booking, WaitlistEntry
from apps.events.pages.admission import lacks_code, mail_code, mail_first_code
from apps.events.pages.data import host_of, last_bookable_date
from apps.events.pages.forms import (
    DetailsForm,
    prefilled,
    read_date,
    read_details,
    read_start,
    read_zone,
)
from apps.events.pages.http import (
    first_detail,
    page_response,
    public_page,
    secret_redirect,
    state_page,
    wording_of,
)
from apps.events.pages.questions import (
    POINTER,
    answer_errors,
    fields_of,
    find_newly_asked,
    prefilled_answers,
    read_answers,
)
from apps.events.pages.views.booking import listed_times
from apps.events.pages.wording import Wording, place_of
from apps.events.presenting_waiting import entry_data, joined_data, left_of
from apps.events.selectors.offers import Offer, get_offer
from apps.events.selectors.waitlist import get_entry_by_token
from apps.events.selectors.waitlist import place_of as place_in_line
from apps.events.selectors.waitlist_page import look_at_entry
from apps.events.services.bookings.validation import asks_phone, require_phone, validate_invitee
from apps.events.services.privacy import erase_waitlist_entry
from apps.events.services.waiting.claim import claim_offer
from apps.events.services.waiting.join import join_waitlist
from apps.events.services.waiting.pass_on import decline_offer, leave_waitlist
from apps.events.services.waiting.request import WaitlistRequest

_FIELD_OF_POINTER = {
    "/invitee_name": "name",
    "/invitee_email": "email",
    "/invitee_phone": "phone",
    "/email_code": "email_code",
}
_TONES = {"active": "warn", "notified": "ok", "converted": "ok"}


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, organizer_slug: str, event_type_slug: str) -> HttpResponse:
    """Wait for `start`, or for any time on `day`: GET asks who, POST joins."""
    offer = get_offer(organizer_slug=organizer_slug, event_type_slug=event_type_slug)
    zone = read_zone(request, fallback=offer.event_type.organizer.timezone)
    data = request.POST if request.method == "POST" else request.GET
    start, day = read_start(data), read_date(data, "day")
    path = f"/{organizer_slug}/{event_type_slug}"
    if not offer.event_type.enable_waitlist:
        return HttpResponseRedirect(f"{path}/times")
    if start is None and day is None:
        return _day_page(request, offer, zone)
    if request.method != "POST":
        answers = prefilled_answers(request.GET, offer.questions)
        return _join_page(
            request, offer, zone, start=start, day=day, form=prefilled(data), answers=answers
        )
    form, answers = read_details(data), read_answers(data, offer.questions)
    page = partial(
        _join_page, request, offer, zone, start=start, day=day, form=form, answers=answers
    )
    newly_asked = find_newly_asked(data, offer.questions, answers)
    if newly_asked or "update" in data:
        return page(has_more=bool(newly_asked))
    try:
        if "send_code" in data:
            mail_code(request, offer.event_type, form)
            return page(asks_code=True)
        stored = _join(request, offer, zone, start=start, day=day, form=form, answers=answers)
    except DomainError as error:
        if lacks_code(error) and "email_code" not in data:
            refused = mail_first_code(request, offer.event_type, form)
            return page(error=refused, asks_code=True)
        return page(error=error)
    return secret_redirect(f"/waitlist/{stored.body['token']}?joined")


def _day_page(request: HttpRequest, offer: Offer, zone: str) -> HttpResponse:
    """Asks for which day they wait."""
    event_type, now = offer.event_type, utc_now()
    organizer = event_type.organizer
    wording = wording_of(request, fallback=organizer.locale)
    path = f"/{organizer.slug}/{event_type.event_type_slug}"
    last = last_bookable_date(event_type, now=now)
    context = {
        "title": wording.text("wait_title", event=event_type.name),
        "is_unlisted": True,
        "host": host_of(organizer),
        "zone": zone,
        "zone_line": wording.text("your_time", zone=place_of(zone)),
        "first": now.astimezone(get_zone(zone)).date().isoformat(),
        "last": last.isoformat() if last else "",
        "wait_path": f"{path}/wait",
        "times_path": f"{path}/times",
    }
    return page_response(
        request,
        "events/wait_day.html",
        context,
        wording=wording,
        accent=organizer.accent_color,
    )


def _span(start: datetime | None, day: date | None, zone: str) -> tuple[datetime, datetime | None]:
    """What is waited for: a start alone, or a local day from midnight to midnight."""
    if start is not None:
        return start, None
    assert day is not None
    where = get_zone(zone)
    return (
        datetime.combine(day, time(), where),
        datetime.combine(day + timedelta(days=1), time(), where),
    )


def _join(
    request: HttpRequest,
    offer: Offer,
    zone: str,
    *,
    start: datetime | None,
    day: date | None,
    form: DetailsForm,
    answers: dict[str, Any],
) -> StoredAnswer:
    event_type = offer.event_type
    wording = wording_of(request, fallback=event_type.organizer.locale)
    first, last = _span(start, day, zone)
    wanted = WaitlistRequest(
        organizer_slug=event_type.organizer.slug,
        event_type_slug=event_type.event_type_slug,
        desired_start=first,
        desired_end=last,
        invitee_name=form.name,
        invitee_email=form.email,
        invitee_phone=form.phone,
        invitee_timezone=zone,
        locale=wording.tag,
        notify_when_available="page_only" not in request.POST,
        answers=answers,
        email_code=form.email_code,
        honeypot=form.website,
    )
    payload = {name: getattr(wanted, name) for name in WaitlistRequest.__dataclass_fields__}
    once = OnceOnly.for_call(scope="waitlist_form", key=form.key, payload=payload)
    try:
        # A form that is sent again spends nothing.
        once.look_back()
        spend_attempt(request)
        _check(offer, wanted, wording)
        with budget_of_booking(request, emails=(form.email,), event_type=path_of(event_type)):
            return join_waitlist(
                request=wanted,
                actor=invitee(request, name=form.name, email=form.email),
                now=utc_now(),
                once=once,
                answer=lambda entry: StoredAnswer(201, joined_data(entry, place_in_line(entry))),
            )
    except Replay as replay:
        return replay.answer


def _check(offer: Offer, wanted: WaitlistRequest, wording: Wording) -> None:
    """Raise `ValidationFailed` naming every wrong field at once, as the form shows them all."""
    errors: list[FieldError] = []
    for check in (
        lambda: validate_invitee(wanted),
        lambda: require_phone(offer.event_type, wanted.invitee_phone),
    ):
        try:
            check()
        except ValidationFailed as found:
            errors.extend(found.errors)
    errors.extend(answer_errors(offer.questions, wanted.answers, wording=wording))
    if errors:
        raise ValidationFailed(errors[0].detail, errors=errors)


def _join_page(
    request: HttpRequest,
    offer: Offer,
    zone: str,
    *,
    start: datetime | None,
    day: date | None,
    form: DetailsForm,
    answers: dict[str, Any],
    error: DomainError | None = None,
    asks_code: bool = False,
    has_more: bool = False,
) -> HttpResponse:
    event_type = offer.event_type
    organizer = event_type.organizer
    wording = wording_of(request, fallback=organizer.locale)
    path = f"/{organizer.slug}/{event_type.event_type_slug}"
    found = {one.pointer: one.detail for one in error.errors} if error else {}
    fields = {name: found[at] for at, name in _FIELD_OF_POINTER.items() if at in found}
    asked = {
        at.removeprefix(POINTER): detail for at, detail in found.items() if at.startswith(POINTER)
    }
    free = error.extra.get("alternatives", []) if error else []
    problem = ""
    if error is not None and not fields and not asked:
        problem = (
            wording.text("wait_free")
            if free
            else wording.text("wait_error", detail=first_detail(error))
        )
    phone_help = (
        wording.text("phone_help_team")
        if event_type.has_team
        else wording.text("phone_help", name=organizer.name)
    )
    if has_more:
        problem = wording.text("more_questions")
    when, zone_line = _wanted_in_words(event_type, start, day, zone, wording)
    context = {
        "title": wording.text("wait_title", event=event_type.name),
        "is_unlisted": True,
        "host": host_of(organizer),
        "event_type": event_type,
        "lead": wording.text("wait_time_lead" if start else "wait_day_lead"),
        "when": when,
        "zone_line": zone_line,
        "zone": zone,
        "start": format_instant(start) if start else "",
        "day": day.isoformat() if day and not start else "",
        "form": form,
        "page_only": request.method == "POST" and "page_only" in request.POST,
        "asks_phone": asks_phone(event_type),
        "phone_help": phone_help,
        "asks_code": asks_code or "email_code" in request.POST,
        "code_help": wording.text("email_code_help", email=form.email),
        "questions": fields_of(offer.questions, answers, asked),
        "has_conditions": any(question.conditions for question in offer.questions),
        "errors": fields,
        "problem": problem,
        "free": listed_times(free, zone=zone, wording=wording),
        "wait_path": f"{path}/wait",
        "choose_path": f"{path}/book",
        "times_path": f"{path}/times",
    }
    response = page_response(
        request,
        "events/wait.html",
        context,
        wording=wording,
        accent=organizer.accent_color,
        status=_status_of(error, has_fields=bool(fields or asked)),
    )
    response["Cache-Control"] = "no-store"
    return response


def _status_of(error: DomainError | None, *, has_fields: bool) -> int:
    if error is None:
        return 200
    if has_fields:
        return 422
    return 429 if error.code == "rate_limited" else 409


def _wanted_in_words(
    event_type: Any, start: datetime | None, day: date | None, zone: str, wording: Wording
) -> tuple[str, str]:
    zone_line = wording.text("your_time", zone=place_of(zone))
    if start is not None:
        end = start + timedelta(minutes=event_type.duration)
        return wording.span(start, end, zone), zone_line
    assert day is not None
    return wording.text("wait_any_time", day=wording.day_with_year(day)), zone_line


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, token: str) -> HttpResponse:
    """The place in line, what is offered, and what can be done; POST does it."""
    now = utc_now()
    entry = get_entry_by_token(token, now=now)
    if request.method != "POST":
        return _entry_page(request, entry, now=now)
    try:
        if request.POST.get("action") == "erase":
            erase_waitlist_entry(entry=entry, now=now)
            return state_page(request, "erased", status=200)
        return secret_redirect(_act(request, entry, now=now))
    except DomainError as error:
        current = get_entry_by_token(token, now=now)
        return _entry_page(request, current, now=now, problem=first_detail(error), status=409)


def _act(request: HttpRequest, entry: WaitlistEntry, *, now: datetime) -> str:
    """Carry out the form's action; where to go then."""
    own = f"/waitlist/{entry.token}"
    action = request.POST.get("action", "")
    if action == "claim":
        claimed: list[UUID] = []

        def told(booking: Booking, changed: WaitlistEntry) -> StoredAnswer:
            claimed.append(booking.access_token or UUID(int=0))
            return StoredAnswer(200, {})

        claim_offer(
            entry=entry,
            start=read_start(request.POST),
            actor=invitee(request, name=entry.invitee_name, email=entry.invitee_email),
            now=now,
            answer=told,
        )
        return f"/booking/{claimed[-1]}/manage?booked"
    if action == "decline":
        decline_offer(entry=entry, now=now)
        return f"{own}?declined"
    if action == "leave":
        leave_waitlist(entry=entry, now=now)
        return f"{own}?left"
    return own


def _entry_page(
    request: HttpRequest,
    entry: WaitlistEntry,
    *,
    now: datetime,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    wording = wording_of(request, fallback=entry.locale)
    look = look_at_entry(entry, now=now)
    data = entry_data(entry, position=look.position, now=now, free=look.free, booking=look.booking)
    zone, event_type = entry.invitee_timezone, entry.event_type
    offer = data["offer"]
    can_book = event_type.is_active and not event_type.is_archived
    # What was done is told as long as it is how things stand.
    told = {"joined": "active", "declined": "active", "left": "cancelled"}
    is_true = (key for key, state in told.items() if key in request.GET and data["status"] == state)
    news = next(is_true, "")
    context = {
        "title": wording.text("waitlist_title"),
        "host": host_of(entry.organizer),
        "event_type": event_type,
        "news_title": wording.text(f"{news}_title") if news else "",
        "news_lead": wording.text(f"{news}_lead", email=entry.invitee_email) if news else "",
        "problem": problem,
        "state": wording.text(f"status_waiting_{data['status']}"),
        "state_tone": _TONES.get(data["status"], "off"),
        "is_off": data["status"] in {"expired", "cancelled"},
        "when": _desired_in_words(entry, wording),
        "zone_line": wording.text("your_time", zone=place_of(zone)),
        "position": wording.digits(str(look.position)) if look.position else "",
        "entry": entry,
        "offer": _offer_in_words(offer, zone, now, wording) if offer else None,
        "free": listed_times(data["free"][:10], zone=zone, wording=wording),
        "can_leave": data["can_leave"] and data["status"] not in {"expired"},
        "can_erase": data["status"] in {"expired", "cancelled"} and entry.status not in WAITING,
        "booking_path": (
            f"/booking/{look.booking.access_token}/manage"
            if look.booking is not None and look.booking.access_token
            else ""
        ),
        "book_again_path": (
            f"/{entry.organizer.slug}/{event_type.event_type_slug}" if can_book else ""
        ),
        "own_path": f"/waitlist/{entry.token}",
    }
    return page_response(
        request,
        "events/waitlist.html",
        context,
        wording=wording,
        accent=entry.organizer.accent_color,
        dials=(event_type.duration,),
        status=status,
        is_secret=True,
    )


def _desired_in_words(entry: WaitlistEntry, wording: Wording) -> str:
    zone, start, end = entry.invitee_timezone, entry.desired_start_time, entry.desired_end_time
    if end is None:
        minutes = timedelta(minutes=entry.event_type.duration)
        return wording.span(start, start + minutes, zone)
    where = get_zone(zone)
    first = start.astimezone(where)
    last = end.astimezone(where)
    if first.time() == last.time() == time() and last.date() - first.date() == timedelta(days=1):
        return wording.text("wait_any_time", day=wording.day_with_year(first.date()))
    return wording.text(
        "wait_between", start=wording.moment(start, zone), end=wording.moment(end, zone)
    )


def _offer_in_words(
    offer: dict[str, str], zone: str, now: datetime, wording: Wording
) -> dict[str, str]:
    start, end = parse_instant(offer["start"]), parse_instant(offer["end"])
    until = parse_instant(offer["expires_at"])
    left = wording.duration(left_of(until, now))
    return {
        "start": offer["start"],
        "when": wording.span(start, end, zone),
        "until": wording.text("offer_until", time=wording.moment(until, zone), left=left),
    }
