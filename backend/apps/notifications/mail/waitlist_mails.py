"""The mails to somebody who waits for a time: joined, offered, lapsed, expired, left."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from apps.common.outbox import Effect
from apps.common.time import get_zone
from apps.notifications.mail.booking_view import BookingView, Row
from apps.notifications.mail.composing import mail_of
from apps.notifications.texts import Texts, texts_for
from apps.notifications.waiting_notices import WaitingNotice
from apps.notifications.when import When, zone_label
from apps.notifications.wording import one_line, shorten, web_link

EFFECT_NAME = "notifications.send_waiting_mail"
_TITLE_LENGTH = 120
_OFFERS = frozenset({"offered", "sooner_offered"})
_TONES = {"joined": "ok", "offered": "ok", "sooner_offered": "ok", "left": "danger"}


def waiting_mail(notice: WaitingNotice) -> Effect:
    """The mail of this notice; each kind once per `number`, in order per person who waits."""
    line = f"waiting:{notice.waiting_id}"
    key = f"{line}:{notice.kind}:{notice.number}"
    return Effect(
        name=EFFECT_NAME,
        payload={
            "notice": notice.to_json(),
            "message_id": _message_id(key),
            "references": _message_id(line),
        },
        idempotency_key=key,
        ordering_key=line,
    )


def _message_id(key: str) -> str:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def compose_waiting_mail(
    notice: WaitingNotice, *, message_id: str, references: str
) -> EmailMultiAlternatives:
    """The mail to whoever waits. Raises `UnusableAddress` when no mail can go to their address.

    It carries no calendar part: nothing is agreed.
    """
    return mail_of(
        view_waiting(notice),
        to=notice.invitee,
        replies_to=notice.organizer,
        message_id=message_id,
        references=references,
    )


def view_waiting(notice: WaitingNotice) -> BookingView:
    """What the mail says, in the reader's words and zone."""
    texts = texts_for(notice.invitee.locale)
    organizer = notice.organizer.shown_name
    event_type = shorten(one_line(notice.event_type_name), _TITLE_LENGTH)
    when = _tell_when(notice, texts)
    kind = notice.kind
    return BookingView(
        subject=texts.say(
            f"waiting_subject_{kind}", event_type=event_type, other=organizer, when=when.brief
        ),
        locale=texts.locale,
        direction=texts.direction,
        tone=_TONES.get(kind, "warn"),
        tag=texts.say(f"waiting_tag_{kind}"),
        title=texts.say("summary", event_type=event_type, other=organizer),
        lead=texts.say(f"waiting_lead_{kind}"),
        when=when,
        is_over=kind in {"expired", "left"},
        rows=tuple(_rows(notice, texts)),
        quotes=(),
        action=_action(notice, texts),
        reply_hint=texts.say("reply_hint", other=organizer),
        footer=texts.say("footer", organizer=organizer),
    )


def _rows(notice: WaitingNotice, texts: Texts) -> list[Row]:
    zone = get_zone(notice.invitee.timezone)
    rows = []
    if notice.offer_ends_at is not None:
        wall = notice.offer_ends_at.astimezone(zone)
        until = texts.say(
            "when", date=texts.date(wall, short=True), time=texts.time(wall), zone=zone.key
        )
        rows.append(Row(texts.say("waiting_answer_until"), until))
    if notice.booked_at is not None:
        wall = notice.booked_at.astimezone(zone)
        booked = texts.say(
            "when", date=texts.date(wall, short=True), time=texts.time(wall), zone=zone.key
        )
        rows.append(Row(texts.say("waiting_booked_now"), booked))
    if notice.position is not None and notice.kind not in _OFFERS:
        rows.append(Row(texts.say("waiting_position"), str(notice.position)))
    return rows


def _action(notice: WaitingNotice, texts: Texts) -> Row | None:
    url = web_link(notice.page_url)
    if not url or notice.kind == "left":
        return None
    key = "waiting_take" if notice.kind in _OFFERS else "waiting_open"
    return Row(texts.say(key), url, url)


def _tell_when(notice: WaitingNotice, texts: Texts) -> When:
    zone = get_zone(notice.invitee.timezone)
    start, end = notice.starts_at.astimezone(zone), notice.ends_at.astimezone(zone)
    date = texts.date(start)
    span = texts.say("span", start=texts.time(start), end=texts.time(end))
    brief = texts.say(
        "when", date=texts.date(start, short=True), time=texts.time(start), zone=zone.key
    )
    if notice.is_span:
        last = (end - timedelta(microseconds=1)).date()
        if last != start.date():
            shown_last = texts.date(datetime.combine(last, start.time()))
            date = texts.say("span", start=date, end=shown_last)
        is_whole_days = start.time() == end.time() == start.time().min
        span = texts.say("waiting_any_time") if is_whole_days else span
        brief = texts.date(start, short=True)
    return When(
        date=date,
        span=span,
        zone=zone_label(notice.starts_at, zone),
        brief=brief,
        other="",
        previous="",
    )
