"""Logs and error reports of every process: web, workers, commands.

One line per event on stderr, with the request id that came with the request or was stored with
the effect. Neither logs nor reports carry links that act as a key, bodies, cookies or addresses.
"""

from __future__ import annotations

import logging.config
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any
from urllib.parse import urlsplit

import structlog

# Addresses whose last part lets anybody who has it act: see each app's URLs.
_SECRET_PATHS = re.compile(
    r"(/(?:booking|waitlist|verify-email|password-reset|hold)/)"
    r"(?=[^/?#\s\"']*[0-9:])[^/?#\s\"']{16,}"
)
_MAIL_ADDRESS = re.compile(r"[^\s<>@\"']+@[^\s<>@\"']+\.[^\s<>@\"']+")


def hide_tokens(text: str) -> str:
    """The text with the secret part of token links left out."""
    return _SECRET_PATHS.sub(r"\1[token]", text)


def _hide_tokens_in_event(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    for name in ("event", "path", "url", "exception"):
        if isinstance(event.get(name), str):
            event[name] = hide_tokens(event[name])
    return event


def configure_logging(given: Mapping[str, Any]) -> None:
    """Django's LOGGING_CONFIG: `given` is `{"level": "INFO", "style": "console" | "json"}`."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    if given["style"] == "json":
        final: list[Any] = [
            structlog.processors.format_exc_info,
            _hide_tokens_in_event,
            structlog.processors.JSONRenderer(),
        ]
    else:
        final = [
            _hide_tokens_in_event,
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(),
                exception_formatter=structlog.dev.plain_traceback,
            ),
        ]
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "line": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": [
                        *shared,
                        structlog.stdlib.ExtraAdder(allow=("status_code",)),
                    ],
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        *final,
                    ],
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
            "root": {"handlers": ["stderr"], "level": given["level"]},
            "loggers": {
                # These bring handlers of their own; everything leaves by the root instead.
                **{
                    name: {"handlers": [], "propagate": True}
                    for name in (
                        "django",
                        "django.server",
                        "uvicorn",
                        "uvicorn.error",
                        "uvicorn.access",
                        "gunicorn.error",
                        "gunicorn.access",
                        "celery",
                    )
                },
                # At INFO it writes each outgoing address, and feed addresses are secrets.
                "httpx": {"level": "WARNING"},
                # At INFO they write three lines at every tick of the dispatcher.
                "celery.beat": {"level": "WARNING"},
                "celery.worker.strategy": {"level": "WARNING"},
                "celery.app.trace": {"level": "WARNING"},
            },
        }
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def configure_sentry(dsn: str) -> None:
    """Report crashes to Sentry when an address is given; the SDK is not imported otherwise."""
    if not dsn:
        return
    import sentry_sdk

    sentry_sdk.init(
        dsn=dsn,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        before_send=_without_personal_data,
        before_breadcrumb=_without_outgoing_address,
    )


def _without_personal_data(event: Any, _hint: Any) -> Any:
    """Keep what locates the fault: where, which address (without tokens), which request id."""
    request = event.get("request") or {}
    event["request"] = {"method": request.get("method", ""), "url": _bare(request.get("url", ""))}
    event.pop("user", None)
    if "transaction" in event:
        event["transaction"] = hide_tokens(event["transaction"])
    for fault in (event.get("exception") or {}).get("values", ()):
        fault["value"] = _impersonal(fault.get("value") or "")
    if "logentry" in event:
        told = event["logentry"]
        event["logentry"] = {"message": _impersonal(str(told.get("message", "")))}
    for crumb in (event.get("breadcrumbs") or {}).get("values", ()):
        crumb["message"] = _impersonal(str(crumb.get("message") or ""))
    request_id = structlog.contextvars.get_contextvars().get("request_id")
    if request_id:
        event.setdefault("tags", {})["request_id"] = request_id
    return event


def _without_outgoing_address(crumb: Any, _hint: Any) -> Any:
    data = crumb.get("data") or {}
    if "url" in data:
        crumb["data"] = {
            "host": urlsplit(str(data["url"])).hostname,
            "method": data.get("method"),
            "status_code": data.get("status_code"),
        }
    else:
        crumb.pop("data", None)
    return crumb


def _bare(url: str) -> str:
    return hide_tokens(url.partition("?")[0])


def _impersonal(text: str) -> str:
    return _MAIL_ADDRESS.sub("[address]", hide_tokens(text))
