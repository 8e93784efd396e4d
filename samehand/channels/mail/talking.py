"""SMTP and LMTP as our doors talk them: aiosmtpd, with limits on time and memory, and DATA read in large pieces."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import structlog
from aiosmtpd.smtp import SMTP, Envelope, syntax
from django.conf import settings

from samehand.channels.mail.cutting import beginning
from samehand.channels.mail.keeping import Room

END = b"\r\n.\r\n"
CHUNK = 64 * 1024
MAX_CONNECTIONS = 200
# Silence ends a connection after two minutes; a mail that trickles in, after half an hour.
SILENCE = 120
MAIL_TIME = 30 * 60
# What is larger than we take is read to its end, up to so many times the limit: then the line is cut.
PATIENT = 8
TOO_LARGE = "552 5.3.4 Larger than we take"
DECLARED_TOO_LARGE = "552 Error: message size exceeds fixed maximum message size"
TOO_MUCH = "452 4.3.1 Too much mail at once, try again later"
TOO_MANY = "421 4.3.2 Too many connections, try again later"
TOO_SLOW = "421 4.4.2 The mail took too long"
# What nearly every command carries. Anything else (quoted, commented, empty) goes the long way: the library's parser
# takes a quarter of a millisecond, a fifth of all that a mail costs at the door.
ATOM, LABEL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++", r"[A-Za-z0-9-]++"
BARE = re.compile(rf"<({ATOM}(?:\.{ATOM})*+@{LABEL}(?:\.{LABEL})*+)>[ \t]*+([A-Za-z0-9= -]*+)")
# An answer to which aiosmtpd gives no enhanced code.
PLAIN = re.compile(r"^([245])\d\d (?!\d\.\d|HELP)", re.MULTILINE)
log = structlog.get_logger()


class SmtpDoor(SMTP):
    # Also the size of the chunks in which DATA is read.
    line_length_limit = CHUNK

    def __init__(self, handler: object, room: Room, inside: set[SMTP], **options: Any) -> None:
        super().__init__(handler, **options)
        self.room = room
        self.inside = inside
        self.held = 0
        self.taking = False
        # The size of the mail of which only the beginning is there; 0 when it is whole.
        self.cut_from = 0
        self.endless = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # STARTTLS makes the same connection once more.
        if self not in self.inside and len(self.inside) >= MAX_CONNECTIONS:
            assert isinstance(transport, asyncio.Transport)
            transport.write(f"{TOO_MANY}\r\n".encode())
            transport.close()
            return
        self.inside.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self in self.inside:
            self.inside.discard(self)
            super().connection_lost(error)

    def data_received(self, data: bytes) -> None:
        if self.taking:
            self._reset_timeout()
        super().data_received(data)

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        if bare := BARE.fullmatch(arg):
            return bare[1], bare[2]
        parsed: tuple[str | None, str | None] = super()._getaddr(arg)
        return parsed

    async def push(self, status: Any) -> None:
        if status == DECLARED_TOO_LARGE:
            # It is told before there is a recipient or a word of it: of this mail there can be no case.
            log.warning("mail refused, larger than we take", peer=str((self.session and self.session.peer) or ""))
            status = TOO_LARGE
        if isinstance(status, str) and not status.startswith("220") and status != f"250 {self.hostname}":
            status = PLAIN.sub(lambda code: f"{code[0]}{code[1]}.0.0 ", status, count=1)
        await super().push(status)

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
        try:
            await self.push(self._to_all(await self._receive(self.envelope)))
            if self.endless:
                self._hang_up()
        except TimeoutError:
            await self.push(TOO_SLOW)
            self._hang_up()
        finally:
            self._let_go()
        self._set_post_data_state()  # type: ignore[no-untyped-call]

    def _hang_up(self) -> None:
        assert self.transport is not None
        self.transport.close()

    def _to_all(self, line: str) -> str:
        return line

    async def _receive(self, envelope: Envelope) -> str:
        """What to say about the mail that comes now."""
        self.taking = True
        try:
            async with asyncio.timeout(MAIL_TIME):
                taken = await self._take(settings.MAX_MAIL)
        finally:
            self.taking = False
        if isinstance(taken, str):
            return taken
        envelope.content = envelope.original_content = taken
        # The keeper has its own patience, shorter than ours.
        self._reset_timeout()
        return str(await self._call_handler_hook("DATA"))

    async def _take(self, limit: int) -> bytes | str:
        """The mail without its dots, only its beginning when it is larger than the limit, or why not; it is read to its
        end, but not held in memory."""
        # A dot on the first line ends the mail too: with this it is like any other.
        self._reader._buffer[:0] = b"\r\n"  # type: ignore[attr-defined]
        chunks: list[bytes] = []
        size, ended, refusal = -len(b"\r\n"), False, ""
        self.cut_from, self.endless = 0, False
        while not (ended or self.endless):
            chunk, ended = await self._chunk()
            size += len(chunk)
            if refusal or self.cut_from:
                self.endless = size > PATIENT * limit and not ended
            elif not self._hold(len(chunk)):
                refusal = TOO_MUCH
                chunks.clear()
                self._let_go()
            else:
                chunks.append(chunk)
                if size > limit:
                    chunks = [self._cut(chunks)]
            self.cut_from = size if self.cut_from else 0
        return refusal or b"".join(chunks).replace(b"\r\n..", b"\r\n.")[2:]

    def _cut(self, chunks: list[bytes]) -> bytes:
        self.cut_from = 1
        head = beginning(b"".join(chunks))
        self._let_go()
        self._hold(len(head))
        return head

    async def _chunk(self) -> tuple[bytes, bool]:
        try:
            chunk = await self._reader.readuntil(END)
        except asyncio.LimitOverrunError as overrun:
            # `consumed` stops short of a terminator that has begun.
            return await self._reader.read(overrun.consumed), False
        return chunk[: -len(b".\r\n")], True

    def _hold(self, size: int) -> bool:
        held = self.room.take(size)
        self.held += size if held else 0
        return held

    def _let_go(self) -> None:
        self.room.give_back(self.held)
        self.held = 0


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
