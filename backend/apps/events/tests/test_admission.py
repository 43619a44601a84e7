"""Who may book: domains, the honeypot, upcoming bookings of one person, codes by e-mail."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from apps.common.errors import ValidationFailed
from apps.common.models import OutboxRow
from apps.common.outbox.draining import drain
from apps.events.models import Booking, EmailCode
from apps.events.request_effects import EXPIRE
from apps.events.services.admission.email_codes import forget_email_codes, send_email_code
from apps.events.services.bookings import Guest, cancel_booking
from tests.cast import JONAS, NOW, at, book, booking_json, join, make_event_type
from tests.races import run_at_once

CREATE = "/api/v1/events/bookings/create/"
CODE = "/api/v1/events/bookings/email-code/"

pytestmark = pytest.mark.django_db


def refusal_of(call, *args, **fields):
    """(pointer, code) of each field that was refused."""
    with pytest.raises(ValidationFailed) as refused:
        call(*args, **fields)
    return [(error.pointer, error.code) for error in refused.value.errors]


def change(event_type, **fields):
    for name, value in fields.items():
        setattr(event_type, name, value)
    event_type.save()
    return event_type


# --- Domains


@pytest.mark.parametrize(
    ("email", "is_taken"),
    [
        ("jo@example.com", True),
        ("jo@EXAMPLE.com", True),
        ("jo@mail.example.com", True),
        ("jo@notexample.com", False),
        ("jo@example.com.evil.example", False),
        ("jo@bücher.example", True),
        ("jo@xn--bcher-kva.example", True),
        ("jo@blocked.example.com", False),
        ("jo@deep.blocked.example.com", False),
    ],
)
def test_a_domain_covers_those_below_it_and_what_is_denied_is_not_allowed(intro, email, is_taken):
    change(
        intro,
        allowed_email_domains=["example.com", "xn--bcher-kva.example"],
        denied_email_domains=["blocked.example.com"],
    )
    if is_taken:
        assert book(intro, at(10), invitee_email=email).status == "confirmed"
    else:
        assert refusal_of(book, intro, at(10), invitee_email=email) == [
            ("/invitee_email", "domain_not_allowed")
        ]
        assert not Booking.objects.exists()


def test_guests_are_held_to_the_domains_too(ana):
    yoga = make_event_type(ana, max_attendees=5, denied_email_domains=["spam.example"])
    guests = (Guest("Mia", "mia@example.net"), Guest("Bot", "bot@spam.example"))
    assert refusal_of(book, yoga, at(10), guests=guests) == [
        ("/attendees/1/email", "domain_not_allowed")
    ]


# --- The field that nobody sees


def test_what_a_robot_filled_in_is_refused_by_its_name_alone(client, intro):
    body = booking_json(intro, "2026-03-02T10:00:00Z", website="https://spam.example")
    with time_machine.travel(NOW, tick=False):
        answer = client.post(CREATE, body, "application/json")
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/website"]
    assert not Booking.objects.exists()


# --- Line breaks, and text that turns


@pytest.mark.parametrize(
    "bad", ["jo@x.example\nBcc: all@y.example", "jo\r\n@x.example", "jo\u2028@x.example"]
)
def test_no_address_breaks_out_of_its_line(client, ana, bad):
    yoga = make_event_type(ana, max_attendees=5)
    guest = {"name": "Mia", "email": bad}
    for changes, pointer in (
        ({"invitee_email": bad}, "/invitee_email"),
        ({"attendees": [guest]}, "/attendees/0/email"),
    ):
        body = booking_json(yoga, "2026-03-02T10:00:00Z", **changes)
        with time_machine.travel(NOW, tick=False):
            refused = client.post(CREATE, body, "application/json")
        assert refused.status_code == 422
        assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    ("name", "is_taken"),
    [("نور حداد", True), ("Иван Smith", True), ("Ana\u202eetraud", False), ("Аna Duarte", False)],
)
def test_names_that_pass_for_others_are_refused(ana, name, is_taken):
    yoga = make_event_type(ana, max_attendees=5)
    if is_taken:
        assert join(yoga, at(10), "Jo", invitee_name=name, guests=(Guest(name, "g@x.example"),))
        return
    assert refusal_of(join, yoga, at(10), "Jo", invitee_name=name) == [("/invitee_name", "invalid")]
    guests = (Guest(name, "g@x.example"),)
    assert refusal_of(join, yoga, at(10), "Jo", guests=guests) == [("/attendees/0/name", "invalid")]


# --- Upcoming bookings of one person


def test_so_many_upcoming_bookings_and_no_more(intro):
    change(intro, max_upcoming_per_invitee=2)
    book(intro, at(10))
    second = book(intro, at(11), invitee_email="Jonas@Keller.EXAMPLE")
    for spelling in ("jonas@keller.example", "JONAS+again@keller.example"):
        assert refusal_of(book, intro, at(12), invitee_email=spelling) == [
            ("/invitee_email", "too_many_upcoming")
        ]
    book(intro, at(12), invitee_email="other@keller.example")
    # What is over does not count, nor what was cancelled.
    book(intro, at(14), now=at(10, 30))
    cancel_booking(booking=second, cancelled_by="invitee", reason="", actor=JONAS, now=at(10, 30))
    book(intro, at(15), now=at(10, 30))


def test_dots_are_no_way_around_where_the_provider_ignores_them(intro):
    change(intro, max_upcoming_per_invitee=1)
    book(intro, at(10), invitee_email="jo.nas@gmail.com")
    assert refusal_of(book, intro, at(11), invitee_email="j.onas+x@googlemail.com")
    book(intro, at(11), invitee_email="jo.nas@keller.example")
    book(intro, at(12), invitee_email="jonas@keller.example")


def test_other_event_types_count_for_themselves(ana, intro):
    change(intro, max_upcoming_per_invitee=1)
    other = make_event_type(ana, name="Other", event_type_slug="other", max_upcoming_per_invitee=1)
    book(intro, at(10))
    book(other, at(11))


def test_requests_and_seats_count(ana):
    asking = make_event_type(
        ana, requires_confirmation=True, pending_holds_slot=False, max_upcoming_per_invitee=1
    )
    book(asking, at(10))
    assert refusal_of(book, asking, at(11))
    yoga = make_event_type(
        ana, name="Yoga", event_type_slug="yoga", max_attendees=9, max_upcoming_per_invitee=2
    )
    join(yoga, at(14), "Mia", guests=(Guest("Jonas", "jonas@example.net"),))
    join(yoga, at(15), "Jonas")
    assert refusal_of(join, yoga, at(16), "Jonas") == [("/invitee_email", "too_many_upcoming")]
    twice = (Guest("Lea", "lea@example.net"), Guest("Lea", "LEA@example.net"))
    thrice = (*twice, Guest("Lea", "lea+2@example.net"))
    join(yoga, at(16), "Mia", guests=twice)
    assert {pointer for pointer, _ in refusal_of(join, yoga, at(14), "Tom", guests=thrice)} == {
        "/attendees/0/email",
        "/attendees/1/email",
        "/attendees/2/email",
    }


def test_limited_event_types_alone_look_for_upcoming_bookings(intro, django_assert_max_num_queries):
    book(intro, at(10))
    with django_assert_max_num_queries(60) as asked:
        book(intro, at(11))
    assert not [one for one in asked.captured_queries if "LIKE" in one["sql"]]


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_no_more_than_one_alone(ana):
    event_type = make_event_type(ana, max_upcoming_per_invitee=2)
    for day in range(1, 5):
        outcomes = run_at_once(
            *(
                lambda hour=hour, day=day: book(
                    event_type, at(hour, days=day), invitee_email=f"p{day}+{hour}@keller.example"
                )
                for hour in (9, 10, 11, 13)
            ),
            done="booked",
            refused={ValidationFailed: "too many"},
        )
        assert sorted(outcomes) == ["booked", "booked", "too many", "too many"]


# --- Codes


def ask_code(event_type, email="jonas@keller.example", now=NOW):
    """Have a code mailed; its digits."""
    mail.outbox.clear()
    send_email_code(event_type=event_type, email=email, locale="en", now=now)
    OutboxRow.objects.filter(name=EXPIRE).delete()
    with time_machine.travel(now, tick=False):
        drain()
    [sent] = [one for one in mail.outbox if "code" in one.subject.lower()]
    assert email.lower() in sent.to[0].lower()
    return re.search(r"\b\d{6}\b", sent.body).group(0)


@pytest.fixture
def proving(ana):
    return make_event_type(ana, requires_email_code=True)


def test_a_booking_counts_with_the_code_from_the_mail(proving):
    assert refusal_of(book, proving, at(10)) == [("/email_code", "email_code_required")]
    code = ask_code(proving)
    booked = book(proving, at(10), email_code=f" {code[:3]} {code[3:]} ")
    assert booked.status == "confirmed"
    # It is good for one booking.
    assert refusal_of(book, proving, at(11), email_code=code) == [
        ("/email_code", "email_code_wrong")
    ]


def test_a_code_is_for_one_address_and_one_event_type(ana, proving):
    code = ask_code(proving)
    other = make_event_type(ana, name="Other", event_type_slug="other", requires_email_code=True)
    wrong = [("/email_code", "email_code_wrong")]
    assert refusal_of(book, other, at(10), email_code=code) == wrong
    elsewhere = {"invitee_email": "other@keller.example", "email_code": code}
    assert refusal_of(book, proving, at(10), **elsewhere) == wrong
    assert book(proving, at(10), invitee_email="JONAS@keller.example", email_code=code)


def test_five_wrong_guesses_kill_it(proving):
    code = ask_code(proving)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for _ in range(5):
        assert refusal_of(book, proving, at(10), email_code=wrong)
    assert refusal_of(book, proving, at(10), email_code=code)
    assert book(proving, at(10), email_code=ask_code(proving)).status == "confirmed"


def test_a_right_code_for_a_time_that_is_taken_costs_no_attempt(proving, intro_taken_at_ten):
    code = ask_code(proving)
    for _ in range(6):
        with pytest.raises(intro_taken_at_ten):
            book(proving, at(10), email_code=code)
    assert book(proving, at(11), email_code=code)


@pytest.fixture
def intro_taken_at_ten(ana):
    from apps.events.errors import SlotTaken

    book(make_event_type(ana, name="First", event_type_slug="first"), at(10))
    return SlotTaken


def test_it_is_good_for_a_quarter_of_an_hour(proving):
    code = ask_code(proving)
    late = NOW + timedelta(minutes=15)
    assert refusal_of(book, proving, at(10), now=late, email_code=code)
    assert book(proving, at(10), now=late - timedelta(seconds=1), email_code=code)


def test_a_new_code_kills_the_one_before(proving):
    first, second = ask_code(proving), ask_code(proving)
    assert first != second or EmailCode.objects.count() == 1
    assert refusal_of(book, proving, at(10), email_code="000000" if first == second else first)
    assert book(proving, at(10), email_code=second)


def test_what_is_stored_tells_no_code(proving):
    code = ask_code(proving)
    rows = [str(one.payload) + one.idempotency_key for one in OutboxRow.objects.all()]
    rows += [EmailCode.objects.get().code_hash]
    assert not [text for text in rows if re.search(rf"(?<![0-9a-f]){code}(?![0-9a-f])", text)]
    forget_email_codes(now=NOW + timedelta(minutes=15))
    assert not EmailCode.objects.exists()


def test_codes_over_http(client, proving, intro_free):
    with time_machine.travel(NOW, tick=False):
        body = {"organizer_slug": "ana", "event_type_slug": "intro", "email": "jo@keller.example"}
        answer = client.post(CODE, body, "application/json")
        assert (answer.status_code, answer.json()) == (202, {"expires_at": "2026-03-02T08:15:00Z"})
        for changes, pointer in (
            ({"email": "no address"}, "/email"),
            ({"email": "jo@keller.example\nBcc: x@y.example"}, "/email"),
            ({"website": "x"}, "/website"),
            ({"event_type_slug": "free"}, "/event_type_slug"),
        ):
            refused = client.post(CODE, {**body, **changes}, "application/json")
            assert refused.status_code == 422
            assert [one["pointer"] for one in refused.json()["errors"]] == [pointer]
        unknown = client.post(CODE, {**body, "event_type_slug": "none"}, "application/json")
        assert unknown.status_code == 404


@pytest.fixture
def intro_free(ana):
    return make_event_type(ana, name="Free", event_type_slug="free")


def test_codes_are_rationed_per_address_and_per_client(client, proving, settings):
    settings.RATE_LIMITS = True
    settings.RATE_LIMIT_EMAIL_CODES, settings.RATE_LIMIT_EMAIL_CODES_PER_EMAIL = "4/h", "2/h"
    body = {"organizer_slug": "ana", "event_type_slug": "intro"}

    def ask(email):
        return client.post(CODE, {**body, "email": email}, "application/json").status_code

    assert [ask("jo@keller.example"), ask("JO+1@keller.example")] == [202, 202]
    assert ask("jo@keller.example") == 429
    # What was refused cost nothing: two are left for others.
    assert [ask("a@keller.example"), ask("b@keller.example")] == [202, 202]
    assert ask("c@keller.example") == 429
