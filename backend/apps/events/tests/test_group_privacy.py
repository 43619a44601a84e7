"""What attendees of one session may know of each other: nothing."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import time_machine
from icalendar import Calendar

from apps.common.models import OutboxRow
from apps.common.outbox.draining import drain
from apps.events.models import Attendee
from apps.events.services.attendees import remove_attendee
from apps.events.services.bookings import Guest, cancel_booking
from apps.events.tests.groups import ANA, BOOKINGS, add, make_yoga, move, seen, the_session
from apps.notifications.tests.conftest import mail_server  # noqa: F401
from tests.cast import NOW, add_hosts, at, booking_json, join, make_host

pytestmark = pytest.mark.django_db
CREATE = f"{BOOKINGS}create/"


@pytest.fixture
def yoga(ana):
    return make_yoga(ana, max_attendees=8)


PHONES = {"Mia": "+49 111 1111", "Jon": "+49 222 2222", "Kim": "+49 333 3333"}


def _marked(who: str) -> dict[str, str]:
    return {
        "invitee_name": f"{who}name",
        "invitee_email": f"{who}mail@example.net",
        "invitee_phone": PHONES[who],
        "notes": f"{who}notes",
    }


MARKS = {
    "Mia": (
        "Mianame",
        "Miamail",
        "111 1111",
        "Mianotes",
        "Guestname",
        "guestmail",
        "Extraname",
        "extramail",
    ),
    "Jon": ("Jonname", "Jonmail", "222 2222", "Jonnotes"),
    "Kim": ("Kimname", "Kimmail", "333 3333", "Kimnotes"),
    "Nia": ("Nianame", "444 4444"),
}


def _others(who: str) -> list[str]:
    return [mark for name, marks in MARKS.items() if name != who for mark in marks]


def _assert_clean(text: str, who: str) -> None:
    leaked = [mark for mark in _others(who) if mark.casefold() in text.casefold()]
    assert not leaked, (who, leaked, text[:2000])


def test_attendees_never_learn_of_each_other(client, yoga, mail_server):  # noqa: F811
    """Unique marks of each are looked for in all that reaches the others."""
    host_only = make_host("ben", "Ben Osei")
    add_hosts(yoga, yoga.organizer, host_only)
    yoga.kind = "collective"
    yoga.save()
    kept: dict[str, list[str]] = {who: [] for who in MARKS}
    tokens: dict[str, str] = {}

    def keep(who: str, response, status: int | None = 200):
        assert status is None or response.status_code == status, response.content
        kept[who].append(response.content.decode())
        return response

    def post(path: str, body) -> object:
        return client.post(path, body, content_type="application/json")

    def act(who: str, body):
        return keep(who, post(f"/api/v1/events/booking/{tokens[who]}/manage/", body))

    def look(who: str) -> None:
        own = f"/booking/{tokens[who]}/manage"
        api = f"/api/v1/events{own}/"
        for path in (own, f"{own}?booked", f"{own}?cancelled", f"{own}/cancel", f"{own}/move", api):
            keep(who, client.get(path))
        for file in ("calendar.ics", "data.json"):
            keep(who, client.get(f"/api/v1/events/booking/{tokens[who]}/{file}"))

    mails = mail_server
    with time_machine.travel(NOW, tick=False):
        for who in ("Mia", "Jon", "Kim"):
            body = booking_json(yoga, "2026-03-02T10:00:00Z", **_marked(who))
            if who == "Mia":
                body = {
                    **body,
                    "attendees": [{"name": "Guestname", "email": "guestmail@x.example"}],
                }
            tokens[who] = keep(who, post(CREATE, body), 201).json()["access_token"]
            for present in tokens:
                look(present)
        # A refusal, to somebody who moves where nothing is offered.
        body = {"action": "reschedule", "start_time": "2026-03-02T20:00:00Z"}
        keep("Mia", post(f"/api/v1/events/booking/{tokens['Mia']}/manage/", body), 409)
        form = {"action": "reschedule", "start": "2026-03-02T20:00:00Z"}
        keep("Mia", client.post(f"/booking/{tokens['Mia']}/manage", form), 409)
        move(the_session(), at(13))
        # Everything that attendees and the organizer do to single seats.
        act("Mia", {"action": "add_attendee", "name": "Extraname", "email": "extramail@x.example"})
        form = {"action": "add_attendee", "name": "Extraname 2", "email": "extramail@y.example"}
        assert client.post(f"/booking/{tokens['Mia']}/manage", form).status_code == 303
        guest = Attendee.objects.get(email="extramail@y.example")
        act("Mia", {"action": "remove_attendee", "attendee_id": str(guest.pk)})
        act("Jon", {"action": "update", "invitee_name": "Jonname II", "notes": "Jonnotes II"})
        nia = add(the_session(), "Nianame", phone="+49 444 4444")
        tokens["Nia"] = str(nia.access_token)
        full = {"action": "add_attendee", "name": "Extraname", "email": "extramail@z.example"}
        for _ in range(3):
            keep("Mia", post(f"/api/v1/events/booking/{tokens['Mia']}/manage/", full), None)
        act("Jon", {"action": "reschedule", "start_time": "2026-03-02T15:00:00Z"})
        act("Jon", {"action": "reschedule", "start_time": "2026-03-02T13:00:00Z"})
        for who in tokens:
            look(who)
        remove_attendee(
            booking=the_session(status="confirmed"),
            attendee_id=nia.pk,
            reason="Room",
            actor=ANA,
            now=NOW,
        )
        keep("Kim", post(f"/api/v1/events/booking/{tokens['Kim']}/manage/",
                         {"action": "cancel", "reason": "Kimnotes"}))  # fmt: skip
        for who in tokens:
            look(who)
        renewed = keep("Jon", post(f"/api/v1/events/booking/{tokens['Jon']}/manage/",
                                   {"action": "regenerate_token"}))  # fmt: skip
        tokens["Jon"] = renewed.json()["access_token"]
        cancel_booking(
            booking=the_session(status="confirmed"),
            cancelled_by="organizer",
            reason="Storm",
            actor=ANA,
            now=NOW,
        )
        for who in tokens:
            look(who)
        # Everybody else: the public page, the slots, what a stranger is refused.
        public = [
            client.get("/ana/yoga").content.decode(),
            client.get("/api/v1/events/slots/ana/yoga/").content.decode(),
            client.get("/api/v1/events/public/ana/yoga/").content.decode(),
        ]
        OutboxRow.objects.update(run_at=NOW - timedelta(days=1))
        drain()
    for who in kept:
        address = "nianame" if who == "Nia" else f"{who}mail"
        mail = mails.to(f"{address}@example.net")
        assert len(mail) >= 2
        for one in mail:
            for part in one.message.walk():
                kept[who].append(str(part.items()))
                if not part.is_multipart():
                    kept[who].append(part.get_payload(decode=True).decode().replace("\r\n ", ""))
        for text in kept[who]:
            _assert_clean(text, who)
    for text in public:
        _assert_clean(text, "nobody")
    guest = mails.to("guestmail@x.example")
    assert len(guest) == 3
    for one in guest:
        raw = one.raw.decode()
        assert not any(
            mark in raw for mark in (*MARKS["Jon"], *MARKS["Kim"], "Miamail", "Mianotes")
        )
    # The organizer and the host are told all.
    for address in ("ana@example.com", "ben@example.com"):
        text = "".join(one.raw.decode() for one in mails.to(address))
        assert all(f"{who}name" in text for who in kept)


def test_thirty_are_each_told_of_a_move_in_a_mail_of_their_own(yoga, mail_server):  # noqa: F811
    """One update per attendee, of the entry they have, with their seat kept."""
    yoga.max_attendees = 30
    yoga.save()
    guests = tuple(Guest(f"G{n}", f"g{n}@x.example") for n in range(14))
    for name in ("Mia", "Jonas"):
        join(yoga, at(10), name, guests=tuple(
            Guest(f"{name}{one.name}", f"{name.lower()}{one.email}") for one in guests
        ))  # fmt: skip
    uids = {one.email: one.ical_uid for one in Attendee.objects.select_related("booking")}
    tokens = set(Attendee.objects.values_list("access_token", flat=True))
    assert len(set(uids.values())) == len(uids) == 30
    OutboxRow.objects.all().delete()
    with time_machine.travel(NOW, tick=False):
        move(the_session(), at(12))
        drain()
    assert set(Attendee.objects.values_list("access_token", flat=True)) == tokens
    assert (the_session().attendee_count, seen(Attendee.objects.first()).start_time) == (30, at(12))
    for address, uid in uids.items():
        (mail,) = mail_server.to(address)
        message = message_from_bytes(mail.raw, policy=policy.default)
        assert message["To"].addresses[0].addr_spec == address
        assert (len(message["To"].addresses), message["Cc"], message["Bcc"]) == (1, None, None)
        (part,) = (one for one in message.walk() if one.get_content_type() == "text/calendar")
        event = Calendar.from_ical(part.get_content()).walk("VEVENT")[0]
        assert (event["UID"], event["SEQUENCE"], event["DTSTART"].dt) == (uid, 1, at(12))
        attendee = event["ATTENDEE"]
        assert str(attendee) == f"mailto:{address}"
