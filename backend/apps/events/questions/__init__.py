"""What is asked and what may be answered: plain Python, no framework, no database.

`frontend/src/shared/questions/` says the same in TypeScript. `vectors/*.json` holds what both must
answer; `tests/test_agreement.py` looks for a case in which they do not.
"""

from apps.events.questions.checking import Checked, Problem, check_answers, find_visible
from apps.events.questions.question import Answer, Question

__all__ = ["Answer", "Checked", "Problem", "Question", "check_answers", "find_visible"]
