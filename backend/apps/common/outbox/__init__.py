"""The transactional outbox: effects survive any crash, run at least once, under one identity.

Write with `enqueue` inside the transaction; `config/event_handlers.py: EFFECTS` names the function
that carries each effect out. How rows move: docs/algorithms/outbox.md.
"""

from apps.common.outbox.claiming import lag_seconds
from apps.common.outbox.effects import Effect, EffectContext, EffectFailed
from apps.common.outbox.writing import enqueue

__all__ = ["Effect", "EffectContext", "EffectFailed", "enqueue", "lag_seconds"]
