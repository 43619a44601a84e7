"""Write the OpenAPI document: `manage.py export_openapi [--output openapi.json]`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string


class Command(BaseCommand):
    """The document that `/api/v1/openapi.json` answers, indented, for typed clients."""

    help = "Write the OpenAPI document of the API, to a file or to the standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--output", type=Path, help="a file instead of the standard output")

    def handle(self, *args: Any, output: Path | None = None, **options: Any) -> None:
        document = import_string("config.openapi.build_document")()
        # Clients are generated at one place and used at any: no address of ours in them.
        document["servers"] = [{"url": "/"}]
        text = orjson.dumps(document, option=orjson.OPT_INDENT_2, default=str).decode()
        if output:
            output.write_text(text + "\n", encoding="utf-8")
        else:
            self.stdout.write(text)
