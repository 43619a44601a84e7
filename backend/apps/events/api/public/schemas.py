"""Shapes of the public scheduling API (api.md). Rules live in services."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Discriminator, Field, Tag

from apps.common.api.ninja_errors import UNION_TAG
from apps.common.api.schema import QuerySchema, Schema
from apps.common.api.types import Day, Instant
from apps.events.api.public.sooner_schemas import (
    AskSoonerIn,
    DeclineSoonerIn,
    SoonerOut,
    TakeSoonerIn,
    WithdrawSoonerIn,
)
from apps.events.models import QuestionType
from apps.events.services.series.row import Scope


class SlotsQuery(QuerySchema):
    """Dates are local to `timezone`, both included, at most 62 days."""

    start_date: Day | None = None
    end_date: Day | None = None
    timezone: str = Field("UTC", max_length=64)
    attendee_count: int = Field(
        1, ge=1, le=100, description="Seats needed; at most the event type's `max_attendees`."
    )
    duration: int | None = Field(None, ge=1, le=1440)
    include_full: bool = Field(
        False, description="List full sessions too, with no seats left, where there is a waitlist."
    )
    hold_token: UUID | None = Field(None, description="One's own hold, which is in nobody's way.")


class SlotOut(Schema):
    """A start that can be booked."""

    start: Instant
    end: Instant
    seats_left: int | None = Field(None, description="Where several attendees share a slot.")


class CalendarState(Schema):
    """How fresh what is known of a connected calendar is."""

    as_of: Instant


class SlotsOut(Schema):
    """The slots of a window. It leaves as ready bytes; a test holds these to this shape."""

    timezone: str
    duration: int
    slots: list[SlotOut]
    calendars: list[CalendarState]
    generated_at: Instant


class GuestIn(Schema):
    """Somebody for whom a seat of a group session is booked too."""

    name: str = Field(max_length=200)
    email: str = Field(max_length=254)
    phone: str = Field("", max_length=40)
    custom_answers: dict[str, Any] = Field(default_factory=dict, max_length=200)


def _occurrences(value: Any) -> str | None:
    if isinstance(value, list):
        return f"{UNION_TAG}starts"
    return f"{UNION_TAG}all" if value == "all" else None


# Without tags of our own, pointers to a wrong start would name pydantic's types.
Occurrences = Annotated[
    Annotated[Literal["all"], Tag(f"{UNION_TAG}all")]
    | Annotated[list[Instant], Field(max_length=366), Tag(f"{UNION_TAG}starts")],
    Discriminator(
        _occurrences,
        custom_error_type="invalid",
        custom_error_message='Say "all", or list starts of the series.',
    ),
]


class CreateBookingIn(Schema):
    """What an invitee sends."""

    organizer_slug: str = Field(max_length=60)
    event_type_slug: str = Field(max_length=80)
    start_time: Instant
    invitee_name: str = Field(max_length=200)
    invitee_email: str = Field(max_length=254)
    invitee_phone: str = Field("", max_length=40)
    invitee_timezone: str = Field(max_length=64)
    duration: int | None = Field(None, ge=1, le=1440)
    locale: str = Field("en", max_length=20, pattern=r"^[A-Za-z0-9-]+$")
    notes: str = Field("", max_length=5000)
    utm: dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=200)]] = Field(
        default_factory=dict, max_length=10
    )
    attendees: list[GuestIn] = Field(
        default_factory=list,
        max_length=99,
        description="Who comes along, one seat each; group event types only.",
    )
    custom_answers: dict[str, Any] = Field(
        default_factory=dict, max_length=200, description="By question id."
    )
    hold_token: UUID | None = Field(None, description="One's own hold on the time, turned into it.")
    occurrences: Occurrences | None = Field(
        None, description="Of a series: all of it, or these starts."
    )
    email_code: str = Field(
        "",
        max_length=20,
        description="Where the event type asks for one: see bookings/email-code/.",
    )
    website: str = Field("", max_length=500, description="Leave it empty: only robots fill it in.")


class QuestionOut(Schema):
    """What is asked of everybody who books. Answers are sent as `custom_answers`, by its id."""

    id: UUID
    question_text: str
    question_type: QuestionType
    help_text: str
    is_required: bool
    options: list[str]
    conditions: dict[str, Any] = Field(description="When it is shown; empty is always.")
    validation_rules: dict[str, Any]
    prefill_key: str


class AnswerOut(Schema):
    """An answer with what was asked; `shown` is for people to read."""

    question: UUID
    text: str
    type: QuestionType
    value: str | bool | list[str]
    shown: str


class PublicOrganizer(Schema):
    """An organizer as everybody may see them."""

    name: str
    slug: str
    bio: str
    contact: str
    timezone: str
    avatar_url: str
    accent_color: str


class PublicEventType(Schema):
    """An event type as everybody may see it."""

    id: UUID
    name: str
    slug: str
    description: str
    color: str
    duration: int
    durations: list[int]
    kind: str
    max_attendees: int
    has_waitlist: bool
    repeats: bool = Field(description="Whether a booking is a series: see recurring/preview/.")
    location_type: str
    location_label: str
    url: str


class OrganizerPageOut(Schema):
    """An organizer and what can be booked."""

    organizer: PublicOrganizer
    event_types: list[PublicEventType]


class EventTypePageOut(Schema):
    """An event type, who offers it, and the slots of the next days."""

    organizer: PublicOrganizer
    event_type: PublicEventType
    questions: list[QuestionOut]
    slots: SlotsOut


class EventTypeRef(Schema):
    """Which event type a booking is of."""

    id: UUID
    name: str
    slug: str
    duration: int


class OrganizerRef(Schema):
    """Who is booked."""

    name: str
    slug: str
    timezone: str


class HostRef(Schema):
    """Somebody whom the invitee meets."""

    name: str


class SeriesPlaceOut(Schema):
    """Which occurrence of a series a booking is: `position` of `of`, from 1."""

    id: UUID
    rule: str = Field(description="RFC 5545 RRULE; empty where no rule yields its dates")
    timezone: str
    position: int
    of: int = Field(description="How many the rule has, those that nobody booked included")


class BookingOut(Schema):
    """A booking as its invitee sees it; `access_token` is the key to it."""

    id: UUID
    status: str
    event_type: EventTypeRef
    organizer: OrganizerRef
    hosts: list[HostRef] = Field(description="Whom the invitee meets")
    start_time: Instant
    end_time: Instant
    invitee_name: str
    invitee_email: str
    invitee_timezone: str
    access_token: UUID
    manage_url: str
    calendar_url: str
    calendar_links: dict[str, str]
    meeting_link: str
    location: str
    attendee_count: int
    request_expires_at: Instant | None = Field(
        None, description="Of a request: until when it can be confirmed"
    )
    recurrence_id: UUID | None = None
    series: SeriesPlaceOut | None = None
    redirect_url: str = ""


class OccurrenceOut(Schema):
    """One booking of a series; each has a link of its own."""

    id: UUID
    status: str
    position: int
    start_time: Instant
    end_time: Instant
    is_recurring_exception: bool = Field(description="It is not where the rule has it")
    access_token: UUID
    manage_url: str
    calendar_url: str


class BookedOut(BookingOut):
    """A booking made just now; of a series the first, with all of them in `bookings`."""

    bookings: list[OccurrenceOut]


class OwnOccurrenceOut(OccurrenceOut):
    """The same on the invitee's own page, with what they may do now."""

    can_cancel: bool
    can_reschedule: bool


