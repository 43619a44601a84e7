"""Custom questions: built in the dashboard, asked in the booking form with and without a script."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import expect

from apps.common.time import utc_now
from apps.events.models import Booking, CustomQuestion, QuestionType
from apps.events.selectors.slots import list_slots
from tests.cast import book, make_event_type

pytestmark = pytest.mark.django_db(transaction=True)

WHERE, CITY = UUID(int=1), UUID(int=2)
LISTED = {"select", "radio", "multiselect"}


@pytest.fixture
def event_type(host):
    return make_event_type(host)


@pytest.fixture
def asking(event_type):
    """Asks where; who answers in person is asked for the city; then a question of every type."""
    where = {"question_type": "radio", "options": ["Online", "In person"], "is_required": True}
    in_person = {"all": [{"question": str(WHERE), "op": "equals", "value": "In person"}]}
    CustomQuestion.objects.create(
        id=WHERE, event_type=event_type, question_text="Where shall we meet?", **where
    )
    CustomQuestion.objects.create(
        id=CITY,
        event_type=event_type,
        question_text="In which city?",
        is_required=True,
        conditions=in_person,
        validation_rules={"pattern": "[A-Z].*"},
        help_text="Begin with a capital letter.",
        order=1,
    )
    for order, kind in enumerate(QuestionType.values, 2):
        CustomQuestion.objects.create(
            event_type=event_type,
            question_text=f"A {kind} question",
            question_type=kind,
            help_text="" if kind == "checkbox" else "Only if it matters to you.",
            options=["First", "Second", "Third"] if kind in LISTED else [],
            order=order,
        )
    return event_type


def _choose_a_time(page):
    page.locator(".slots .slot").first.click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Your details")).to_be_visible()


def test_questions_follow_the_answers(open_page, asking, violations_in_every_look):
    page = open_page("/ana/intro?name=Jonas+Keller&email=jonas@keller.example")
    _choose_a_time(page)
    city = page.get_by_label("In which city?")
    expect(city).to_have_count(0)
    page.get_by_label("In person").check()
    city.fill("kiel")
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.locator(".bad")).to_contain_text("Begin with a capital letter.")
    expect(city).to_be_focused()
    assert violations_in_every_look(page) == []

    city.fill("Kiel")
    page.get_by_label("A number question").fill("07.50")
    page.get_by_label("Second").last.check()
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.get_by_role("heading", name="You are booked")).to_be_visible()
    kept = Booking.objects.get().custom_answers
    assert kept[str(WHERE)] == "In person"
    assert kept[str(CITY)] == "Kiel"
    assert {"7.5", False} <= {one for one in kept.values() if not isinstance(one, list)}


def test_without_a_script_the_server_asks_on(open_page, asking):
    page = open_page("/ana/intro/times", java_script_enabled=False)
    page.locator("a.slot").nth(60).click()
    page.get_by_label("Your name").fill("Jonas Keller")
    page.get_by_label("E-mail", exact=True).fill("jonas@keller.example")
    page.get_by_label("In person").check()
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Nothing is lost")
    expect(page.get_by_label("Your name")).to_have_value("Jonas Keller")
    page.get_by_label("In which city?").fill("Kiel")
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.get_by_role("heading", name="You are booked")).to_be_visible()
    expect(page.locator("dd").get_by_text("Kiel")).to_be_visible()


def test_the_form_without_a_script_is_accessible(open_page, asking, violations_in_every_look):
    page = open_page("/ana/intro/times?a1=In+person&name=Jonas")
    page.locator("a.slot").nth(60).click()
    expect(page.get_by_label("In which city?")).to_be_visible()
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.locator("#q-" + str(CITY) + "-help")).to_contain_text("Answer this question.")
    assert violations_in_every_look(page) == []


def test_an_organizer_builds_a_form(open_dashboard, event_type, violations_in_every_look):
    page = open_dashboard(f"/event-types/{event_type.id}/edit")
    page.get_by_role("button", name="Add a question").click()
    page.get_by_label("Question", exact=True).fill("Where shall we meet?")
    page.get_by_label("Answer", exact=True).select_option("radio")
    page.get_by_label("Options").fill("Online\nIn person\n")
    page.get_by_role("button", name="Add a question").click()
    page.get_by_label("Question", exact=True).fill("In which city?")
    page.get_by_label("Show it").select_option("all")
    page.get_by_label("Value of condition 1").select_option("In person")
    page.get_by_text("Rules, links and retention").click()
    page.get_by_label("Pattern").fill("(?=a)")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("look-around are not available")).to_be_visible()
    assert violations_in_every_look(page) == []

    page.get_by_label("Pattern").fill("[A-Z].*")
    page.get_by_role("button", name="Move In which city? up").click()
    expect(page.get_by_role("button", name="Move In which city? down")).to_be_focused()
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("depends on a question that comes later")).to_be_visible()
    page.get_by_role("button", name="Move In which city? down").click()
    page.get_by_role("button", name="Save changes").click()
    expect(page.locator(".toast")).to_contain_text("is saved.")

    where, city = CustomQuestion.objects.order_by("order")
    assert (where.question_type, where.options) == ("radio", ["Online", "In person"])
    condition = {"question": str(where.pk), "op": "equals", "value": "In person"}
    assert city.conditions == {"all": [condition]}
    assert city.validation_rules == {"pattern": "[A-Z].*"}
    expect(
        page.get_by_role("button", name=re.compile("In which city"), expanded=True)
    ).to_be_visible()


def test_endless_words_widen_no_page(open_page, open_dashboard, event_type):
    question = CustomQuestion.objects.create(event_type=event_type, question_text="Q" * 200)
    now = utc_now()
    start = list_slots(event_type, start=now, end=now + timedelta(days=4), now=now)[100].start
    answers = {str(question.pk): "a" * 400}
    booking = book(event_type, start, now=now, notes="n" * 2000, answers=answers)
    narrow = {"viewport": {"width": 320, "height": 700}}
    for page in (
        open_page(f"/booking/{booking.access_token}/manage", **narrow),
        open_dashboard(f"/bookings/{booking.pk}", **narrow),
    ):
        expect(page.get_by_text("a" * 400).first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        answer = page.get_by_text("a" * 400).first.bounding_box()
        assert answer["width"] > 100
        page.context.close()
