"""How thorough the random and exhaustive tests are.

`ENGINE_PROOFS=full` in the environment means all zones, all changes of the clock from 2024 to 2032,
and twenty times as many random queries; it takes about half an hour.
"""

import os

FULL = os.environ.get("ENGINE_PROOFS") == "full"


def examples(usual):
    """How many random examples to try."""
    return usual * 20 if FULL else usual
