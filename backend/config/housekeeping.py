"""What is done every few minutes (`apps/common/housekeeping.py`): the only list.

Each is a function of `now`, safe to run twice and in two processes at once.
"""

CHORES: tuple[str, ...] = (
    "apps.common.outbox.claiming.forget_done",
    "apps.common.idempotency.forget_answers",
    "apps.events.services.bookings.complete_past_bookings",
    "apps.events.services.holds.release_lapsed_holds",
    "apps.events.services.requests.expire.expire_requests",
    "apps.events.services.admission.email_codes.forget_email_codes",
    "apps.events.services.audit.seal_audit_rows",
    "apps.events.services.privacy.expire_now_and_then",
    "apps.events.services.waiting.sweep.sweep_waiting",
    "apps.users.services.forget_ended_sessions",
)
