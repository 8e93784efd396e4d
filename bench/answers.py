"""Consultants' answers through the desk's own action, and their delivery to a mail server."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import figures
from bench.figures import Row
from bench.house import free_ports, house, inside, wait_for
from bench.meter import metered

ANSWERS = 300


class Sink:
    """A mail server that says yes to everything, and counts."""

    def __init__(self) -> None:
        self.taken = 0
        self.last_at = 0.0

    async def hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 sink\r\n")
        while words := await reader.readline():
            verb = words[:4].upper()
            if verb == b"DATA":
                writer.write(b"354 go on\r\n")
                await reader.readuntil(b"\r\n.\r\n")
                self.taken += 1
                self.last_at = time.time()
            writer.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 yes\r\n")
            if verb == b"QUIT":
                break
        writer.close()


@contextmanager
def listening(sink: Sink, port: int) -> Iterator[None]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    opening = asyncio.start_server(sink.hear, "127.0.0.1", port, limit=1 << 24)
    server = asyncio.run_coroutine_threadsafe(opening, loop).result(10)
    try:
        yield
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)


def measure(data: Path, say: Callable[[str], None]) -> list[Row]:
    sink, port = Sink(), free_ports(1)[0]
    relay = f"smtp+plain://127.0.0.1:{port}"
    with listening(sink, port), house(data, SAMEHAND_RELAY=relay) as one:
        with metered(one.roots) as cost:
            written = inside(data, "answer", str(ANSWERS))
            say(f"answers: {written['answers']} written, {sink.taken} delivered so far")
            wait_for(lambda: sink.taken >= written["answers"], "all answers are delivered", every=0.05)
        time.sleep(1)
    count = written["answers"]
    return [
        Row(
            "answers", "written", count / (written["ended"] - written["began"]), "replies/s", remark="one after another"
        ),
        Row("answers", "delivered", count / (sink.last_at - written["began"]), "mails/s", remark="SMTP, one relay"),
        Row("answers", "delivered twice", sink.taken - count, "", "0"),
        *figures.of_cost("answers", cost, count)[:1],
    ]
