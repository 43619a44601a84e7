"""A pytest plugin that writes down what a run really was: how many tests, on which services.

`make test` loads it with `-p tests.suite_report --suite-report FILE` and refuses a run that was
empty, skipped something or used another database than it should. The facts about the services are
asked of the services themselves, inside the process that ran the tests.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection

OUTCOMES = ("passed", "failed", "skipped")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--suite-report", metavar="FILE", help="write counts and services as JSON")


def pytest_configure(config: pytest.Config) -> None:
    if path := config.getoption("--suite-report"):
        config.pluginmanager.register(SuiteReport(config, Path(path)), "suite-report")


@pytest.fixture(scope="session", autouse=True)
def _ask_services(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> None:
    if report := request.config.pluginmanager.get_plugin("suite-report"):
        with django_db_blocker.unblock():
            report.services = {"database": _database(), "cache": _cache()}
            connection.close()


class SuiteReport:
    """Counts tests by outcome; the fixture above adds what the services said they are."""

    def __init__(self, config: pytest.Config, path: Path) -> None:
        self.config = config
        self.path = path
        self.outcomes: dict[str, set[str]] = {name: set() for name in OUTCOMES}
        self.services: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        # A test passes in its call; set-up and teardown can still fail it, or skip it.
        if report.outcome != "passed" or report.when == "call":
            self.outcomes[report.outcome].add(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.outcome != "passed":
            self.outcomes[report.outcome].add(report.nodeid)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        """xdist's controller: take over what a worker found out about its services."""
        self.services = getattr(node, "workeroutput", {}).get("services") or self.services

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, exitstatus: int) -> None:
        if hasattr(self.config, "workeroutput"):  # an xdist worker; its controller writes
            self.config.workeroutput["services"] = self.services
            return
        failed, skipped = self.outcomes["failed"], self.outcomes["skipped"]
        counts = {
            "passed": len(self.outcomes["passed"] - failed - skipped),
            "failed": len(failed),
            "skipped": len(skipped - failed),
        }
        facts = {"names_skipped": sorted(skipped), "exit_status": int(exitstatus)}
        self.path.write_text(json.dumps({**counts, **facts, "services": self.services}))


def _database() -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW server_version")
        else:
            cursor.execute("SELECT sqlite_version()")
        return f"{connection.vendor} {cursor.fetchone()[0]}"


def _cache() -> str:
    """The kind of cache in use; Redis has to answer to be named."""
    if not settings.REDIS_URL:
        return "memory"
    client = cache._cache.get_client(write=True)  # Django's wrapper offers no ping
    client.ping()
    return f"redis {client.info('server')['redis_version']}"