class PartyMemberOut(Schema):
    """One of the seats that an attendee's link stands for."""

    id: UUID
    name: str
    email: str
    status: str
    is_you: bool


class ManageOut(BookingOut):
    """The same on the invitee's own page, with what they may do now."""

    invitee_phone: str
    notes: str
    can_cancel: bool
    can_reschedule: bool
    cannot_cancel: str = Field(description="over, started, cutoff, or empty")
    cannot_reschedule: str = Field(description="over, started, cutoff, moves, shared, or empty")
    cannot_change_reason: str = Field(description="The first of these, in words")
    change_until: Instant = Field(description="The last instant at which you may change it")
    moves_left: int | None = Field(description="How often you may still move it; null: no limit")
    repick_asked: bool = Field(
        description="Whether its time was lost before it was confirmed; choose another one"
    )
    cancelled_by: str
    cancellation_reason: str
    access_token_expires_at: Instant | None
    custom_answers: dict[str, Any]
    answers: list[AnswerOut]
    occurrences: list[OwnOccurrenceOut] = Field(description="All bookings of its series")
    can_edit: bool
    attendees: list[PartyMemberOut] = Field(
        description="Of a group session: your own seat and those of whom you brought"
    )
    others: list[str] = Field(
        description="Names of the other attendees, where the organizer shows them to each other"
    )
    can_add_attendee: bool
    can_ask_sooner: bool
    sooner: SoonerOut | None = Field(description="Earlier times that are asked for")


