"""Questions of an event type, as their organizer sets them."""

from __future__ import annotations

from uuid import uuid4

import pytest

from apps.events.models import CustomQuestion
from tests.cast import make_event_type, make_host

pytestmark = pytest.mark.django_db
PATH = "/api/v1/events/event-types/"


@pytest.fixture
def ana():
    return make_host()


@pytest.fixture
def intro(ana):
    return make_event_type(ana)


@pytest.fixture
def signed_in(client, ana):
    client.force_login(ana)
    return client


def _patch(client, event_type, questions):
    return client.patch(
        f"{PATH}{event_type.pk}/", {"custom_questions": questions}, content_type="application/json"
    )


def _ask(text="What?", **fields):
    return {"question_text": text, "question_type": "text", **fields}


def test_questions_come_back_in_their_order_with_their_defaults(signed_in, intro):
    answer = _patch(signed_in, intro, [_ask("First"), _ask("Second", is_required=True)])
    assert answer.status_code == 200, answer.content
    first, second = answer.json()["custom_questions"]
    assert first == {
        "id": first["id"],
        "question_text": "First",
        "question_type": "text",
        "help_text": "",
        "is_required": False,
        "options": [],
        "conditions": {},
        "validation_rules": {},
        "prefill_key": "",
        "retention_days": None,
    }
    assert (second["question_text"], second["is_required"]) == ("Second", True)


def test_new_ones_may_bring_their_id_and_be_named(signed_in, intro):
    mine = str(uuid4())
    condition = {"all": [{"question": mine.upper(), "op": "equals", "value": "yes"}]}
    answer = _patch(signed_in, intro, [_ask(id=mine), _ask("Why?", conditions=condition)])
    first, second = answer.json()["custom_questions"]
    assert first["id"] == mine
    assert second["conditions"] == {"all": [{"question": mine, "op": "equals", "value": "yes"}]}


def test_known_ones_are_changed_in_place_missing_ones_archived_and_brought_back(signed_in, intro):
    kept, gone = _patch(signed_in, intro, [_ask("Kept"), _ask("Gone")]).json()["custom_questions"]
    answer = _patch(signed_in, intro, [{**kept, "question_text": "Kept, and changed"}])
    assert [one["id"] for one in answer.json()["custom_questions"]] == [kept["id"]]
    assert CustomQuestion.objects.get(pk=gone["id"]).archived_at is not None

    back = _patch(signed_in, intro, [gone, kept]).json()["custom_questions"]
    assert [one["id"] for one in back] == [gone["id"], kept["id"]]
    assert CustomQuestion.objects.count() == 2


def test_a_change_of_something_else_leaves_the_questions_alone(signed_in, intro):
    before = _patch(signed_in, intro, [_ask()]).json()["custom_questions"]
    answer = signed_in.patch(
        f"{PATH}{intro.pk}/", {"name": "Other"}, content_type="application/json"
    )
    assert answer.json()["custom_questions"] == before


def test_a_new_event_type_may_have_them_at_once(signed_in):
    body = {"name": "Interview", "custom_questions": [_ask("Which job?")]}
    answer = signed_in.post(PATH, body, content_type="application/json")
    assert answer.status_code == 201
    assert answer.json()["custom_questions"][0]["question_text"] == "Which job?"


def test_a_copy_has_its_own_and_its_conditions_name_those(signed_in, intro):
    first, second = uuid4(), uuid4()
    condition = {"any": [{"all": [{"question": str(first), "op": "answered"}]}]}
    _patch(signed_in, intro, [_ask(id=str(first)), _ask(id=str(second), conditions=condition)])
    copied = signed_in.post(f"{PATH}{intro.pk}/duplicate/").json()["custom_questions"]
    ids = [one["id"] for one in copied]
    assert not {str(first), str(second)} & set(ids)
    assert copied[1]["conditions"] == {"any": [{"all": [{"question": ids[0], "op": "answered"}]}]}
    assert CustomQuestion.objects.filter(event_type=intro, archived_at=None).count() == 2


def test_ids_of_other_event_types_are_not_taken_over(signed_in, intro):
    other = make_event_type(make_host("bea"), name="Other")
    theirs = CustomQuestion.objects.create(event_type=other, question_text="Theirs")
    answer = _patch(signed_in, intro, [_ask("Mine"), _ask(id=str(theirs.pk))])
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/custom_questions/1/id"]
    theirs.refresh_from_db()
    assert (theirs.event_type_id, theirs.question_text) == (other.pk, "Theirs")


@pytest.mark.parametrize(
    ("question", "pointer"),
    [
        (_ask(""), "/custom_questions/0/question_text"),
        (_ask(question_type="essay"), "/custom_questions/0/question_type"),
        (_ask(options="a"), "/custom_questions/0/options"),
        (_ask(conditions=[]), "/custom_questions/0/conditions"),
        (_ask(validation_rules="x"), "/custom_questions/0/validation_rules"),
        (
            _ask(validation_rules={"pattern": "(?=a)"}),
            "/custom_questions/0/validation_rules/pattern",
        ),
        (_ask(id="x"), "/custom_questions/0/id"),
        (_ask(retention_days=0), "/custom_questions/0/retention_days"),
        (
            _ask(conditions={"all": [{"question": str(uuid4()), "op": "answered"}]}),
            "/custom_questions/0/conditions/all/0/question",
        ),
        (None, "/custom_questions/0"),
    ],
)
def test_the_place_of_a_fault_is_named_and_nothing_changes(signed_in, intro, question, pointer):
    answer = _patch(signed_in, intro, [question])
    assert answer.status_code == 422, answer.content
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]
    assert not CustomQuestion.objects.exists()


def test_a_change_raises_the_version_that_offers_are_kept_by(signed_in, intro, ana):
    def version():
        ana.refresh_from_db()
        return ana.availability_version

    (question,) = _patch(signed_in, intro, [_ask()]).json()["custom_questions"]
    before = version()
    CustomQuestion.objects.filter(pk=question["id"]).update(question_text="Other")
    assert version() > before


def test_the_public_page_tells_them_without_what_is_archived(signed_in, intro):
    kept, _ = _patch(signed_in, intro, [_ask("Kept"), _ask("Gone")]).json()["custom_questions"]
    _patch(signed_in, intro, [kept])
    told = signed_in.get("/api/v1/events/public/ana/intro/").json()["questions"]
    assert [one["question_text"] for one in told] == ["Kept"]
    assert "retention_days" not in told[0]
