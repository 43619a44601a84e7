"""`make run`: SQLite, one process, mail in a folder. Everything may be overridden by `.env`."""

from config.settings.base import *  # noqa: F403
from config.settings.base import (
    EMAIL_HOST,
    ONLY_THIS_MACHINE,
    SECRET_KEY,
    STATIC_ROOT,
    VAR,
    _kept_secret,
)

SECRET_KEY = SECRET_KEY or _kept_secret()
DEBUG = False
SHOW_MAIL_FOLDER = ONLY_THIS_MACHINE and not EMAIL_HOST
WHITENOISE_USE_FINDERS = True
for _folder in (VAR / "mail", STATIC_ROOT):
    _folder.mkdir(parents=True, exist_ok=True)
