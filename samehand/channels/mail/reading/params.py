"""Values with parameters: `text/plain; charset=utf-8`, `attachment; filename*0*=...`, by RFC 2045, 2231 and habit."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from samehand.channels.mail.reading.charsets import decoded, header_text
from samehand.channels.mail.reading.guesses import mended
from samehand.channels.mail.reading.words import decode_words

_PARAM = re.compile(rb';[ \t]*+([^\s=;"]{1,80}+)[ \t]*+=[ \t]*+("(?:[^"\\]++|\\.)*+"|[^;]*+)')
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+-]{1,119}")
MAX_VALUE = 20_000


def content_type(value: bytes) -> tuple[str, dict[str, str]]:
    """Type in lower case ('' when it is no type) and parameters of a Content-Type."""
    return _content_type(value) if len(value) < 200 else _read_content_type(value)


def _read_content_type(value: bytes) -> tuple[str, dict[str, str]]:
    kind = value[:400].partition(b";")[0].strip().decode("latin-1").lower()
    kind = {"text": "text/plain", "html": "text/html", "multipart": "multipart/mixed"}.get(kind, kind)
    kind = kind.partition(" ")[0]
    return (kind if _TYPE.fullmatch(kind) else ""), _params(value[:MAX_VALUE])


_content_type = lru_cache(maxsize=2_000)(_read_content_type)


@lru_cache(maxsize=500)
def disposition(value: bytes) -> tuple[str, dict[str, str]]:
    kind = value[:100].partition(b";")[0].strip().decode("latin-1").lower()
    return kind, _params(value[:MAX_VALUE])


def _params(value: bytes) -> dict[str, str]:
    found: dict[str, bytes] = {}
    for name, raw in _PARAM.findall(value):
        found.setdefault(name.decode("latin-1").lower(), _unquoted(raw))
    if not any("*" in name for name in found):
        return {name: _plain(name, raw) for name, raw in found.items()}
    return _joined(found)


def _unquoted(raw: bytes) -> bytes:
    raw = raw.strip()
    if raw[:1] == b'"':
        raw = raw[1:-1] if raw[-1:] == b'"' and len(raw) > 1 else raw[1:]
        raw = re.sub(rb"\\(.)", rb"\1", raw) if b'\\"' in raw or b"\\\\" in raw else raw
    return raw


def _plain(name: str, raw: bytes) -> str:
    # RFC 2047 words are forbidden in parameters and everywhere in them.
    if name == "boundary":
        return raw.decode("latin-1")
    return mended(decode_words(header_text(raw)))


def _joined(found: dict[str, bytes]) -> dict[str, str]:
    """Parameters with RFC 2231 pieces (`name*0*`, `name*1`, `name*`) put together."""
    whole = {name: _plain(name, raw) for name, raw in found.items() if "*" not in name}
    pieces: dict[str, list[tuple[int, bool, bytes]]] = {}
    for name, raw in found.items():
        base, star, number = name.partition("*")
        if star:
            coded = number.endswith("*") or not number
            digits = number.rstrip("*")
            place = int(digits) if digits.isdecimal() and len(digits) < 5 else 0
            pieces.setdefault(base, []).append((place, coded, raw))
    for base, parts in pieces.items():
        whole[base] = _from_pieces(sorted(parts, key=lambda part: part[0]))
    return whole


def _from_pieces(parts: list[tuple[int, bool, bytes]]) -> str:
    charset, first = "", parts[0][2]
    if parts[0][1] and first.count(b"'") >= 2:
        label, _, first = first.split(b"'", 2)
        charset = label.decode("latin-1")
    raw = b"".join(
        unquote_to_bytes(first if place == 0 else part) if coded else (first if place == 0 else part)
        for place, (_, coded, part) in enumerate(parts)
    )
    return mended(decode_words(decoded(raw, charset)[0]))
