"""A database and a server of the benchmarks' own, and what they cost."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

BACKEND = Path(__file__).resolve().parents[1]
NAME = "halfpast_benchmark"


def base_database() -> str:
    """The server that `infra/scripts/bench` found or started."""
    return os.environ["TEST_DATABASE_URL"]


def benchmark_database() -> str:
    """The address of the benchmarks' database on it."""
    return urlsplit(base_database())._replace(path=f"/{NAME}").geturl()


def make_database() -> None:
    """Drop, create and migrate it."""
    with psycopg.connect(base_database(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {NAME}")
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=BACKEND,
        env=server_environment(),
        check=True,
    )


def server_environment() -> dict[str, str]:
    """Settings of a server on that database, without Redis."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "benchmarks.served",
        "DATABASE_URL": benchmark_database(),
        "EFFECTS_RUNNER": "celery",
        "CELERY_BROKER_URL": "memory://",
        "LOG_LEVEL": "error",
        "PYTHONPATH": str(BACKEND),
    }


def cpu_seconds(pids: list[int]) -> float:
    """Time on a processor that these processes' threads have spent so far, to the nanosecond."""
    total = 0
    for pid in pids:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            total += int((thread / "schedstat").read_text().split()[0])
    return total / 1e9


def children(pid: int) -> list[int]:
    """The processes that `pid` started."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in text.split()]


def resident_megabytes(pid: int) -> float:
    """Resident memory now."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise ValueError(pid)


def database_pids() -> list[int]:
    """PostgreSQL's processes that serve clients of the benchmarks' database (on this machine)."""
    with psycopg.connect(base_database(), autocommit=True) as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'",
            [NAME],
        ).fetchall()
    return [row[0] for row in rows if Path(f"/proc/{row[0]}").exists()]


class Client:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def get(self, path: str) -> bytes:
        """The body of a 200 answer."""
        self.connection.request("GET", path)
        response = self.connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status} {body[:300]!r}")
        return body

    def post(self, path: str, body: bytes) -> int:
        """The answer's status; its body is read."""
        self.connection.request("POST", path, body, {"Content-Type": "application/json"})
        response = self.connection.getresponse()
        response.read()
        return response.status


@contextmanager
def server(port: int = 8791, *, workers: int = 1, threads: int = 1) -> Iterator[tuple[Client, int]]:
    """gunicorn, one worker with one thread if not told; a client, and the first worker's process id."""
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "config.wsgi:application",
        "--workers",
        str(workers),
        "--threads",
        str(threads),
        "--worker-class",
        "gthread",
        "--bind",
        f"127.0.0.1:{port}",
        "--backlog",
        "2048",
        "--log-level",
        "error",
        "--keep-alive",
        "75",
    ]
    process = subprocess.Popen(command, cwd=BACKEND, env=server_environment())
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                client = Client(port)
                client.get("/yardstick/constant")
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
        yield client, children(process.pid)[0]
    finally:
        process.terminate()
        process.wait()
