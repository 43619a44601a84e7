"""Resident memory after a first visit: the process of `make run`, and a gunicorn worker.

Limits: 220 MB and 150 MB. What grows them is mostly an import at the top of a module.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import stage

LIMIT_EMBEDDED, LIMIT_WORKER = 220, 150
VISITS = ("/ana", "/ana/intro", "/login", "/api/v1/openapi.json", "/readyz")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def embedded() -> Iterator[tuple[int, int]]:
    """What infra/scripts/run starts, on a database and a folder of its own; port and process."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "PATH": os.environ["PATH"],
            "ENV_FILE": os.devnull,
            "LOG_LEVEL": "error",
            "VAR_DIR": folder,
            "PORT": str(port),
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
        }
        prepare = [sys.executable, "manage.py", "prepare_local"]
        subprocess.run(
            prepare, cwd=stage.BACKEND, env=environment, check=True, stdout=subprocess.DEVNULL
        )
        serve = ["uvicorn", "config.asgi:application", "--port", str(port), "--log-level", "error"]
        process = subprocess.Popen(
            [sys.executable, "-m", *serve], cwd=stage.BACKEND, env=environment
        )
        try:
            yield port, process.pid
        finally:
            process.terminate()
            process.wait()


def visit(port: int) -> None:
    """See each page once, as soon as the server answers."""
    deadline = time.monotonic() + 30
    while True:
        client = stage.Client(port)
        try:
            client.get("/healthz")
            break
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
    for path in VISITS:
        client.get(path)


def main() -> int:
    with embedded() as (port, pid):
        visit(port)
        whole = stage.resident_megabytes(pid)
    stage.make_database()
    with stage.server(free_port()) as (client, pid):
        client.get("/api/v1/openapi.json")
        worker = stage.resident_megabytes(pid)
    print(f"make run's process: {whole:.0f} MB (limit {LIMIT_EMBEDDED})")
    print(f"gunicorn worker:    {worker:.0f} MB (limit {LIMIT_WORKER})")
    return int(whole > LIMIT_EMBEDDED or worker > LIMIT_WORKER)


if __name__ == "__main__":
    sys.exit(main())
