"""PostgreSQL, Redis, gunicorn, Celery, behind a proxy that ends TLS."""

from config import environment as env
from config.settings.base import *  # noqa: F403
from config.settings.base import IS_HTTPS, LOG_LEVEL, SECRET_KEY

if len(SECRET_KEY) < 32:
    env.refuse(
        "SECRET_KEY", "needs at least 32 random characters; make some with: openssl rand -base64 48"
    )
if not env.text("BASE_URL"):
    env.refuse("BASE_URL", "is the address invitees use, such as https://book.example.com")

LOG_FORMAT = env.choice("LOG_FORMAT", "json", ("console", "json"))
LOGGING = {"level": LOG_LEVEL, "style": LOG_FORMAT}
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.whole(
    "HSTS_SECONDS", 31_536_000 if IS_HTTPS else 0, least=0, most=63_072_000
)
SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT", default=False)
# Whoever watches a process asks it directly, by http, and follows no redirect.
SECURE_REDIRECT_EXEMPT = ["^(healthz|readyz)$"]
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # the neighbours of this host are not ours to bind to https
    "security.W021",  # nor is a browser's preload list
    "security.W008",  # the proxy sends visitors to https; SSL_REDIRECT for those without one
    "security.W019",  # pages of our own origin may frame a page; others may not
]
