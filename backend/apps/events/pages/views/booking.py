"""The booking page, and the same in plain HTML: times as a list, then the details, then booked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode
from zoneinfo import available_timezones

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from apps.common.errors import (
    DomainError,
    FieldError,
    IdempotencyMismatch,
    RateLimited,
    ValidationFailed,
)
from apps.common.idempotency import OnceOnly, Replay, StoredAnswer
from apps.common.time import format_instant, get_zone, parse_instant, utc_now
from apps.events.budgets import budget_of_booking, path_of, spend_attempt
from apps.events.clients import invitee
from apps.events.links import booking_page_url
from apps.events.models import EventType
from apps.events.pages.admission import admission_context, lacks_code, mail_code, mail_first_code
from apps.events.pages.data import (
    DAYS_IN_PAGE,
    ListedTime,
    facts_of,
    first_days,
    host_of,
    list_days,
    script_data,
    structured_data,
    to_script_json,
)
from apps.events.pages.forms import (
    NOTES_LENGTH,
    DetailsForm,
    prefilled,
    read_date,
    read_details,
    read_duration,
    read_start,
    read_zone,
    text_fault,
    with_new_key,
)
from apps.events.pages.http import (
    first_detail,
    page_response,
    public_page,
    secret_redirect,
    web_scheme,
    wording_of,
)
from apps.events.pages.questions import (
    POINTER,
    answer_errors,
    carried_prefill,
    fields_of,
    find_newly_asked,
    prefilled_answers,
    read_answers,
)
from apps.events.pages.series import occurrences_context, read_occurrences
from apps.events.pages.wording import Wording, place_of
from apps.events.presenting import booking_data
from apps.events.questions import Question
from apps.events.selectors.offers import get_offer
from apps.events.selectors.questions import list_questions
from apps.events.selectors.slots import chosen_duration, list_offered_slots
from apps.events.services.bookings import BookingRequest, create_booking
from apps.events.services.bookings.validation import (
    asks_phone,
    require_phone,
    validate_invitee,
)
from apps.events.slot_windows import window_of

_DAYS_IN_LIST = 14
_FIELD_OF_POINTER = {
    "/invitee_name": "name",
    "/invitee_email": "email",
    "/invitee_phone": "phone",
    "/notes": "notes",
    "/email": "email",
    "/email_code": "email_code",
}


def _carried(request: HttpRequest, questions: Sequence[Question]) -> dict[str, Any]:
    """What a link filled in goes along: as fields of a form, and behind an address."""
    pairs = carried_prefill(request.GET, questions)
    query = urlencode(pairs)
    return {"carried": pairs, "choose_query": f"&{query}" if query else "", "list_query": query}


def _paths(event_type: EventType) -> dict[str, str]:
    page = f"/{event_type.organizer.slug}/{event_type.event_type_slug}"
    return {
        "calendar_path": page,
        "choose_path": f"{page}/book",
        "times_path": f"{page}/times",
        "wait_path": f"{page}/wait",
    }


@public_page
@require_safe
def show(request: HttpRequest, organizer_slug: str, event_type_slug: str) -> HttpResponse:
    """The booking page with the slots of the next 60 days in it."""
    now = utc_now()
    offer = get_offer(organizer_slug=organizer_slug, event_type_slug=event_type_slug)
    event_type = offer.event_type
    organizer = event_type.organizer
    wording = wording_of(request, fallback=organizer.locale)
    first = now.astimezone(get_zone(organizer.timezone)).date()
    last = first + timedelta(days=DAYS_IN_PAGE - 1)
    start, end = window_of(first, last, timezone=organizer.timezone, now=now)
    slots = list_offered_slots(offer, start=start, end=end, now=now, include_full=True)
    form = prefilled(request.GET)
    description = event_type.description or wording.text(
        "description", event=event_type.name, name=organizer.name, count=event_type.duration
    )
    context = {
        "title": wording.text("title", event=event_type.name, name=organizer.name),
        "description": description[:300],
        "canonical": booking_page_url(organizer.slug, event_type.event_type_slug),
        "is_unlisted": event_type.is_private,
        "structured_data": structured_data(event_type, description=description),
        "host": host_of(organizer),
        "event_type": event_type,
        "facts": facts_of(event_type, wording),
        "minutes": event_type.duration,
        "days": first_days(slots, zone=organizer.timezone, wording=wording),
        "zone": organizer.timezone,
        "zone_place": place_of(organizer.timezone),
        "init": to_script_json(
            script_data(
                event_type=event_type,
                slots=slots,
                first=first,
                last=last,
                now=now,
                wording=wording,
                prefill={
                    "name": form.name,
                    "email": form.email,
                    "answers": prefilled_answers(request.GET, offer.questions),
                },
            )
        ),
        **_paths(event_type),
        **_carried(request, offer.questions),
    }
    return page_response(
        request,
        "events/booking.html",
        context,
        wording=wording,
        accent=organizer.accent_color,
        dials=(event_type.duration,),
    )


def zones_by_region() -> list[dict[str, Any]]:
    """Every zone of the tz database that names a place, by region, and UTC."""
    regions: dict[str, list[str]] = {"UTC": ["UTC"]}
    for name in sorted(available_timezones()):
        region, _, place = name.partition("/")
        if place and region not in {"Etc", "SystemV", "US", "posix", "right"}:
            regions.setdefault(region, []).append(name)
    return [{"name": region, "zones": zones} for region, zones in regions.items()]


@public_page
@require_safe
def list_times(request: HttpRequest, organizer_slug: str, event_type_slug: str) -> HttpResponse:
    """Two weeks of free times as links, in any zone."""
    now = utc_now()
    offer = get_offer(organizer_slug=organizer_slug, event_type_slug=event_type_slug)
    event_type = offer.event_type
    organizer = event_type.organizer
    wording = wording_of(request, fallback=organizer.locale)
    zone = read_zone(request, fallback=organizer.timezone)
    today = now.astimezone(get_zone(zone)).date()
    asked = read_date(request.GET, "start_date")
    first = max(asked or today, today)
    step = timedelta(days=_DAYS_IN_LIST)
    last = first + step - timedelta(days=1)
    start, end = window_of(first, last, timezone=zone, now=now)
    slots = list_offered_slots(offer, start=start, end=end, now=now, include_full=True)
    context = {
        "title": wording.text("title", event=event_type.name, name=organizer.name),
        "canonical": booking_page_url(organizer.slug, event_type.event_type_slug),
        "is_unlisted": event_type.is_private,
        "heading": event_type.name,
        "host": host_of(organizer),
        "facts": facts_of(event_type, wording),
        "regions": zones_by_region(),
        "zone": zone,
        "days": list_days(slots, zone=zone, wording=wording),
        "has_waitlist": event_type.enable_waitlist,
        "empty": wording.text("list_empty", start=wording.day(first), end=wording.day(last)),
        "start_date": first if first > today else None,
        "earlier": max(first - step, today) if first > today else None,
        "later": first + step,
        **_paths(event_type),
        **_carried(request, offer.questions),
    }
    return page_response(
        request, "events/times.html", context, wording=wording, accent=organizer.accent_color
    )


def listed_times(starts: Sequence[str], *, zone: str, wording: Wording) -> list[ListedTime]:
    """Alternatives of a refusal, in order of time, with their days."""
    instants = sorted(parse_instant(start) for start in starts)
    return [
        ListedTime(format_instant(instant), wording.moment(instant, zone)) for instant in instants
    ]


def _details_page(
    request: HttpRequest,
    event_type: EventType,
    *,
    start: datetime,
    form: DetailsForm,
    answers: Mapping[str, Any],
    error: DomainError | None = None,
    has_more: bool = False,
    asks_code: bool = False,
) -> HttpResponse:
    """The form as it stands; `has_more` says that answers brought up questions, `asks_code` that
    a code was mailed."""
    organizer = event_type.organizer
    wording = wording_of(request, fallback=organizer.locale)
    zone = read_zone(request, fallback=organizer.timezone)
    data = request.POST if request.method == "POST" else request.GET
    offered, asked = event_type.allowed_durations(), read_duration(data)
    duration = asked if asked in offered else offered[0]
    end = start + timedelta(minutes=duration)
    # Of a team nobody is singled out: who comes is not known yet.
    host_time, phone_help = "", wording.text("phone_help_team")
    if not event_type.has_team:
        name = organizer.name
        host_time = wording.host_time(start, zone=zone, host_zone=organizer.timezone, name=name)
        phone_help = wording.text("phone_help", name=name)
    zone_line = wording.text("your_time", zone=place_of(zone))
    errors, problem, alternatives, status = _explain(
        error, zone=zone, duration=duration, wording=wording
    )
    questions = list_questions(event_type)
    context = {
        "title": wording.text("title", event=event_type.name, name=organizer.name),
        "is_unlisted": True,
        "host": host_of(organizer),
        "event_type": event_type,
        "questions": fields_of(questions, answers, errors),
        "has_conditions": any(question.conditions for question in questions),
        "has_more": has_more,
        "start": format_instant(start),
        "when": wording.span(start, end, zone),
        "zone": zone,
        "zone_line": wording.text("separator").join(filter(None, (zone_line, host_time))),
        "duration": duration,
        "form": form,
        "asks_phone": asks_phone(event_type),
        "phone_help": phone_help,
        "notes_length": NOTES_LENGTH,
        "errors": errors,
        "problem": problem,
        "alternatives": alternatives,
        **occurrences_context(
            request,
            event_type,
            start=start,
            duration=duration,
            zone=zone,
            now=utc_now(),
            wording=wording,
        ),
        **admission_context(event_type, form, start=start, wording=wording),
        "asks_code": asks_code or "email_code" in request.POST,
        **_paths(event_type),
    }
    response = page_response(
        request,
        "events/details.html",
        context,
        wording=wording,
        accent=organizer.accent_color,
        status=status,
        form_leads_to=event_type.redirect_url_after_booking,
    )
    response["Cache-Control"] = "no-store"
    return response


def _explain(
    error: DomainError | None, *, zone: str, duration: int, wording: Wording
) -> tuple[dict[str, str], str, list[ListedTime], int]:
    """A refusal as field errors, a sentence, alternatives and a status.

    `duration` is the one the form has now, in minutes.
    """
    if error is None:
        return {}, "", [], 200
    fields = {
        _FIELD_OF_POINTER[found.pointer]: found.detail
        for found in error.errors
        if found.pointer in _FIELD_OF_POINTER
    }
    # Of questions by id. One that is not asked any more has no field.
    fields |= {
        found.pointer.removeprefix(POINTER): found.detail
        for found in error.errors
        if found.pointer.startswith(POINTER) and found.code != "unknown_question"
    }
    if any(found.pointer == "/duration" for found in error.errors):
        return fields, wording.text("error_duration", count=duration), [], 422
    if fields:
        return fields, "", [], 422
    if isinstance(error, RateLimited):
        return {}, wording.text("error_rate"), [], 429
    if isinstance(error, IdempotencyMismatch):
        return {}, wording.text("error_sent_before"), [], 422
    if "occurrences" in error.extra:
        return {}, wording.script_text("series_taken"), [], 409
    if "alternatives" in error.extra:
        times = listed_times(error.extra["alternatives"], zone=zone, wording=wording)
        key = "error_taken" if times else "error_taken_none"
        return {}, wording.text(key), times, 409
    return {}, wording.text("error_other", detail=first_detail(error)), [], 422


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, organizer_slug: str, event_type_slug: str) -> HttpResponse:
    """The details of who books, without a script: GET asks, POST books."""
    offer = get_offer(organizer_slug=organizer_slug, event_type_slug=event_type_slug)
    event_type, questions = offer.event_type, offer.questions
    data = request.POST if request.method == "POST" else request.GET
    start = read_start(data)
    if start is None:
        return HttpResponseRedirect(_paths(event_type)["times_path"])
    page = partial(_details_page, request, event_type, start=start)
    if request.method != "POST":
        form, answers = prefilled(data), prefilled_answers(data, questions)
        try:
            chosen_duration(event_type, read_duration(data))
        except ValidationFailed as error:
            return page(form=form, answers=answers, error=error)
        return page(form=form, answers=answers)
    form, answers = read_details(data), read_answers(data, questions)
    newly_asked = find_newly_asked(data, questions, answers)
    if newly_asked or "update" in data:
        return page(form=form, answers=answers, has_more=bool(newly_asked))
    try:
        if "send_code" in data:
            mail_code(request, event_type, form)
            return page(form=form, answers=answers)
        stored = _book(request, event_type, start=start, form=form, answers=answers)
    except IdempotencyMismatch as error:
        # The key's booking was made; with the same key the visitor could never make another.
        return page(form=with_new_key(form), answers=answers, error=error)
    except DomainError as error:
        if lacks_code(error) and "email_code" not in data:
            refused = mail_first_code(request, event_type, form)
            return page(form=form, answers=answers, error=refused, asks_code=True)
        return page(form=form, answers=answers, error=error)
    chosen = str(stored.body["redirect_url"])
    own_page = f"/booking/{stored.body['access_token']}/manage?booked"
    return secret_redirect(chosen if web_scheme(chosen) else own_page)


def _check(event_type: EventType, wanted: BookingRequest, wording: Wording) -> None:
    """Raise `ValidationFailed` naming every wrong field at once, as the form shows them all."""
    errors: list[FieldError] = []
    for check in (
        lambda: validate_invitee(wanted),
        lambda: require_phone(event_type, wanted.invitee_phone),
        lambda: chosen_duration(event_type, wanted.duration),
    ):
        try:
            check()
        except ValidationFailed as found:
            errors.extend(found.errors)
    if fault := text_fault(wanted.notes, limit=NOTES_LENGTH, wording=wording):
        errors.append(FieldError("/notes", "invalid", fault))
    errors += answer_errors(list_questions(event_type), wanted.answers, wording=wording)
    if errors:
        raise ValidationFailed(errors[0].detail, errors=errors)


def _book(
    request: HttpRequest,
    event_type: EventType,
    *,
    start: datetime,
    form: DetailsForm,
    answers: Mapping[str, Any],
) -> StoredAnswer:
    organizer = event_type.organizer
    wording = wording_of(request, fallback=organizer.locale)
    wanted = BookingRequest(
        organizer_slug=organizer.slug,
        event_type_slug=event_type.event_type_slug,
        start=start,
        invitee_name=form.name,
        invitee_email=form.email,
        invitee_phone=form.phone,
        invitee_timezone=read_zone(request, fallback=organizer.timezone),
        duration=read_duration(request.POST),
        locale=wording.tag,
        notes=form.notes,
        answers=answers,
        occurrences=read_occurrences(request.POST),
        email_code=form.email_code,
        honeypot=form.website,
    )
    payload = {name: getattr(wanted, name) for name in BookingRequest.__dataclass_fields__}
    once = OnceOnly.for_call(scope="booking_form", key=form.key, payload=payload)
    try:
        # A form that is sent again spends nothing.
        once.look_back()
        spend_attempt(request)
        _check(event_type, wanted, wording)
        with budget_of_booking(request, emails=(form.email,), event_type=path_of(event_type)):
            return create_booking(
                request=wanted,
                actor=invitee(request, name=form.name, email=form.email),
                now=utc_now(),
                once=once,
                answer=lambda booking: StoredAnswer(201, booking_data(booking)),
            )
    except Replay as replay:
        return replay.answer
