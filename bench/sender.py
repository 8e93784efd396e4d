"""The load: mails offered to the LMTP door on several connections, in order, by a process that does little else.

python bench/sender.py PORT CONNECTIONS FOLDER COUNT   prints one JSON line
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

TO = "bok@desk.test"


class Refused(Exception):
    """The door said something else than yes."""


class Line:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def open(cls, port: int) -> Line:
        line = cls(*await asyncio.open_connection("127.0.0.1", port, limit=1 << 20))
        await line.expect(b"2")
        await line.say(b"LHLO bench.test\r\n", b"2")
        return line

    async def say(self, words: bytes, wanted: bytes) -> None:
        self.writer.write(words)
        await self.expect(wanted)

    async def expect(self, wanted: bytes) -> None:
        answer = await self.reader.readline()
        while answer[3:4] == b"-":
            answer = await self.reader.readline()
        if answer[:1] != wanted:
            raise Refused(answer.decode(errors="replace"))

    async def deliver(self, raw: bytes, sender: bytes) -> None:
        await self.say(b"MAIL FROM:<" + sender + b">\r\n", b"2")
        await self.say(f"RCPT TO:<{TO}>\r\n".encode(), b"2")
        await self.say(b"DATA\r\n", b"3")
        await self.say(dotted(raw), b"2")


def dotted(raw: bytes) -> bytes:
    raw = raw if raw.endswith(b"\r\n") else raw + b"\r\n"
    return (b"\r\n" + raw).replace(b"\r\n.", b"\r\n..")[2:] + b".\r\n"


def sender_of(raw: bytes) -> bytes:
    begin = raw.index(b"Return-Path: <") + 14
    return raw[begin : raw.index(b">", begin)]


async def _work(port: int, files: Iterator[Path]) -> int:
    line, sent = await Line.open(port), 0
    for file in files:
        raw = file.read_bytes()
        await line.deliver(raw, sender_of(raw))
        sent += 1
    line.writer.close()
    return sent


async def main(port: int, connections: int, folder: Path, count: int) -> None:
    # One iterator for all: mail 17 is begun when one of the first sixteen is kept.
    files = iter([folder / f"{number:06d}.eml" for number in range(count)])
    began = time.time()
    sent = sum(await asyncio.gather(*(_work(port, files) for _connection in range(connections))))
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = used.ru_utime + used.ru_stime
    print(json.dumps({"began": began, "ended": time.time(), "sent": sent, "cpu": cpu}))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])))
