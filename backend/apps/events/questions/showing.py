"""Answers, and what is wrong with them, for people to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from apps.events.questions.checking import Problem


@dataclass(frozen=True, slots=True)
class Words:
    """How a ticked and an unticked box are told."""

    yes: str = "Yes"
    no: str = "No"


ENGLISH = Words()
SIGNS = Words("✓", "✗")
"""Understood in every language: for messages whose reader's language is not known yet."""


def show_answer(value: Any, *, words: Words) -> str:
    """A stored answer as text."""
    if isinstance(value, bool):
        return words.yes if value else words.no
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value)


_CURES = {
    "required": "Answer this question.",
    "must_tick": "Tick this box to go on.",
    "not_text": "Answer with text.",
    "not_list": "Answer with a list of options.",
    "not_tick": "Answer with true or false.",
    "not_option": "Choose from the options.",
    "twice": "Choose each option once.",
    "line_break": "Write the answer on one line.",
    "unreadable": "Leave out characters that cannot be read.",
    "not_email": "Enter an e-mail address, such as ana@example.com.",
    "not_phone": "Enter a phone number, such as +351 912 345 678.",
    "not_url": "Enter a web address, such as https://example.com.",
    "not_number": "Enter a number such as 12 or 12.5, of at most 15 digits and 10 decimals.",
    "not_date": "Enter a date such as 2027-03-11.",
    "not_time": "Enter a time such as 14:30.",
    "too_short": "Write at least {bound} characters.",
    "too_long": "Use at most {bound} characters.",
    "pattern": "This is not in the form that is asked for.",
    "too_small": "Enter {bound} or more.",
    "too_big": "Enter {bound} or less.",
    "too_early": "Choose {bound} or later.",
    "too_late": "Choose {bound} or earlier.",
    "too_few": "Choose at least {bound}.",
    "too_many": "Choose at most {bound}.",
}

PROBLEM_CODES = frozenset(_CURES)
"""Every code of a `Problem`; the pages have a text for each."""


def cure_of(problem: Problem) -> str:
    """What the invitee has to do, in English; the question's own help where a pattern has one."""
    if problem.code == "pattern" and problem.question.help_text:
        return problem.question.help_text
    return _CURES[problem.code].format(bound=problem.bound)
