"""Our own SMTP and LMTP door. It says 250 when the mail is durable, and not before."""

from __future__ import annotations

import argparse
import asyncio
import signal
import ssl
from collections.abc import Collection
from contextlib import suppress
from fnmatch import fnmatchcase
from typing import Any

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from samehand.cases import actions
from samehand.cases.keys import our_domain, plain, signer
from samehand.channels.mail import evidence
from samehand.channels.mail.cutting import limit_in_words
from samehand.channels.mail.fingerprint import fingerprint
from samehand.channels.mail.keeping import IN_FLIGHT, KEPT, Keeper, Room
from samehand.channels.mail.proving import Client
from samehand.channels.mail.talking import PATIENT, SILENCE, TOO_LARGE, LmtpDoor, SmtpDoor
from samehand.lib.clock import now
from samehand.people.queries import our_addresses

MAX_RECIPIENTS = 100
ADDRESSES_EVERY = 5.0
log = structlog.get_logger()


class Handler:
    """Which recipients are ours, and what becomes of a mail."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper
        self.own: frozenset[str] = frozenset()

    async def follow_addresses(self) -> None:
        """Addresses that an administrator adds are taken mail for within seconds; a database that is away changes
        nothing."""
        while True:
            with suppress(DatabaseError):
                self.own = await asyncio.to_thread(_our_addresses)
            await asyncio.sleep(ADDRESSES_EVERY)

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", "250-ENHANCEDSTATUSCODES", responses[-1]]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not is_ours(address, self.own):
            return "550 5.1.1 Nobody here has that address"
        if len(envelope.rcpt_tos) >= MAX_RECIPIENTS:
            return "452 4.5.3 Too many recipients, send it to the others in another mail"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SmtpDoor, session: Session, envelope: Envelope) -> str:
        raw, received_at = bytes(envelope.original_content or b""), now()
        sender, recipients = _clean(envelope.mail_from), [_clean(to) for to in envelope.rcpt_tos]
        found = await evidence.at_the_door(raw, _stranger(server, session, sender))
        if server.cut_from:
            found = evidence.of_a_beginning(found) | {"cut": {"limit": limit_in_words()}}
        item = actions.Incoming(
            raw=raw,
            received_at=received_at,
            fingerprint=fingerprint(raw),
            envelope={"sender": sender, "recipients": recipients, **found},
        )
        said = await self.keeper.keep(item)
        return _told_of_the_cut(server.cut_from) if server.cut_from and said == KEPT else said


def _told_of_the_cut(size: int) -> str:
    """There is a case now; yet who wrote must hear that we do not have it all, and after "250" nobody would say so."""
    log.warning("only the beginning of a mail kept, larger than we take", size=size)
    return f"{TOO_LARGE} ({limit_in_words()}): we kept only its beginning, send less or in parts"


def _stranger(server: SMTP, session: Session, sender: str) -> Client | None:
    """The server that speaks to us, unless it is our own mail server: LMTP is only spoken within a house."""
    if isinstance(server, LmtpDoor):
        return None
    return evidence.stranger(session.peer, session.host_name or "", sender)


def is_ours(address: str, more: Collection[str] = ()) -> bool:
    """Addresses of the settings, with anything behind a plus, and our signed addresses for replies and bounces."""
    bare = plain(address.strip("<>"))
    own = [*settings.ADDRESSES, settings.ADDRESS, f"postmaster@{our_domain()}"]
    signed = signer().case_of_address(address) or signer().message_of_bounce(address)
    return bool(signed) or bare in more or any(fnmatchcase(bare, pattern.lower()) for pattern in own)


def _our_addresses() -> frozenset[str]:
    close_old_connections()
    try:
        return our_addresses()
    finally:
        connection.close()


def _clean(address: str | None) -> str:
    # Surrogates stand for raw bytes in an address; PostgreSQL takes neither them nor NUL.
    return (address or "").replace("\x00", "").encode("utf-8", "replace").decode()


def tls_context() -> ssl.SSLContext | None:
    """STARTTLS with the operator's certificate; a wrong file stops the door with its name."""
    if not settings.TLS_CERTIFICATE:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(settings.TLS_CERTIFICATE, settings.TLS_KEY or None)
    except (OSError, ssl.SSLError) as trouble:
        raise SystemExit(f"samehand: SAMEHAND_TLS_CERTIFICATE {settings.TLS_CERTIFICATE}: {trouble}") from None
    return context


async def serve(keeper: Keeper, stop: asyncio.Event) -> None:
    loop, handler, context = asyncio.get_running_loop(), Handler(keeper), tls_context()
    room = Room(max(IN_FLIGHT, settings.MAX_MAIL))

    def door(kind: type[SmtpDoor]) -> Any:
        inside: set[SMTP] = set()
        return lambda: kind(
            handler,
            room,
            inside,
            # What we announce and read to its end: a server that heard less would send nothing, not even the beginning.
            data_size_limit=PATIENT * settings.MAX_MAIL,
            hostname=our_domain(),
            ident="Samehand",
            enable_SMTPUTF8=True,
            tls_context=context,
            timeout=SILENCE,
            loop=loop,
        )

    doors = [
        await loop.create_server(door(SmtpDoor), settings.BIND, settings.SMTP_PORT, backlog=256),
        await loop.create_server(door(LmtpDoor), settings.BIND, settings.LMTP_PORT, backlog=256),
    ]
    following = asyncio.create_task(handler.follow_addresses())
    keeping = asyncio.create_task(keeper.run())
    log.info("doors open", smtp=settings.SMTP_PORT, lmtp=settings.LMTP_PORT)
    await first_of(keeping, asyncio.create_task(stop.wait()))
    for server in doors:
        server.close()
    # What is being kept is kept; what has not ended yet will be sent again by its sender.
    await asyncio.sleep(0.2)
    keeping.cancel()
    following.cancel()
    with suppress(asyncio.CancelledError):
        await keeping


async def first_of(keeping: asyncio.Task[None], stopping: asyncio.Task[Any]) -> None:
    """Until we are to stop. Doors behind which nothing is kept must not stay open: then the process ends by its
    fault, and is started anew."""
    await asyncio.wait({keeping, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if keeping.done():
        raise SystemExit(f"samehand: keeping mail has ended: {keeping.exception()!r}")


def main(args: argparse.Namespace) -> int:
    async def run() -> None:
        stop = asyncio.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
        await serve(Keeper(), stop)

    asyncio.run(run())
    return 0
