"""The test suites: SQLite by default, PostgreSQL and Redis when the environment names them."""

import os

os.environ.setdefault("BASE_URL", "http://testserver")
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 32)
os.environ.setdefault("RATE_LIMITS", "off")
if (_worker := os.environ.get("PYTEST_XDIST_WORKER")) and os.environ.get("REDIS_URL"):
    # Tests that run side by side empty the cache and the queue: each process has its own.
    _server = os.environ["REDIS_URL"].rpartition("/")[0]
    os.environ["REDIS_URL"] = f"{_server}/{int(_worker.removeprefix('gw')) + 1}"

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, IS_POSTGRESQL, VAR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["*"]
SHOW_MAIL_FOLDER = True
WHITENOISE_USE_FINDERS = True
if not IS_POSTGRESQL:
    # A file, not memory: the race tests use threads and processes of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / f"test-{os.getpid()}.sqlite3")}
