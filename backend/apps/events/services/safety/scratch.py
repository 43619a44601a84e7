"""A database of its own for the hammer, made and dropped again."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.db import connection
from psycopg import sql

PREFIX = "halfpast_safety_"
"""What the name of every scratch database begins with; nothing else is ever hammered or dropped."""


class NoScratch(Exception):
    """The database server lets us make none."""


@dataclass(frozen=True, slots=True)
class Scratch:
    """An empty database: its name, and its address for another process."""

    name: str
    url: str

    def environment(self) -> dict[str, str]:
        """This process's environment, with the scratch database in the place of the live one.

        Effects stay rows in it: no broker is told of them.
        """
        redis_free = {"REDIS_URL": "", "CELERY_BROKER_URL": "", "EFFECTS_RUNNER": "embedded"}
        return {**os.environ, **redis_free, "DATABASE_URL": self.url, "RATE_LIMITS": "off"}


def is_scratch() -> bool:
    """Whether this process works on a scratch database."""
    return Path(str(connection.settings_dict["NAME"])).name.startswith(PREFIX)


@contextmanager
def scratch_database() -> Iterator[Scratch]:
    """On PostgreSQL a database beside the live one, on SQLite a file. Raises `NoScratch`."""
    name = PREFIX + secrets.token_hex(6)
    if connection.vendor == "sqlite":
        with tempfile.TemporaryDirectory(prefix="halfpast-") as folder:
            yield Scratch(name, f"sqlite:///{Path(folder) / f'{name}.sqlite3'}")
        return
    try:
        _run("CREATE DATABASE {}", name)
    except psycopg.errors.InsufficientPrivilege as refused:
        raise NoScratch(
            "This database user may not create a database to try in. Run "
            f'ALTER ROLE "{connection.settings_dict["USER"]}" CREATEDB as a superuser, '
            "or look at the live tables only: --audit-only."
        ) from refused
    try:
        yield Scratch(name, _address(name))
    finally:
        _run("DROP DATABASE {} WITH (FORCE)", name)


def _run(statement: str, name: str) -> None:
    """Outside of any transaction, on a connection of its own."""
    config = connection.settings_dict
    with psycopg.connect(
        dbname=config["NAME"],
        user=config["USER"] or None,
        password=config["PASSWORD"] or None,
        host=config["HOST"] or None,
        port=config["PORT"] or None,
        autocommit=True,
    ) as raw:
        raw.execute(sql.SQL(statement).format(sql.Identifier(name)))


def _address(name: str) -> str:
    config = connection.settings_dict
    user, password = quote(str(config["USER"]), safe=""), quote(str(config["PASSWORD"]), safe="")
    credentials = f"{user}:{password}" if password else user
    port = f":{config['PORT']}" if config["PORT"] else ""
    return f"postgres://{credentials}@{config['HOST']}{port}/{name}"
