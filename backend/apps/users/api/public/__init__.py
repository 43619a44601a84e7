"""`/api/v1/auth/`: sign-in for API clients. Browsers use sessions, under `/_allauth/browser/v1/`."""

from ninja import Router

from apps.users.api.public import email_verification, passwords, sign_in

router = Router()
router.add_router("", sign_in.router)
router.add_router("", passwords.router)
router.add_router("", email_verification.router)

__all__ = ["router"]
