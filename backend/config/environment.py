"""Reads settings from the environment and `.env`; a wrong one ends the start with one clear line.

Every reader takes the variable's name and a default, and names the variable, what was wrong and
the cure in its message. `SystemExit` is deliberate: a server must not start half configured, and
an operator must not dig the reason out of a traceback.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import NoReturn, TypeVar
from urllib.parse import urlsplit

import environ

REPOSITORY = Path(__file__).resolve().parents[2]

_T = TypeVar("_T")

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


def load_dotenv() -> None:
    """Read `.env` at the repository root; variables already in the environment win."""
    path = Path(os.environ.get("ENV_FILE", REPOSITORY / ".env"))
    if path.is_file():
        environ.Env.read_env(path, overwrite=False)


def refuse(name: str, problem: str) -> NoReturn:
    """End the start: `name` is the variable, `problem` what is wrong with it and what to write."""
    # From None: a parser's own error may quote the value.
    raise SystemExit(f"Halfpast cannot start: {name}: {problem}") from None


def text(name: str, default: str = "") -> str:
    """The variable without surrounding blanks; `default` when it is unset or blank."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """A switch: on/off, true/false, yes/no, 1/0."""
    value = text(name).lower()
    if not value:
        return default
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    refuse(name, f'"{value}" is neither on nor off; write on or off')


def whole(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number between `least` and `most`, both included."""
    value = text(name)
    if not value:
        return default
    try:
        number = int(value)
    except ValueError:
        number = least - 1
    if not least <= number <= most:
        refuse(name, f'"{value}" is not a whole number from {least} to {most}')
    return number


def rate(name: str, default: str) -> str:
    """A number of calls in a period, such as 5/m or 100/10m."""
    value = text(name, default).lower()
    if not re.fullmatch(r"[1-9][0-9]{0,6}/(?:[1-9][0-9]{0,3})?[smhd]", value):
        refuse(name, f'"{value}" is not a number per second, minute, hour or day, such as 10/m')
    return value


def choice(name: str, default: str, options: tuple[str, ...]) -> str:
    """One of `options`, in lower case."""
    value = text(name, default).lower()
    if value not in options:
        refuse(name, f'"{value}" is not one of: {", ".join(options)}')
    return value


def words(name: str) -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """A list of addresses and networks separated by commas."""
    found = []
    for word in words(name):
        try:
            found.append(ip_network(word))
        except ValueError:
            refuse(name, f'"{word}" is not an address or network such as 10.0.0.1 or 172.16.0.0/12')
    return found


def web_address(name: str, default: str) -> str:
    """An http(s) address without a path, query or trailing slash."""
    value = text(name, default).rstrip("/")
    try:
        parts = urlsplit(value)
        bad = parts.scheme not in {"http", "https"} or not parts.hostname
        bad = bad or bool(parts.query or parts.fragment or parts.path or parts.username)
        _ = parts.port
    except ValueError:
        bad = True
    if bad:
        refuse(name, f'"{value}" is not an address such as https://book.example.com')
    return value


def parsed(name: str, default: str, parse: Callable[[str], _T], example: str) -> _T:
    """`parse` applied to the variable; its failure is told with `example`.

    The value is never shown: what is read this way carries passwords and keys.
    """
    try:
        return parse(text(name, default))
    except Exception:
        refuse(name, f"cannot be read; write something such as {example}")


def redis_address(url: str) -> str:
    """The address as it is, or "" for none. Raises ValueError when it is not one of a Redis."""
    parts = urlsplit(url)
    if url and parts.scheme not in {"redis", "rediss", "unix"}:
        raise ValueError("not a scheme of Redis")
    _ = parts.port  # raises on a port that is no number
    return url


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens on `host`: a name or an address."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
