"""How thorough the random and exhaustive tests are, and how much they tried.

`ENGINE_PROOFS=full` in the environment (`make test-exhaustive`) means all zones, all changes of the
clock from 2024 to 2032, and twenty times as many random queries; it takes long.
"""

import os
from collections import Counter

FULL = os.environ.get("ENGINE_PROOFS") == "full"

tried = Counter()
"""What was compared so far in this process, by name; conftest.py tells the sums."""


def examples(usual):
    """How many random examples to try."""
    return usual * 20 if FULL else usual
