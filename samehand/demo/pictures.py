"""Small attachments made on the spot: a telephone's screen, a page of paper."""

from __future__ import annotations

import struct
import zlib
from random import Random

WIDTH, HEIGHT = 180, 320


def screenshot(dice: Random) -> bytes:
    """A PNG that looks like a telephone's settings: a bar on top, some rows, one of them marked."""
    accent = bytes(dice.choice(((20, 110, 120), (180, 70, 40), (70, 90, 160))))
    marked = dice.randrange(1, 7)
    rows = b"".join(b"\0" + _line(y, accent, marked) for y in range(HEIGHT))
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def _line(y: int, accent: bytes, marked: int) -> bytes:
    paper, ink = b"\xf6\xf4\xf0", b"\xc9\xc4\xbc"
    if y < 34:
        return accent * WIDTH
    row, inside = divmod(y - 34, 40)
    if inside in (0, 1):
        return ink * WIDTH
    words = 14 <= inside <= 22
    middle = ink * (60 + row * 37 % 50) if words else paper * (60 + row * 37 % 50)
    dot = accent if row == marked and 10 <= inside <= 26 else paper
    line = paper * 14 + middle
    return line + paper * (WIDTH - 34 - len(line) // 3) + dot * 20 + paper * 14


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def paper(words: str) -> bytes:
    """A one-page PDF with a line of ASCII text."""
    stream = b"BT /F1 18 Tf 72 760 Td (%s) Tj ET" % words.encode("ascii", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
