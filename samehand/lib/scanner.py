"""The virus scanner (ClamAV's clamd) by its INSTREAM command: bytes go there, a verdict comes back."""

from __future__ import annotations

import socket
import struct
from urllib.parse import urlsplit

CHUNK = 64 * 1024
# Looking into an archive takes its time; a scanner that says nothing for so long is away.
TIMEOUT = 60.0
CONNECT_TIMEOUT = 5.0
MAX_ANSWER = 4_096


class ScannerAway(Exception):
    """Nobody answers, or not as a scanner does: ask again later."""


class TooLarge(Exception):
    """The scanner does not take as much as that."""


def scan(address: str, content: bytes) -> str:
    """The name of what was found in the bytes, '' when they are clean. `address` is `host:port` or a socket's path.
    Raises ScannerAway or TooLarge."""
    try:
        with _connected(address) as line:
            return _verdict(_asked(line, content))
    except OSError as trouble:
        raise ScannerAway(type(trouble).__name__) from None


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(CONNECT_TIMEOUT)
            line.connect(address)
        except OSError:
            line.close()
            raise
    else:
        where = urlsplit(f"//{address}")
        line = socket.create_connection((where.hostname or "localhost", where.port or 3310), CONNECT_TIMEOUT)
    line.settimeout(TIMEOUT)
    return line


def _asked(line: socket.socket, content: bytes) -> bytes:
    try:
        line.sendall(b"zINSTREAM\0")
        for at in range(0, len(content), CHUNK):
            piece = content[at : at + CHUNK]
            line.sendall(struct.pack(">I", len(piece)) + piece)
        line.sendall(struct.pack(">I", 0))
    except (BrokenPipeError, ConnectionResetError):
        # It hangs up in the middle when it has had enough, and may have said so before.
        pass
    answer = b""
    while b"\0" not in answer and len(answer) < MAX_ANSWER and (piece := line.recv(MAX_ANSWER)):
        answer += piece
    return answer.partition(b"\0")[0].strip()


def _verdict(answer: bytes) -> str:
    said = answer.decode("utf-8", "replace").removeprefix("stream: ")
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")[:200] or "?"
    if "size limit exceeded" in said:
        raise TooLarge
    raise ScannerAway("no verdict")
