"""Answers: sent with a booking, shown to its two sides, changed by either."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
import time_machine

from apps.events.models import Attendee, Booking, CustomQuestion, EventType
from apps.events.notices import notice_of
from tests.cast import NOW, at, book, make_event_type, make_host

pytestmark = pytest.mark.django_db
CREATE = "/api/v1/events/bookings/create/"
WHERE, CITY, SEATS = (str(UUID(int=number)) for number in (1, 2, 3))


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ana():
    return make_host()


@pytest.fixture
def intro(ana):
    return _with_questions(make_event_type(ana))


def _with_questions(event_type: EventType) -> EventType:
    CustomQuestion.objects.bulk_create(
        [
            CustomQuestion(
                id=WHERE,
                event_type=event_type,
                question_text="Where shall we meet?",
                question_type="radio",
                options=["Online", "In person"],
                is_required=True,
                order=0,
            ),
            CustomQuestion(
                id=CITY,
                event_type=event_type,
                question_text="In which city?",
                is_required=True,
                conditions={"all": [{"question": WHERE, "op": "equals", "value": "In person"}]},
                order=1,
            ),
            CustomQuestion(
                id=SEATS,
                event_type=event_type,
                question_text="How many seats?",
                question_type="number",
                validation_rules={"min": 1, "max": 8},
                order=2,
            ),
        ]
    )
    return event_type


def _create(client, answers, **fields):
    body = {
        "organizer_slug": "ana",
        "event_type_slug": "intro",
        "start_time": "2026-03-03T09:00:00Z",
        "invitee_name": "Jonas Keller",
        "invitee_email": "jonas@keller.example",
        "invitee_timezone": "Europe/Berlin",
        "custom_answers": answers,
        **fields,
    }
    return client.post(CREATE, body, content_type="application/json")


def _pointers(answer):
    assert answer.status_code == 422, answer.content
    return {error["pointer"]: error["code"] for error in answer.json()["errors"]}


def test_answers_are_kept_in_canonical_form(client, intro):
    answer = _create(client, {WHERE: "In person", CITY: "  Lisbon ", SEATS: "٣"})
    assert answer.status_code == 201, answer.content
    kept = Booking.objects.get().custom_answers
    assert kept == {WHERE: "In person", CITY: "Lisbon", SEATS: "3"}


def test_what_is_hidden_is_neither_asked_nor_kept(client, intro):
    answer = _create(client, {WHERE: "Online", CITY: "Lisbon"})
    assert answer.status_code == 201, answer.content
    assert Booking.objects.get().custom_answers == {WHERE: "Online"}


def test_what_is_shown_and_required_is_asked(client, intro):
    assert _pointers(_create(client, {})) == {f"/custom_answers/{WHERE}": "required"}
    wrong = _create(client, {WHERE: "In person", SEATS: 9})
    assert _pointers(wrong) == {
        f"/custom_answers/{CITY}": "required",
        f"/custom_answers/{SEATS}": "too_big",
    }
    assert not Booking.objects.exists()


def test_foreign_archived_and_invented_questions_are_named(client, intro, ana):
    other = make_event_type(ana, name="Other", event_type_slug="other")
    foreign = CustomQuestion.objects.create(event_type=other, question_text="Foreign")
    archived = CustomQuestion.objects.create(
        event_type=intro, question_text="Archived", archived_at=NOW
    )
    ids = [str(foreign.pk), str(archived.pk), str(uuid4()), "x/y"]
    answer = _create(client, {WHERE: "Online", **dict.fromkeys(ids, "x")})
    named = [*ids[:3], "x~1y"]
    assert _pointers(answer) == {f"/custom_answers/{one}": "unknown_question" for one in named}


def test_everybody_is_asked_on_their_own(client, ana):
    _with_questions(make_event_type(ana, kind="group", max_attendees=5))
    guest = {"name": "Mia", "email": "mia@example.net"}
    wrong = _create(client, {WHERE: "Online"}, attendees=[{**guest, "custom_answers": {}}])
    assert _pointers(wrong) == {f"/attendees/0/custom_answers/{WHERE}": "required"}

    answers = {WHERE: "In person", CITY: "Porto"}
    right = _create(client, {WHERE: "Online"}, attendees=[{**guest, "custom_answers": answers}])
    assert right.status_code == 201, right.content
    kept = {one.name: one.custom_answers for one in Attendee.objects.all()}
    assert kept == {"Jonas Keller": {WHERE: "Online"}, "Mia": answers}
    assert Booking.objects.get().custom_answers == {}


def test_both_sides_read_them_with_the_questions(client, intro, ana):
    token = _create(client, {WHERE: "Online", SEATS: 2}).json()["access_token"]
    shown = [
        {
            "question": WHERE,
            "text": "Where shall we meet?",
            "type": "radio",
            "value": "Online",
            "shown": "Online",
        },
        {
            "question": SEATS,
            "text": "How many seats?",
            "type": "number",
            "value": "2",
            "shown": "2",
        },
    ]
    assert client.get(f"/api/v1/events/booking/{token}/manage/").json()["answers"] == shown
    client.force_login(ana)
    path = f"/api/v1/events/bookings/{Booking.objects.get().pk}/"
    assert client.get(path).json()["answers"] == shown
    # Also when the question is not asked any more.
    CustomQuestion.objects.filter(pk=WHERE).update(archived_at=NOW)
    assert [one["question"] for one in client.get(path).json()["answers"]] == [SEATS, WHERE]


def test_the_invitee_changes_them_and_dependants_go(client, intro):
    made = _create(client, {WHERE: "In person", CITY: "Lisbon"}).json()
    path = f"/api/v1/events/booking/{made['access_token']}/manage/"

    def update(answers):
        body = {"action": "update", "custom_answers": answers}
        return client.post(path, body, content_type="application/json")

    assert _pointers(update({WHERE: None})) == {f"/custom_answers/{WHERE}": "required"}
    assert _pointers(update({CITY: ""})) == {f"/custom_answers/{CITY}": "required"}
    assert _pointers(update({str(uuid4()): "x"})).popitem()[1] == "unknown_question"
    changed = update({WHERE: "Online"})
    assert changed.status_code == 200, changed.content
    assert Booking.objects.get().custom_answers == {WHERE: "Online"}


def test_an_answer_that_stays_is_not_asked_again(client, intro):
    made = _create(client, {WHERE: "Online", SEATS: 8}).json()
    CustomQuestion.objects.filter(pk=SEATS).update(validation_rules={"max": 4})
    path = f"/api/v1/events/booking/{made['access_token']}/manage/"
    body = {"action": "update", "custom_answers": {SEATS: "8"}}
    assert client.post(path, body, content_type="application/json").status_code == 200
    body["custom_answers"] = {SEATS: "7"}
    changed = client.post(path, body, content_type="application/json")
    assert _pointers(changed) == {f"/custom_answers/{SEATS}": "too_big"}
    assert Booking.objects.get().custom_answers[SEATS] == "8"


def test_the_organizer_changes_them_and_may_leave_some_open(client, intro, ana):
    _create(client, {WHERE: "Online"})
    client.force_login(ana)
    path = f"/api/v1/events/bookings/{Booking.objects.get().pk}/"
    body = {"custom_answers": {WHERE: "In person"}}
    answer = client.patch(path, body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert [one["value"] for one in answer.json()["answers"]] == ["In person"]
    wrong = client.patch(path, {"custom_answers": {SEATS: "x"}}, content_type="application/json")
    assert _pointers(wrong) == {f"/custom_answers/{SEATS}": "not_number"}


@pytest.mark.parametrize("answers", [[], "x", None, {WHERE: {"a": ["b"]}}, {WHERE: 1}])
def test_answers_of_another_shape_are_refused(client, intro, answers):
    assert _pointers(_create(client, answers))
    assert not Booking.objects.exists()


def test_a_pattern_that_would_backtrack_answers_at_once(client, intro):
    CustomQuestion.objects.filter(pk=CITY).update(
        conditions={}, question_type="textarea", validation_rules={"pattern": "(a+)+$"}
    )
    answer = _create(client, {WHERE: "Online", CITY: "a" * 4999 + "!"})
    assert _pointers(answer) == {f"/custom_answers/{CITY}": "pattern"}


def test_messages_tell_them_in_signs_that_need_no_language(client, intro):
    CustomQuestion.objects.filter(pk=CITY).update(conditions={}, question_type="checkbox")
    assert _create(client, {WHERE: "Online", CITY: True}).status_code == 201
    notice = notice_of(Booking.objects.get(), "created", now=NOW)
    assert notice.answers == (("Where shall we meet?", "Online"), ("In which city?", "✓"))


def test_who_was_admitted_earlier_is_not_asked_anew(intro):
    archived = str(
        CustomQuestion.objects.create(
            event_type=intro, question_text="Archived", archived_at=NOW
        ).pk
    )
    booking = book(intro, at(10), was_admitted=True, answers={SEATS: "9", archived: "Then"})
    assert booking.custom_answers == {SEATS: "9", archived: "Then"}
