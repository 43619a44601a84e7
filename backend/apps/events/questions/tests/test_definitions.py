"""Which forms may be saved: every fault has its place and its code."""

from __future__ import annotations

import pytest

from apps.events.questions.definitions import find_faults
from apps.events.questions.form_data import question_from


def _faults(*questions):
    asked = [
        question_from({"id": f"q{number}", "question_text": "What?", **question})
        for number, question in enumerate(questions)
    ]
    return [(fault.pointer, fault.code) for fault in find_faults(asked)]


def _shown_when(*leaves):
    return {"conditions": {"all": list(leaves)}}


def _nested(depth):
    leaf = {"question": "q0", "op": "answered"}
    for _ in range(depth):
        leaf = {"any": [leaf]}
    return leaf


ANSWERED = {"question": "q0", "op": "answered"}


@pytest.mark.parametrize(
    ("questions", "pointer", "code"),
    [
        ([{"question_text": " "}], "/0/question_text", "required"),
        ([{"question_text": "x" * 501}], "/0/question_text", "too_long"),
        ([{"help_text": "a\x00"}], "/0/help_text", "unreadable"),
        ([{"question_type": "select"}], "/0/options", "required"),
        ([{"question_type": "text", "options": ["a"]}], "/0/options", "not_for_type"),
        ([{"question_type": "radio", "options": ["a", "a"]}], "/0/options/1", "not_unique"),
        ([{"question_type": "radio", "options": ["a", ""]}], "/0/options/1", "required"),
        ([{"question_type": "radio", "options": ["x" * 201]}], "/0/options/0", "too_long"),
        ([{"question_type": "radio", "options": ["a\nb"]}], "/0/options/0", "unreadable"),
        (
            [{"question_type": "select", "options": [str(n) for n in range(101)]}],
            "/0/options",
            "too_many",
        ),
        ([{"validation_rules": {"min": 1}}], "/0/validation_rules/min", "not_for_type"),
        ([{"validation_rules": {"a/b": 1}}], "/0/validation_rules/a~1b", "not_for_type"),
        ([{"validation_rules": {"pattern": r"(a)\1"}}], "/0/validation_rules/pattern", "invalid"),
        ([{"validation_rules": {"pattern": 5}}], "/0/validation_rules/pattern", "invalid"),
        ([{"validation_rules": {"max_length": 501}}], "/0/validation_rules/max_length", "invalid"),
        ([{"validation_rules": {"min_length": True}}], "/0/validation_rules/min_length", "invalid"),
        (
            [{"validation_rules": {"min_length": 3, "max_length": 2}}],
            "/0/validation_rules/max_length",
            "below_minimum",
        ),
        (
            [{"question_type": "number", "validation_rules": {"min": "x"}}],
            "/0/validation_rules/min",
            "invalid",
        ),
        (
            [{"question_type": "number", "validation_rules": {"min": "0.3", "max": 0.2}}],
            "/0/validation_rules/max",
            "below_minimum",
        ),
        (
            [{"question_type": "date", "validation_rules": {"max_date": "2027-02-30"}}],
            "/0/validation_rules/max_date",
            "invalid",
        ),
        (
            [
                {
                    "question_type": "multiselect",
                    "options": ["a"],
                    "validation_rules": {"min_choices": 2},
                }
            ],
            "/0/validation_rules/min_choices",
            "invalid",
        ),
        ([{"prefill_key": "1a"}], "/0/prefill_key", "invalid"),
        ([{"prefill_key": "Email"}], "/0/prefill_key", "reserved"),
        ([{"prefill_key": "a7"}], "/0/prefill_key", "reserved"),
        ([{"prefill_key": "utm_source"}], "/0/prefill_key", "reserved"),
        ([{"prefill_key": "x"}, {"prefill_key": "X"}], "/1/prefill_key", "not_unique"),
        ([{}, {"id": "q0"}], "/1/id", "not_unique"),
        ([{"conditions": {"all": [ANSWERED]}}], "/0/conditions/all/0/question", "not_earlier"),
        (
            [_shown_when({"question": "q1", "op": "answered"}), {}],
            "/0/conditions/all/0/question",
            "not_earlier",
        ),
        (
            [{}, _shown_when({"question": "gone", "op": "answered"})],
            "/1/conditions/all/0/question",
            "not_earlier",
        ),
        (
            [{}, _shown_when(ANSWERED, {"question": ["q0"], "op": "answered"})],
            "/1/conditions/all/1/question",
            "not_earlier",
        ),
        (
            [{}, _shown_when({"question": "q0", "op": "greater", "value": 1})],
            "/1/conditions/all/0/op",
            "invalid_choice",
        ),
        (
            [{}, _shown_when({"question": "q0", "op": ["equals"], "value": "x"})],
            "/1/conditions/all/0/op",
            "invalid_choice",
        ),
        (
            [{}, _shown_when({"question": "q0", "op": "equals"})],
            "/1/conditions/all/0/value",
            "invalid",
        ),
        (
            [{}, _shown_when({"question": "q0", "op": "equals", "value": "\ud83d"})],
            "/1/conditions/all/0/value",
            "invalid",
        ),
        (
            [
                {"question_type": "select", "options": ["a"]},
                _shown_when({"question": "q0", "op": "equals", "value": "b"}),
            ],
            "/1/conditions/all/0/value",
            "invalid",
        ),
        (
            [
                {"question_type": "checkbox"},
                _shown_when({"question": "q0", "op": "equals", "value": "yes"}),
            ],
            "/1/conditions/all/0/value",
            "invalid",
        ),
        ([{}, _shown_when({**ANSWERED, "more": 1})], "/1/conditions/all/0/more", "unknown"),
        ([{}, _shown_when("x")], "/1/conditions/all/0", "invalid"),
        ([{}, {"conditions": ANSWERED}], "/1/conditions", "invalid"),
        ([{}, {"conditions": {"all": []}}], "/1/conditions/all", "required"),
        ([{}, {"conditions": {"all": {}}}], "/1/conditions/all", "required"),
        (
            [{}, {"conditions": {"all": [ANSWERED], "any": [ANSWERED]}}],
            "/1/conditions",
            "invalid",
        ),
        ([{}, {"conditions": {"any": [ANSWERED] * 60}}], "/1/conditions", "too_many"),
        ([{}, {"conditions": _nested(6)}], "/1/conditions" + "/any/0" * 5 + "/any", "too_deep"),
        ([{}] * 51, "", "too_many"),
    ],
)
def test_fault(questions, pointer, code):
    assert (pointer, code) in _faults(*questions)


def test_a_form_that_uses_everything_may_be_saved():
    assert not _faults(
        {
            "question_type": "multiselect",
            "options": ["a", "b"],
            "validation_rules": {"max_choices": 2},
        },
        {"question_type": "number", "validation_rules": {"min": 0, "max": "10.5"}},
        {"validation_rules": {"min_length": 1, "max_length": 500, "pattern": "[a-z]+"}},
        {
            "prefill_key": "company",
            "conditions": {
                "any": [
                    {"question": "q0", "op": "includes", "value": ["a", "b"]},
                    {"all": [{"question": "q1", "op": "less", "value": 5}, _nested(3)]},
                ]
            },
        },
    )
