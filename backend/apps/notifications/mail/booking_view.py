"""What a booking mail says: every line already in the reader's words, zone and safety."""

from __future__ import annotations

from dataclasses import dataclass

from apps.notifications.notices import Audience, BookingNotice
from apps.notifications.texts import Texts, texts_for
from apps.notifications.when import When, tell_when
from apps.notifications.wording import one_line, plain_text, shorten, web_link

_TITLE_LENGTH = 120


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


def view_booking(notice: BookingNotice, audience: Audience) -> BookingView:
    """The mail about this change for this reader."""
    texts = texts_for(notice.recipient(audience).locale)
    other = notice.counterpart(audience).shown_name
    event_type = shorten(one_line(notice.event_type_name), _TITLE_LENGTH)
    when = tell_when(notice, audience, texts)
    return BookingView(
        subject=texts.say(
            f"subject_{notice.kind}", event_type=event_type, other=other, when=when.brief
        ),
        locale=texts.locale,
        direction=texts.direction,
        tone={"created": "ok", "rescheduled": "warn", "cancelled": "danger"}[notice.kind],
        tag=texts.say(f"tag_{notice.kind}"),
        title=texts.say("summary", event_type=event_type, other=other),
        lead=_lead(notice, audience, texts),
        when=when,
        is_over=notice.kind == "cancelled",
        rows=_rows(notice, audience, texts),
        quotes=_quotes(notice, audience, texts),
        action=_action(notice, audience, texts),
        reply_hint=texts.say("reply_hint", other=other),
        footer=texts.say("footer", organizer=notice.organizer.shown_name),
    )


def _lead(notice: BookingNotice, audience: Audience, texts: Texts) -> str:
    if notice.kind == "cancelled":
        return _cancelled_lead(notice, audience, texts)
    role = audience
    if audience == "organizer" and not notice.is_served_by_another:
        role = "host"
    return texts.say(
        f"lead_{notice.kind}_{role}",
        other=notice.counterpart(audience).shown_name,
        host=notice.host.shown_name,
    )


def _cancelled_lead(notice: BookingNotice, audience: Audience, texts: Texts) -> str:
    by = notice.cancelled_by
    if by == audience:
        return texts.say("lead_cancelled_by_reader")
    if by == "invitee":
        return texts.say("lead_cancelled_by_other", by=notice.invitee.shown_name)
    if by == "organizer":
        return texts.say("lead_cancelled_by_other", by=notice.organizer.shown_name)
    return texts.say("lead_cancelled_by_system")


def _rows(notice: BookingNotice, audience: Audience, texts: Texts) -> tuple[Row, ...]:
    rows: list[Row] = []
    if audience != "invitee":
        invitee = notice.invitee
        address = one_line(invitee.email)
        rows.append(Row(texts.say("with"), f"{invitee.shown_name}, {address}", f"mailto:{address}"))
        if notice.is_served_by_another:
            rows.append(Row(texts.say("host"), notice.host.shown_name))
    link = web_link(notice.meeting_link)
    place = one_line(notice.location)
    if notice.kind == "cancelled":
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
    if notice.kind == "cancelled" and notice.cancellation_reason and by_other:
        quotes.append(Row(texts.say("reason"), plain_text(notice.cancellation_reason)))
    if audience != "invitee" and notice.kind != "cancelled":
        quotes += [
            Row(one_line(question), plain_text(answer)) for question, answer in notice.answers
        ]
        if notice.notes.strip():
            quotes.append(Row(texts.say("notes"), plain_text(notice.notes)))
    return tuple(quote for quote in quotes if quote.text)


def _action(notice: BookingNotice, audience: Audience, texts: Texts) -> Row | None:
    if audience == "invitee":
        if notice.kind == "cancelled":
            return None
        key, url = "change_or_cancel", web_link(notice.manage_url)
    else:
        key, url = "open_booking", web_link(notice.dashboard_url)
    return Row(texts.say(key), url, url) if url else None
