"""Rich text as Outlook keeps it (MS-OXRTFCP, MS-OXRTFEX): unpacked, and its words taken out. For mails that have no
other text; looks are lost."""

from __future__ import annotations

import re
import struct

MAX_RTF = 300_000

_BEGIN = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_WINDOW = 4096
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32}+)(-?[0-9]{1,10}+)? ?|\\'([0-9a-fA-F]{2})|\\(\*|[^a-zA-Z'*])|([{}])|[\r\n]++|([^\\{}\r\n]++)"
)
# Groups that hold no words of the letter.
_SILENT = {b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer", b"themedata",
           b"generator", b"listtable", b"listoverridetable", b"htmltag", b"pntext"}  # fmt: skip
_SIGNS = {b"par": "\n", b"line": "\n", b"tab": "\t", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’",
          b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"cell": " ", b"row": "\n"}  # fmt: skip


def unpacked(raw: bytes) -> bytes:
    """Compressed RTF as RTF, at most MAX_RTF of it; what is broken gives what came before."""
    if len(raw) < 16:
        return b""
    _, size, mark = struct.unpack_from("<II4s", raw)
    size = min(size, MAX_RTF)
    if mark == b"MELA":
        return raw[16 : 16 + size]
    return _unpacked(raw, size) if mark == b"LZFu" else b""


def _unpacked(raw: bytes, size: int) -> bytes:
    window = bytearray(_BEGIN.ljust(_WINDOW, b"\x00"))
    out, write, at = bytearray(), len(_BEGIN), 16
    while at < len(raw) and len(out) < size:
        flags, at = raw[at], at + 1
        for bit in range(8):
            piece = b""
            if not flags >> bit & 1:
                piece, at = raw[at : at + 1], at + 1
            elif at + 2 <= len(raw):
                token, at = raw[at] << 8 | raw[at + 1], at + 2
                if token >> 4 == write:
                    return bytes(out[:size])
                piece = _repeated(window, token >> 4, (token & 15) + 2, write)
            if not piece:
                return bytes(out[:size])
            for byte in piece:
                window[write] = byte
                write = (write + 1) % _WINDOW
            out += piece
    return bytes(out[:size])


def _repeated(window: bytearray, start: int, length: int, write: int) -> bytes:
    """Bytes from the window; where they reach the writing place, they repeat themselves."""
    distance = (write - start) % _WINDOW or _WINDOW
    piece = bytes(window[(start + number) % _WINDOW] for number in range(min(length, distance)))
    return (piece * (length // len(piece) + 1))[:length]


def words(rtf: bytes, codec: str) -> str:
    """The text of RTF. Of HTML that was wrapped in RTF the words between the tags."""
    out: list[str] = []
    bytes_at_hand = bytearray()
    # Each group remembers whether it is silent; `skip` counts the stand-ins that follow a Unicode letter.
    groups, silent, looks, skip = [False], False, False, 0
    for token in _TOKEN.finditer(rtf[:MAX_RTF]):
        name, number, hexed, sign, brace, plain = token.groups(b"")
        if hexed and not silent and not looks and not skip:
            bytes_at_hand += bytes.fromhex(hexed.decode())
            continue
        if hexed:
            skip = max(0, skip - 1)
            continue
        if bytes_at_hand:
            out.append(bytes_at_hand.decode(codec, "replace"))
            bytes_at_hand.clear()
        if brace == b"{":
            groups.append(silent)
        elif brace:
            silent = groups.pop() if len(groups) > 1 else silent
            skip = 0
        elif sign == b"*" or name in _SILENT:
            silent = True
        elif name == b"htmlrtf":
            # Between these stands what RTF needs and the wrapped HTML says otherwise.
            looks = number != b"0"
        elif not silent and not looks:
            word, skip = _spoken(name, number, sign, plain, skip)
            out.append(word)
    out.append(bytes_at_hand.decode(codec, "replace"))
    return "".join(out).strip()


def _spoken(name: bytes, number: bytes, sign: bytes, plain: bytes, skip: int) -> tuple[str, int]:
    if name == b"u" and number:
        letter = int(number) % 0x10000
        return ("\ufffd" if 0xD800 <= letter < 0xE000 else chr(letter)), 1
    if name:
        return _SIGNS.get(name, ""), skip
    if sign:
        return {b"~": "\xa0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}"}.get(sign, ""), skip
    text = plain.decode("latin-1")
    return text[skip:], 0
