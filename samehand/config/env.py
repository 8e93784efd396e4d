"""Reading the environment: a wrong value stops the start with the name of the setting and what it should be."""

from __future__ import annotations

import logging
import os
import re
import secrets
import sys
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import structlog

from samehand.core.masking import mask_for_logs

# A process that was stopped within a transaction (Ctrl-Z) must not hold its locks for ever.
STALLED = "60s"
OURS = ("timestamp", "level", "logger")
SHORTEST_KEY = 32
LINK = re.compile(r"/[sf]/[^/\s?\"']+")


class WrongSetting(SystemExit):
    def __init__(self, name: str, wants: str) -> None:
        super().__init__(f"samehand: {name}={os.environ.get(name, '')!r}: {wants}")


def text(name: str, default: str) -> str:
    return os.environ.get(name, "").strip() or default


def dotted(name: str) -> str:
    """The path of a class; "" when there is none."""
    value = text(name, "")
    if value and not re.fullmatch(r"[^\W\d]\w*(\.[^\W\d]\w*)*[.:][^\W\d]\w*", value):
        raise WrongSetting(name, "must look like package.module:Class")
    return value


def number(name: str, default: int) -> int:
    try:
        return int(text(name, str(default)))
    except ValueError:
        raise WrongSetting(name, "must be a whole number") from None


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name, "1" if default else "0").lower()
    if value not in {"0", "1", "yes", "no", "true", "false", "on", "off"}:
        raise WrongSetting(name, "must be 1 or 0")
    return value in {"1", "yes", "true", "on"}


def words(name: str, default: str) -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def place(name: str, default: Path) -> Path | str:
    """A folder, or the address of a bucket."""
    value = text(name, str(default))
    if not value.startswith("s3://"):
        return Path(value).expanduser().resolve()
    if not urlsplit(value).netloc:
        raise WrongSetting(name, "must be a folder or look like s3://bucket/prefix?endpoint=https://...")
    return value


def keys(name: str) -> list[str]:
    """Keys for encryption, the newest first. Short ones could be guessed."""
    found = words(name, "")
    if any(len(key) < SHORTEST_KEY for key in found):
        # The value is not repeated: it would stand in a log.
        raise SystemExit(f"samehand: {name}: each key needs {SHORTEST_KEY} letters or more; try openssl rand -hex 32")
    return found


def networks(name: str, default: str) -> list[IPv4Network | IPv6Network]:
    try:
        return [ip_network(word, strict=False) for word in words(name, default)]
    except ValueError:
        raise WrongSetting(name, "must be addresses or networks like 192.0.2.0/24, with commas between") from None


def pace(name: str, default: str) -> tuple[int, int]:
    """ "20/10": so many mails in so many minutes."""
    mails, _slash, minutes = text(name, default).partition("/")
    if not (mails.isdecimal() and (minutes or "1").isdecimal() and len(mails + minutes) < 10):
        raise WrongSetting(name, "must look like 20/10: mails in minutes; 0 for no bound")
    return int(mails), int(minutes or "1")


def secret(name: str, keep: Path) -> str:
    """The key that signs addresses and links. Without the setting it is made once and kept in the data folder."""
    if value := os.environ.get(name, "").strip():
        return value
    keep.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(keep, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return keep.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(made := secrets.token_urlsafe(48))
    return made


def database(data: Path) -> dict[str, Any]:
    """Django's description of DATABASE_URL; without one, of the PostgreSQL that the house keeps in the data folder."""
    url = os.environ.get("DATABASE_URL", "").strip() or embedded_url(data)
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise WrongSetting("DATABASE_URL", "must look like postgresql://user:password@host:5432/name")
    query = dict(parse_qsl(parts.query))
    query["options"] = f"-c idle_in_transaction_session_timeout={STALLED} {query.get('options', '')}".strip()
    return {
        "NAME": unquote(parts.path.lstrip("/")) or "samehand",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or (parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **query},
        **kept_connections(),
    }


def kept_connections() -> dict[str, Any]:
    """How this role keeps its connections. A fresh one for each mail or page costs more than the work itself. Pages run
    in threads that come and go, so the web server keeps them apart from threads; every other role keeps the connection
    of its thread."""
    if os.environ.get("SAMEHAND_ROLE") == "web":
        return {"ENGINE": "samehand.lib.keeping", "CONN_MAX_AGE": 0}
    return {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 600}


def embedded_url(data: Path) -> str:
    return f"postgresql://samehand@/samehand?host={socket_folder(data)}"


def socket_folder(data: Path) -> Path:
    """Where the own PostgreSQL listens. A socket's path may have 107 bytes, so deep data folders get a short one."""
    near = data / "postgres" / "run"
    if len(str(near)) < 80:
        return near
    import hashlib

    return Path("/tmp") / f"samehand-{hashlib.sha256(str(data).encode()).hexdigest()[:16]}"  # noqa: S108


def _without_secrets(_logger: Any, _method: str, event: Any) -> Any:
    """Servers and Django say in their words what was sent to whom: a customer's link is a key, and his numbers and
    addresses are his."""
    return {name: _shown(value) if name not in OURS else value for name, value in event.items()}


def _without_rows(_logger: Any, _method: str, event: Any) -> Any:
    """PostgreSQL repeats the row that it refuses, and in it stands what somebody wrote to us."""
    told = event.get("exc_info")
    trouble = told[1] if isinstance(told, tuple) else told if isinstance(told, BaseException) else sys.exc_info()[1]
    while told and trouble:
        cause = trouble.__cause__ or trouble.__context__
        said = getattr(getattr(trouble, "diag", None) or getattr(cause, "diag", None), "message_primary", None)
        if said:
            trouble.args = (said,)
        trouble = cause
    return event


def _shown(value: Any) -> Any:
    if isinstance(value, str):
        return mask_for_logs(LINK.sub("/s/...", value))
    if isinstance(value, list | tuple):
        return [_shown(one) for one in value]
    return {name: _shown(one) for name, one in value.items()} if isinstance(value, dict) else value


def _with_role(_logger: Any, _method: str, event: Any) -> Any:
    # Asked for each line: a role that was forked learns after the settings what it is.
    role = os.environ.get("SAMEHAND_ROLE")
    return {"role": role, **event} if role else event


def configure_logging(level: str) -> None:
    """Structured lines on standard error; no mail bodies, ever: callers log ids and reasons."""
    known = logging.getLevelNamesMapping()
    if level.upper() not in known:
        raise WrongSetting("SAMEHAND_LOG", f"must be one of {', '.join(sorted(known)).lower()}")
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_rows,
        structlog.processors.format_exc_info,
        _without_secrets,
        _with_role,
    ]
    renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if sys.stderr.isatty():
        renderer = structlog.dev.ConsoleRenderer(pad_event_to=0)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(known[level.upper()]),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(known[level.upper()])
    for noisy in ("procrastinate", "asyncio", "mail.log", "granian", "imapclient"):
        logging.getLogger(noisy).setLevel(max(known[level.upper()], logging.WARNING))