class CancelIn(Schema):
    """Cancel the booking; of a series also those that follow it, or all."""

    action: Literal["cancel"]
    reason: str = Field("", max_length=2000)
    scope: Scope = "this"


class RescheduleIn(Schema):
    """Move it to another start; of a series also those that follow, or all, by as much."""

    action: Literal["reschedule"]
    start_time: Instant
    timezone: str | None = Field(None, max_length=64)
    scope: Scope = "this"


class RegenerateTokenIn(Schema):
    """Replace the link."""

    action: Literal["regenerate_token"]


class AddAttendeeIn(Schema):
    """Bring somebody to a group session: a seat beside your own."""

    action: Literal["add_attendee"]
    name: str = Field(max_length=200)
    email: str = Field(max_length=254)
    phone: str = Field("", max_length=40)
    custom_answers: dict[str, Any] = Field(default_factory=dict, max_length=200)


class RemoveAttendeeIn(Schema):
    """Give back the seat of somebody whom you brought."""

    action: Literal["remove_attendee"]
    attendee_id: UUID


class UpdateIn(Schema):
    """Change what the booking says about you; what is left out stays."""

    action: Literal["update"]
    invitee_name: str | None = Field(None, max_length=200)
    invitee_phone: str | None = Field(None, max_length=40)
    invitee_timezone: str | None = Field(None, max_length=64)
    notes: str | None = Field(None, max_length=5000)
    custom_answers: dict[str, Any] | None = Field(None, max_length=200)


class EraseIn(Schema):
    """Erase all that is stored of you, for good; the link is dead afterwards."""

    action: Literal["erase"]


def _action(payload: Any) -> str | None:
    action = payload.get("action") if isinstance(payload, dict) else getattr(payload, "action", "")
    return f"{UNION_TAG}{action}" if isinstance(action, str) else None


ManageIn = Annotated[
    Annotated[CancelIn, Tag(f"{UNION_TAG}cancel")]
    | Annotated[RescheduleIn, Tag(f"{UNION_TAG}reschedule")]
    | Annotated[RegenerateTokenIn, Tag(f"{UNION_TAG}regenerate_token")]
    | Annotated[AddAttendeeIn, Tag(f"{UNION_TAG}add_attendee")]
    | Annotated[RemoveAttendeeIn, Tag(f"{UNION_TAG}remove_attendee")]
    | Annotated[UpdateIn, Tag(f"{UNION_TAG}update")]
    | Annotated[AskSoonerIn, Tag(f"{UNION_TAG}ask_sooner")]
    | Annotated[WithdrawSoonerIn, Tag(f"{UNION_TAG}withdraw_sooner")]
    | Annotated[TakeSoonerIn, Tag(f"{UNION_TAG}take_sooner")]
    | Annotated[DeclineSoonerIn, Tag(f"{UNION_TAG}decline_sooner")]
    | Annotated[EraseIn, Tag(f"{UNION_TAG}erase")],
    Discriminator(
        _action,
        custom_error_type="unknown_action",
        custom_error_message=(
            "Choose an action: cancel, reschedule, regenerate_token, add_attendee, "
            "remove_attendee, update, ask_sooner, withdraw_sooner, take_sooner, decline_sooner "
            "or erase."
        ),
    ),
]
