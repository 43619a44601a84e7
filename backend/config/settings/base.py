"""Settings shared by every way to run. `.env.example` explains each variable."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ

from config import environment as env
from config.observability import configure_sentry

env.load_dotenv()

REPOSITORY = env.REPOSITORY
BACKEND = REPOSITORY / "backend"
FRONTEND_DIST = REPOSITORY / "frontend" / "dist"
VAR = Path(env.text("VAR_DIR", str(REPOSITORY / "var")))

# --- Where this installation is reached -------------------------------------------------------
PORT = env.whole("PORT", 8000, least=1, most=65535)
BASE_URL = env.web_address("BASE_URL", f"http://localhost:{PORT}")
_HOST = urlsplit(BASE_URL).hostname or "localhost"
IS_HTTPS = BASE_URL.startswith("https://")
# This machine's own names always: the health checks inside a container ask by them.
ALLOWED_HOSTS = sorted(
    {*(env.words("ALLOWED_HOSTS") or [_HOST]), "localhost", "127.0.0.1", "[::1]"}
)
CSRF_TRUSTED_ORIGINS = [BASE_URL]
# Addresses and networks of reverse proxies whose X-Forwarded-For is believed.
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES")


def _kept_secret() -> str:
    """A key made once and kept in `var/`, so that sign-ins survive a restart without a setting."""
    path = VAR / "secret_key"
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(48))
        path.chmod(0o600)
    return path.read_text().strip()


SECRET_KEY = env.text("SECRET_KEY")
DEBUG = False

# --- Database ---------------------------------------------------------------------------------
_SQLITE_DEFAULT = f"sqlite:///{VAR / 'halfpast.sqlite3'}"


def _database(url: str) -> dict[str, object]:
    config = dict(environ.Env.db_url_config(url))
    engine = config["ENGINE"]
    if engine == "django.db.backends.sqlite3":
        if config["NAME"] != ":memory:":
            Path(str(config["NAME"])).parent.mkdir(parents=True, exist_ok=True)
        # IMMEDIATE: a transaction that means to write takes the lock at once; a deferred one
        # fails with "database is locked" when two readers both turn into writers.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;"
            ),
        }
    elif engine == "django.db.backends.postgresql":
        config["ENGINE"] = "apps.common.postgresql"
        config["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 16, "timeout": 20}}
        if env.flag("PREPARED_STATEMENTS", default=True):
            # PostgreSQL plans the statements that come again and again once per connection.
            config["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": 5}
    else:
        raise ValueError(engine)
    return config


DATABASES = {
    "default": env.parsed(
        "DATABASE_URL", _SQLITE_DEFAULT, _database, "postgres://user:password@host:5432/halfpast"
    )
}
IS_POSTGRESQL = DATABASES["default"]["ENGINE"] == "apps.common.postgresql"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Cache, effects ---------------------------------------------------------------------------
REDIS_URL = env.parsed("REDIS_URL", "", env.redis_address, "redis://host:6379/0")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "halfpast"}
    )
}
# Embedded: this process dispatches and carries out effects on its own threads.
# Celery: a worker does; a broker is then required.
EFFECTS_RUNNER = env.choice(
    "EFFECTS_RUNNER", "celery" if REDIS_URL else "embedded", ("embedded", "celery")
)
CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", REDIS_URL)
if EFFECTS_RUNNER == "celery" and not CELERY_BROKER_URL:
    env.refuse(
        "EFFECTS_RUNNER", "celery needs REDIS_URL or CELERY_BROKER_URL; write one or use embedded"
    )
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
OUTBOX_LEASE_SECONDS = env.whole("OUTBOX_LEASE_SECONDS", 60, least=1, most=3600)
OUTBOX_POLL_SECONDS = env.whole("OUTBOX_POLL_SECONDS", 1, least=1, most=60)
OUTBOX_THREADS = env.whole("OUTBOX_THREADS", 4, least=1, most=32)
OUTBOX_MAX_ATTEMPTS = env.whole("OUTBOX_MAX_ATTEMPTS", 12, least=1, most=50)
API_ERRORS = "config.api_errors.PROBLEMS"
EVENT_HANDLERS = "config.event_handlers.HANDLERS"
EFFECT_TABLE = "config.event_handlers.EFFECTS"
HOUSEKEEPING = "config.housekeeping.CHORES"

# --- Mail -------------------------------------------------------------------------------------
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.whole("EMAIL_PORT", 25, least=1, most=65535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=False)
EMAIL_USE_SSL = env.flag("EMAIL_USE_SSL", default=False)
if EMAIL_USE_TLS and EMAIL_USE_SSL:
    env.refuse("EMAIL_USE_SSL", "cannot be on together with EMAIL_USE_TLS; keep one of the two")
EMAIL_TIMEOUT = env.whole("EMAIL_TIMEOUT", 15, least=1, most=120)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"Halfpast <halfpast@{_HOST}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_FILE_PATH = str(VAR / "mail")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "apps.notifications.mail.folder.FolderBackend"
)
# The page that shows the mail folder: for development, never on a public server.
SHOW_MAIL_FOLDER = False

# --- What `make run` shows ----------------------------------------------------------------------
# The address it listens on. Mails hold reset links and the demo's password is public: when other
# machines reach the server, neither is there for them.
ONLY_THIS_MACHINE = env.is_loopback(env.text("HOST", "127.0.0.1"))
DEMO = env.flag("DEMO", default=ONLY_THIS_MACHINE)

# --- Applications -----------------------------------------------------------------------------
INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.headless",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "ninja",  # only for its static files: the viewer of the API's document
    "django_prometheus",
    "apps.common",
    "apps.users",
    "apps.integrations",
    "apps.availability",
    "apps.notifications",
    "apps.events",
    "apps.workflows",
]
MIDDLEWARE = [
    "apps.common.middleware.request_id.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Outside of what turns errors into answers: those tell what is left too.
    "apps.common.middleware.rate_limit_headers.RateLimitHeadersMiddleware",
    "apps.common.middleware.api_problems.ApiProblemMiddleware",
    "apps.common.middleware.storable_path.StorablePathMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "apps.users.accounts.middleware.StorableTextMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
# A request body above this is refused with 413; no call of the product needs more.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

# --- Users and sign-in ------------------------------------------------------------------------
AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
EMAIL_VERIFICATION = env.choice("EMAIL_VERIFICATION", "optional", ("optional", "mandatory"))
ACCOUNT_ADAPTER = "apps.users.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FORM_CLASS = "apps.users.accounts.forms.SignupForm"
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = EMAIL_VERIFICATION
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# A reset asked for an address without an account sends nothing: strangers get no mail from us.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
MFA_TOTP_ISSUER = "Halfpast"
HEADLESS_ONLY = True
# API clients have `/api/v1/auth/`, which runs the same flows; `/_allauth/` serves browsers alone.
HEADLESS_CLIENTS = ("browser",)
HEADLESS_ADAPTER = "apps.users.accounts.headless.HeadlessAdapter"
HEADLESS_TOKEN_STRATEGY = "allauth.headless.tokens.strategies.jwt.JWTTokenStrategy"
HEADLESS_JWT_ALGORITHM = "HS256"  # signed with SECRET_KEY
HEADLESS_JWT_ACCESS_TOKEN_EXPIRES_IN = int(timedelta(minutes=15).total_seconds())
HEADLESS_JWT_REFRESH_TOKEN_EXPIRES_IN = int(timedelta(days=30).total_seconds())
HEADLESS_JWT_ROTATE_REFRESH_TOKEN = True
# A token dies with its session: sign-out, a new password and a closed account act at once.
HEADLESS_JWT_STATEFUL_VALIDATION_ENABLED = True
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": f"{BASE_URL}/verify-email/{{key}}",
    "account_reset_password": f"{BASE_URL}/password-reset",
    "account_reset_password_from_key": f"{BASE_URL}/password-reset/{{key}}",
    "account_signup": f"{BASE_URL}/signup",
}
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_FAILURE_VIEW = "apps.common.views.csrf_failure"
LOGIN_URL = "/login"

# --- HTTP APIs --------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "apps.users.api.authentication.BearerAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["apps.common.api.renderers.OrjsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["apps.common.api.parsers.OrjsonParser"],
    "DEFAULT_PAGINATION_CLASS": "apps.common.api.pagination.CursorPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "apps.common.api.drf_errors.handle_exception",
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Halfpast",
    "DESCRIPTION": "Open-source scheduling: slots, bookings, event types, availability.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    # Other shapes have a `kind` with other choices.
    "ENUM_NAME_OVERRIDES": {
        "EventTypeKindEnum": "apps.events.models.Kind",
        "QuestionTypeEnum": "apps.events.models.QuestionType",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.openapi.complete_document",
    ],
}
RATE_LIMITS = env.flag("RATE_LIMITS", default=True)
RATE_LIMIT_BOOKING_ATTEMPTS = env.rate("RATE_LIMIT_BOOKING_ATTEMPTS", "600/m")
RATE_LIMIT_BOOKINGS = env.rate("RATE_LIMIT_BOOKINGS", "5/m")
RATE_LIMIT_BOOKINGS_PER_EMAIL = env.rate("RATE_LIMIT_BOOKINGS_PER_EMAIL", "20/h")
RATE_LIMIT_BOOKINGS_PER_EVENT_TYPE = env.rate("RATE_LIMIT_BOOKINGS_PER_EVENT_TYPE", "120/m")
RATE_LIMIT_EMAIL_CODES = env.rate("RATE_LIMIT_EMAIL_CODES", "10/h")
RATE_LIMIT_EMAIL_CODES_PER_EMAIL = env.rate("RATE_LIMIT_EMAIL_CODES_PER_EMAIL", "5/h")
RATE_LIMIT_HOLDS = env.rate("RATE_LIMIT_HOLDS", "60/m")
RATE_LIMIT_SIGN_IN = env.rate("RATE_LIMIT_SIGN_IN", "10/m")
# Sign-in counts in allauth, by address and by account; what is not named keeps its defaults.
ACCOUNT_RATE_LIMITS = (
    {
        "login": f"{RATE_LIMIT_SIGN_IN}/ip",
        "signup": f"{RATE_LIMIT_SIGN_IN}/ip",
        "resend_verification": "20/m/ip,5/m/key",
    }
    if RATE_LIMITS
    else False
)

# Hosts ("name" or "name:port") that user-given addresses may reach although they are private.
OUTBOUND_ALLOW_HOSTS = env.words("OUTBOUND_ALLOW_HOSTS")

# --- Time, language ---------------------------------------------------------------------------
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
ACCESS_TOKEN_DAYS_AFTER_END = 30
# Minutes for which a time is kept for whoever fills in the form.
HOLD_MINUTES = env.whole("HOLD_MINUTES", 5, least=1, most=60)

# --- Static files -----------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [FRONTEND_DIST] if FRONTEND_DIST.is_dir() else []


def _is_hashed(path: str, url: str) -> bool:
    """Vite's output carries its hash in the name and may be kept for ever."""
    return "/assets/" in url


WHITENOISE_IMMUTABLE_FILE_TEST = _is_hashed
WHITENOISE_MANIFEST_STRICT = False

# --- Security headers -------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"

# --- Logs, errors -----------------------------------------------------------------------------
LOG_LEVEL = env.choice("LOG_LEVEL", "info", ("debug", "info", "warning", "error")).upper()
LOG_FORMAT = env.choice("LOG_FORMAT", "console", ("console", "json"))
LOGGING_CONFIG = "config.observability.configure_logging"
LOGGING = {"level": LOG_LEVEL, "style": LOG_FORMAT}
env.parsed("SENTRY_DSN", "", configure_sentry, "https://key@host/1")
