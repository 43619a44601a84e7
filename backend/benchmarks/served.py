"""Settings of the benchmark's server: production's, plus an endpoint that answers a constant."""

import os

os.environ.setdefault("SECRET_KEY", "benchmark-" + "x" * 40)
os.environ.setdefault("BASE_URL", "http://127.0.0.1:8000")
os.environ["RATE_LIMITS"] = "off"

from config.settings.production import *  # noqa: F403

ROOT_URLCONF = "benchmarks.served_urls"
ALLOWED_HOSTS = ["*"]
