"""What a booking mail says: every line already in the reader's words, zone and safety."""

from __future__ import annotations

from dataclasses import dataclass

from apps.notifications.notices import Audience, BookingNotice
from apps.notifications.people import name_hosts, name_others, name_subject
from apps.notifications.texts import Texts, texts_for
from apps.notifications.when import When, tell_instant, tell_when
from apps.notifications.wording import one_line, plain_text, safe_name, shorten, web_link

_TITLE_LENGTH = 120
_TONES = {
    "created": "ok",
    "joined": "ok",
    "rescheduled": "warn",
    "left": "warn",
    "cancelled": "danger",
    "requested": "warn",
    "confirmed": "ok",
    "rejected": "danger",
    "expired": "danger",
    "repick": "warn",
    "reassigned": "warn",
    "assigned": "ok",
    "unassigned": "danger",
}
_OVER = frozenset({"cancelled", "rejected", "expired", "repick", "unassigned"})


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled fact; `link` may be empty."""

    label: str
    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class BookingView:
    """All that the templates show; plain text, they escape it."""

    subject: str
    locale: str
    direction: str
    tone: str
    tag: str
    title: str
    lead: str
    when: When
    is_over: bool
    rows: tuple[Row, ...]
    quotes: tuple[Row, ...]
    action: Row | None
    reply_hint: str
    footer: str
    dates: tuple[DateList, ...] = ()
    """Of a series: which of its dates what happened to."""


@dataclass(frozen=True, slots=True)
class DateList:
    """Dates under one label, a line each."""

    label: str
    lines: tuple[str, ...]


def view_booking(notice: BookingNotice, audience: Audience) -> BookingView:
    """The mail about this change for this reader."""
    texts = texts_for(notice.recipient(audience).locale)
    other = name_others(notice, audience, texts)
    replies_to = notice.counterpart(audience)
    event_type = shorten(one_line(notice.event_type_name), _TITLE_LENGTH)
    when = tell_when(notice, audience, texts)
    return BookingView(
        subject=texts.say(
            f"subject_{notice.kind}",
            event_type=event_type,
            other=name_subject(notice, audience, texts),
            when=when.brief,
        ),
        locale=texts.locale,
        direction=texts.direction,
        tone=_TONES[notice.kind],
        tag=texts.say(f"tag_{notice.kind}"),
        title=texts.say("summary", event_type=event_type, other=other),
        lead=_lead(notice, audience, texts),
        when=when,
        is_over=notice.kind in _OVER,
        rows=_rows(notice, audience, texts),
        quotes=_quotes(notice, audience, texts),
        action=_action(notice, audience, texts),
        reply_hint=(
            texts.say("reply_hint", other=replies_to.shown_name) if replies_to.email else ""
        ),
        footer=texts.say("footer", organizer=notice.organizer.shown_name),
    )


def _lead(notice: BookingNotice, audience: Audience, texts: Texts) -> str:
    if notice.kind == "cancelled":
        return cancelled_lead(notice, audience, texts)
    return texts.say(
        f"lead_{notice.kind}_{role_of(notice, audience)}",
        other=name_subject(notice, audience, texts),
        host=name_hosts(notice, texts),
        by=safe_name(notice.actor_name) or notice.organizer.shown_name,
        until=tell_instant(notice.answer_by, notice, audience, texts),
    )


def role_of(notice: BookingNotice, audience: Audience) -> Audience:
    """As whom the reader is addressed: an organizer who serves it is its host."""
    is_host = audience == "organizer" and notice.is_served_by_organizer
    return "host" if is_host else audience


def cancelled_lead(
    notice: BookingNotice,
    audience: Audience,
    texts: Texts,
    *,
    key: str = "lead_cancelled",
    **values: str,
) -> str:
    """Who cancelled, as this reader is told; the words are those of `key`."""
    by = notice.cancelled_by
    if by == "invitee":
        # An attendee may leave with those they brought, who did nothing themselves.
        name, email = notice.invitee.shown_name, notice.actor_email or notice.invitee.email
    elif by == "organizer":
        name = safe_name(notice.actor_name) or notice.organizer.shown_name
        email = notice.actor_email or notice.organizer.email
    else:
        return texts.say(f"{key}_by_system", **values)
    is_invitees = (by == "invitee") == (audience == "invitee")
    if is_invitees and email.casefold() == notice.recipient(audience).email.casefold():
        return texts.say(f"{key}_by_reader", **values)
    if by == "invitee" and audience == "invitee":
        return texts.say(f"{key}_by_system", **values)
    return texts.say(f"{key}_by_other", by=name, **values)


def _rows(notice: BookingNotice, audience: Audience, texts: Texts) -> tuple[Row, ...]:
    rows: list[Row] = []
    if audience != "invitee":
        invitee = notice.invitee
        address = one_line(invitee.email)
        if address:
            shown = f"{invitee.shown_name}, {address}"
            rows.append(Row(texts.say("with"), shown, f"mailto:{address}"))
        if notice.is_session:
            count, capacity = str(len(notice.attendees)), str(notice.capacity)
            label = texts.say("attendees", count=count, capacity=capacity)
            rows.append(Row(label, ", ".join(party.shown_name for party in notice.attendees)))
        if notice.other_hosts:
            label = texts.say("hosts" if notice.co_hosts else "host")
            rows.append(Row(label, name_hosts(notice, texts)))
    link = web_link(notice.meeting_link)
    place = one_line(notice.location)
    if notice.kind in _OVER:
        return tuple(rows)
    if place or link:
        rows.append(Row(texts.say("where"), place or link, link))
    return tuple(rows)


def _quotes(notice: BookingNotice, audience: Audience, texts: Texts) -> tuple[Row, ...]:
    """Free text of one side, for the other side only.

    What an invitee writes is never mailed to the invitee's address: that would let anybody send
    any text to a stranger through a booking form.
    """
    quotes: list[Row] = []
    by_other = (notice.cancelled_by == "invitee") != (audience == "invitee")
    if notice.kind in {"cancelled", "rejected"} and notice.cancellation_reason and by_other:
        quotes.append(Row(texts.say("reason"), plain_text(notice.cancellation_reason)))
    if audience != "invitee" and notice.kind not in _OVER:
        quotes += [
            Row(one_line(question), plain_text(answer)) for question, answer in notice.answers
        ]
        if notice.notes.strip():
            quotes.append(Row(texts.say("notes"), plain_text(notice.notes)))
    return tuple(quote for quote in quotes if quote.text)


def _action(notice: BookingNotice, audience: Audience, texts: Texts) -> Row | None:
    if audience != "invitee":
        key = "answer_request" if notice.kind == "requested" else "open_booking"
        url = web_link(notice.dashboard_url)
    elif notice.kind == "cancelled":
        return None
    elif notice.kind == "repick":
        key, url = "choose_time", web_link(f"{notice.manage_url}/move")
    elif notice.kind in _OVER:
        key, url = "book_again", web_link(notice.book_url)
    else:
        key, url = "change_or_cancel", web_link(notice.manage_url)
    return Row(texts.say(key), url, url) if url else None
