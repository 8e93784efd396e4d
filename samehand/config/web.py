"""The pages' own server: Granian in this process, or with several workers below it."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
from typing import Any

from django.conf import settings
from granian import Granian
from granian.constants import Interfaces
from granian.server.embed import Server

from samehand.config import env
from samehand.config.children import PARENT, die_with_parent

# Live connections of open screens never end by themselves.
PARTING_SECONDS = 2.0


def main(_args: argparse.Namespace) -> None:
    # No access log: the addresses of customers' pages are secrets.
    options: dict[str, Any] = {
        "address": settings.BIND,
        "port": settings.HTTP_PORT,
        "interface": Interfaces.ASGINL,
        "websockets": False,
        "log_access": False,
        "log_enabled": False,
    }
    workers = env.number("SAMEHAND_WEB_WORKERS", 1)
    if workers > 1:
        _serve_many(workers, options)
    else:
        asyncio.run(_serve(options))


async def _serve(options: dict[str, Any]) -> None:
    from samehand.config.asgi import application

    server = Server(application, **options)
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, _part, server, loop)
    await server.serve()


def _part(server: Server, loop: asyncio.AbstractEventLoop) -> None:
    loop.call_later(PARTING_SECONDS, os._exit, 0)
    server.stop()  # type: ignore[no-untyped-call]


def _serve_many(workers: int, options: dict[str, Any]) -> None:
    os.environ[PARENT] = str(os.getpid())
    server = Granian(
        "samehand.config.asgi:application",
        workers=workers,
        workers_kill_timeout=3,
        respawn_failed_workers=True,
        **options,
    )
    server.serve(target_loader=_load_in_worker, wrap_loader=False)


def _load_in_worker() -> Any:
    die_with_parent()
    from samehand.config.asgi import application

    return application
