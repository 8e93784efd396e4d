"""Our own SMTP and LMTP door. It says 250 when the mail is durable, and not before."""

from __future__ import annotations

import argparse
import asyncio
import signal
import ssl
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from fnmatch import fnmatchcase
from typing import Any

import django.db
import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session, syntax
from django.conf import settings

from samehand.cases import actions
from samehand.cases.keys import our_domain, signer
from samehand.channels.mail.fingerprint import fingerprint
from samehand.lib.clock import now

END = b"\r\n.\r\n"
CHUNK = 64 * 1024
BATCH = 64
PATIENCE = 60
KEPT = "250 2.0.0 Kept"
FULL = "452 4.3.1 No room to keep it right now, try again later"
AWAY = "451 4.3.0 Cannot keep it right now, try again later"
TOO_LARGE = "552 5.3.4 Larger than we take"
log = structlog.get_logger()


class Keeper:
    """Keeps what arrives on all connections together: one commit for all that came while the last one was written."""

    def __init__(self) -> None:
        self.waiting: asyncio.Queue[tuple[actions.Incoming, asyncio.Future[str]]] = asyncio.Queue()
        # One thread: it owns the database connection.
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="keeper")

    async def keep(self, item: actions.Incoming) -> str:
        """The line to say to the sender, when the mail is durable or when it is clear that it will not be."""
        said: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        await self.waiting.put((item, said))
        try:
            return await asyncio.wait_for(said, PATIENCE)
        except TimeoutError:
            # A database that hangs. Should it be kept after all, the next try is known by its fingerprint.
            return AWAY

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            batch = [await self.waiting.get()]
            while len(batch) < BATCH and not self.waiting.empty():
                batch.append(self.waiting.get_nowait())
            line = await loop.run_in_executor(self.thread, self._accept, [item for item, _ in batch])
            for _, said in batch:
                if not said.done():
                    said.set_result(line)

    @staticmethod
    def _accept(items: list[actions.Incoming]) -> str:
        try:
            django.db.close_old_connections()
            actions.accept(channel="mail", mailbox="door", incoming=items, now=now())
        except django.db.Error as trouble:
            log.error("mail refused for now", trouble=type(trouble).__name__, mails=len(items))
            return AWAY
        except OSError as trouble:
            log.error("mail refused for now", trouble=trouble.strerror, mails=len(items))
            return FULL
        return KEPT


class Handler:
    """Which recipients are ours, and what becomes of a mail."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not is_ours(address):
            return "550 5.1.1 Nobody here has that address"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        raw = bytes(envelope.original_content or b"")
        item = actions.Incoming(
            raw=raw,
            received_at=now(),
            fingerprint=fingerprint(raw),
            envelope={"sender": _clean(envelope.mail_from), "recipients": [_clean(to) for to in envelope.rcpt_tos]},
        )
        return await self.keeper.keep(item)


def is_ours(address: str) -> bool:
    """Addresses of the settings, with anything behind a plus, and our signed reply addresses."""
    local, _, domain = address.lower().strip("<>").rpartition("@")
    plain = f"{local.partition('+')[0]}@{domain}"
    own = [*settings.ADDRESSES, settings.ADDRESS, f"postmaster@{our_domain()}"]
    return any(fnmatchcase(plain, pattern.lower()) for pattern in own) or bool(signer().case_of_address(address))


def _clean(address: str | None) -> str:
    # Surrogates stand for raw bytes in an address; PostgreSQL takes neither them nor NUL.
    return (address or "").replace("\x00", "").encode("utf-8", "replace").decode()


class SmtpDoor(SMTP):
    # Also the size of the chunks in which DATA is read.
    line_length_limit = CHUNK

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:
        """As in aiosmtpd, but reading in chunks: line by line costs ten times the CPU, and refuses the long lines
        that real mail has."""
        if await self.check_helo_needed() or await self.check_auth_needed("DATA"):
            return
        assert self.envelope is not None
        if not self.envelope.rcpt_tos:
            await self.push("503 5.5.1 Error: need RCPT command")
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        raw = await self._take(settings.MAX_MAIL)
        if raw is None:
            await self.push(self._to_all(TOO_LARGE))
        else:
            self.envelope.content = self.envelope.original_content = raw
            await self.push(self._to_all(await self._call_handler_hook("DATA")))
        self._set_post_data_state()  # type: ignore[no-untyped-call]

    def _to_all(self, line: str) -> str:
        return line

    async def _take(self, limit: int) -> bytes | None:
        """The mail without its dots; None when it is over the limit (read to its end, but not held in memory)."""
        chunks, size, ended = await self._opening()
        while not ended:
            try:
                chunk = await self._reader.readuntil(END)
                ended, chunk = True, chunk[: -len(b".\r\n")]
            except asyncio.LimitOverrunError as overrun:
                # `consumed` stops short of a terminator that has begun.
                chunk = await self._reader.read(overrun.consumed)
            size += len(chunk)
            chunks.append(chunk)
            if size > limit:
                chunks.clear()
        raw = b"".join(chunks)
        return None if size > limit else raw.replace(b"\r\n..", b"\r\n.")

    async def _opening(self) -> tuple[list[bytes], int, bool]:
        """The first bytes, where a dot ends the mail although no line break stands before it."""
        opening = b""
        while True:
            byte = await self._reader.readexactly(1)
            if byte == b".":
                after = await self._reader.readexactly(1)
                if after == b"\r":
                    await self._reader.readexactly(1)
                    return [opening], len(opening), True
                return [opening + after], len(opening) + 1, False
            opening += byte
            if byte != b"\r":
                return [opening], len(opening), False
            opening += await self._reader.readexactly(1)


class LmtpDoor(SmtpDoor):
    show_smtp_greeting = False

    @syntax("LHLO hostname")
    async def smtp_LHLO(self, arg: str) -> None:
        await super().smtp_EHLO(arg)

    async def smtp_HELO(self, arg: str) -> None:
        await self.push("500 5.5.1 Error: this is LMTP, say LHLO")

    smtp_EHLO = smtp_HELO

    def _to_all(self, line: str) -> str:
        # RFC 2033: one answer for each accepted recipient.
        assert self.envelope is not None
        return "\r\n".join([line] * len(self.envelope.rcpt_tos))


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

    def door(kind: type[SmtpDoor]) -> Any:
        return lambda: kind(
            handler,
            data_size_limit=settings.MAX_MAIL,
            hostname=our_domain(),
            ident="Samehand",
            enable_SMTPUTF8=True,
            tls_context=context,
            timeout=120,
            loop=loop,
        )

    doors = [
        await loop.create_server(door(SmtpDoor), settings.BIND, settings.SMTP_PORT, backlog=256),
        await loop.create_server(door(LmtpDoor), settings.BIND, settings.LMTP_PORT, backlog=256),
    ]
    keeping = asyncio.create_task(keeper.run())
    log.info("doors open", smtp=settings.SMTP_PORT, lmtp=settings.LMTP_PORT)
    await stop.wait()
    for server in doors:
        server.close()
    # What is being kept is kept; what has not ended yet will be sent again by its sender.
    await asyncio.sleep(0.2)
    keeping.cancel()
    with suppress(asyncio.CancelledError):
        await keeping


def main(args: argparse.Namespace) -> int:
    async def run() -> None:
        stop = asyncio.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
        await serve(Keeper(), stop)

    asyncio.run(run())
    return 0
