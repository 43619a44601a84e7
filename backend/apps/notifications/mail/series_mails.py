"""The mails about a whole series: one to each side, with one iCalendar file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.core.mail import EmailMultiAlternatives

from apps.common.outbox import Effect
from apps.common.time import get_zone
from apps.notifications.icalendar.series import write_series
from apps.notifications.icalendar.writer import method_for
from apps.notifications.mail.booking_mails import series_line, series_message_id, thread_root
from apps.notifications.mail.booking_view import (
    BookingView,
    DateList,
    cancelled_lead,
    role_of,
    view_booking,
)
from apps.notifications.mail.composing import mail_of
from apps.notifications.notices import Audience
from apps.notifications.people import name_hosts, name_subject
from apps.notifications.series_notices import SeriesNotice, SeriesOccurrence
from apps.notifications.texts import Texts, texts_for
from apps.notifications.when import tell_instant, tell_span, tell_when
from apps.notifications.wording import one_line, shorten

EFFECT_NAME = "notifications.send_series_mail"
_TITLE_LENGTH = 120


def series_mails(series: SeriesNotice) -> list[Effect]:
    """One mail to the invitee, one to the organizer, one to each host who is somebody else."""
    short = series.abridged()
    copies = [series.for_host(host) for host in series.other_hosts]
    return [
        _effect(short, "invitee"),
        _effect(short, "organizer"),
        *(_effect(copy, "host") for copy in copies),
    ]


def compose_series_mail(
    series: SeriesNotice, audience: Audience, *, message_id: str, references: str
) -> EmailMultiAlternatives:
    """The mail to `audience`. Raises `UnusableAddress` when no mail can go to the reader.

    Requests carry no calendar part: nothing is agreed yet. One in the place of agreed times strikes
    those out.
    """
    notice = series.booking
    mail = mail_of(
        view_series(series, audience),
        to=notice.recipient(audience),
        replies_to=notice.counterpart(audience),
        message_id=message_id,
        references=references,
    )
    enclosed = _find_enclosed(series)
    if enclosed is not None:
        method = method_for(enclosed.booking, audience)
        calendar = write_series(enclosed, method=method, audience=audience)
        mail.attach_alternative(calendar.decode(), f"text/calendar; method={method}")
        mail.attach("invite.ics", calendar, "application/ics")
    return mail


def _find_enclosed(series: SeriesNotice) -> SeriesNotice | None:
    if series.booking.kind != "requested":
        return series
    if not series.booking.withdraws_invitation:
        return None
    return replace(series, booking=replace(series.booking, kind="cancelled"))


def view_series(series: SeriesNotice, audience: Audience) -> BookingView:
    """What the mail says: of the first date as of a single booking, and then all of them."""
    notice = series.booking
    texts = texts_for(notice.recipient(audience).locale)
    changed = series.changed
    count = str(len(changed))
    subject = texts.say(
        f"series_subject_{notice.kind}",
        event_type=shorten(one_line(notice.event_type_name), _TITLE_LENGTH),
        other=name_subject(notice, audience, texts),
        count=count,
        when=tell_when(notice, audience, texts).brief,
    )
    return replace(
        view_booking(notice, audience),
        subject=subject,
        lead=_lead(series, audience, texts),
        dates=tuple(_date_lists(series, audience, texts)),
    )


def _lead(series: SeriesNotice, audience: Audience, texts: Texts) -> str:
    notice = series.booking
    if notice.kind == "cancelled":
        return cancelled_lead(notice, audience, texts, key="series_lead_cancelled")
    return texts.say(
        f"series_lead_{notice.kind}_{role_of(notice, audience)}",
        other=name_subject(notice, audience, texts),
        host=name_hosts(notice, texts),
        until=tell_instant(notice.answer_by, notice, audience, texts),
    )


def _date_lists(series: SeriesNotice, audience: Audience, texts: Texts) -> Iterable[DateList]:
    changed = series.changed
    label = texts.say(f"series_dates_{series.booking.kind}", count=str(len(changed)))
    yield DateList(label, tuple(_line(series, one, audience, texts) for one in changed))
    staying = [one for one in series.live if not one.is_changed]
    if staying:
        label = texts.say("series_dates_staying", count=str(len(staying)))
        yield DateList(label, tuple(_line(series, one, audience, texts) for one in staying))


def _line(series: SeriesNotice, one: SeriesOccurrence, audience: Audience, texts: Texts) -> str:
    notice = series.booking
    zone = get_zone(notice.recipient(audience).timezone)
    at = replace(notice, starts_at=one.starts_at, ends_at=one.ends_at)
    values = {
        "date": texts.date(one.starts_at.astimezone(zone), short=True),
        "span": tell_span(at, audience, texts),
    }
    if one.is_changed and one.previous_starts_at is not None:
        previous = tell_instant(one.previous_starts_at, notice, audience, texts)
        return texts.say("series_moved_line", previous=previous, **values)
    return texts.say("series_line", **values)


def _effect(series: SeriesNotice, audience: Audience) -> Effect:
    notice = series.booking
    line = series_line(notice, audience)
    identity = series_message_id(notice, audience, kind=notice.kind, sequence=notice.sequence)
    return Effect(
        name=EFFECT_NAME,
        payload={
            "series": series.to_json(),
            "audience": audience,
            "message_id": identity,
            "references": thread_root(notice, audience),
        },
        idempotency_key=f"{line}:{notice.kind}:{notice.sequence}",
        ordering_key=line,
        sequence=notice.sequence,
    )
