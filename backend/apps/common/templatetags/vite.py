"""Puts the files that Vite built into a template.

`{% vite_scripts "dashboard" "src/dashboard/main.tsx" %}` gives the module script and the preloads
of what it imports, `{% vite_styles … %}` links to its stylesheets, `{% vite_inline_styles … %}`
their text. The manifest is read again only when a build has changed it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import structlog
from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

log = structlog.get_logger(__name__)
register = template.Library()


@dataclass(frozen=True, slots=True)
class Chunks:
    """The files an entry needs at once, as paths below its build's folder."""

    script: str
    imports: tuple[str, ...]
    styles: tuple[str, ...]


def _build_folder(build: str) -> Path:
    # Formatted, because pathlib refuses the SafeString that a template passes.
    return Path(f"{settings.FRONTEND_DIST}/{build}")


@lru_cache(maxsize=16)
def _read_chunks(manifest: Path, modified: int, entry: str) -> Chunks:
    chunks = json.loads(manifest.read_text())
    seen: dict[str, dict[str, object]] = {}

    def visit(key: str) -> None:
        if key in seen:
            return
        seen[key] = chunks[key]
        for imported in chunks[key].get("imports", ()):
            visit(imported)

    visit(entry)
    files = [str(chunk["file"]) for chunk in seen.values()]
    styles = dict.fromkeys(css for chunk in seen.values() for css in chunk.get("css", ()))  # type: ignore[attr-defined]
    return Chunks(files[0], tuple(files[1:]), tuple(styles))


def find_chunks(build: str, entry: str) -> Chunks | None:
    """The chunks of `entry`; None, with an error in the log, when the build is not there."""
    manifest = _build_folder(build) / "manifest.json"
    try:
        return _read_chunks(manifest, manifest.stat().st_mtime_ns, entry)
    except FileNotFoundError:
        log.error("frontend_not_built", manifest=str(manifest), cure="run: make setup")
        return None


@lru_cache(maxsize=16)
def _read_style(path: Path, modified: int) -> str:
    return path.read_text()


def inline_styles(build: str, entry: str) -> str:
    """The text of the entry's stylesheets; empty when the build is not there."""
    chunks = find_chunks(build, entry)
    paths = [_build_folder(build) / file for file in chunks.styles] if chunks else []
    return "".join(_read_style(path, path.stat().st_mtime_ns) for path in paths)


def _url(build: str, file: str) -> str:
    return f"{settings.STATIC_URL}{build}/{file}"


@register.simple_tag
def vite_scripts(build: str, entry: str) -> SafeString:
    """The module script and the preloads of its imports."""
    chunks = find_chunks(build, entry)
    if chunks is None:
        return mark_safe("")
    preloads = format_html_join(
        "",
        '<link rel="modulepreload" href="{}">',
        ((_url(build, file),) for file in chunks.imports),
    )
    script = format_html('<script type="module" src="{}"></script>', _url(build, chunks.script))
    return preloads + script


@register.simple_tag
def vite_styles(build: str, entry: str) -> SafeString:
    """Links to the entry's stylesheets."""
    chunks = find_chunks(build, entry)
    return format_html_join(
        "",
        '<link rel="stylesheet" href="{}">',
        ((_url(build, file),) for file in (chunks.styles if chunks else ())),
    )


@register.simple_tag
def vite_inline_styles(build: str, entry: str) -> SafeString:
    """The entry's CSS, for a `<style>` element. Our own build's output: nothing to escape."""
    return mark_safe(inline_styles(build, entry))  # noqa: S308
