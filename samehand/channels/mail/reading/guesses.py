"""Polish text whose label is missing or wrong: which of the charsets that Poland ever wrote in makes letters of it."""

from __future__ import annotations

import re
from functools import lru_cache

LETTERS = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"
MAZOVIA = "mazovia"
# The likeliest first: of two that explain the bytes equally well the first one counts.
CANDIDATES = ("cp1250", "iso-8859-2", "cp852", "mac-latin2", "cp1257", "iso-8859-16", MAZOVIA)
SAMPLE = 20_000
# Fewer different letters than this prove nothing: a Spanish question has the bytes of three of them.
PROOF = 4
MIXED = 0.97

_ASCII = bytes(range(128))
# Signs that stand in letters of any language, and say nothing about the charset.
_SIGNS = "„”“’‘‚–—…«»§°€©®\xa0·"
_OLD = bytes.fromhex("868d9192a4a29ea6a78f95909ca5a398a0a1")
_FROM_437 = str.maketrans(_OLD.decode("cp437"), LETTERS)
_SHIFTED = re.compile(rb"\+([A-Za-z0-9/]{2,200}+)-?")
# What the lead bytes of Polish letters and signs in UTF-8 become when they are read as Windows or ISO text.
_LEADS = "ÃÄÅâĂĹ"
_MISREAD = ("cp1252", "cp1250", "iso-8859-2")


def better(raw: bytes, codec: str) -> str:
    """The charset that makes Polish of bytes beyond ASCII; `codec` itself unless another one surely does it better."""
    high = raw[:SAMPLE].translate(None, _ASCII)
    if not high or _share(high, codec) >= MIXED:
        return codec
    sure = [name for name in CANDIDATES if len(set(high) & _letters(name)) >= PROOF and _share(high, name) >= MIXED]
    return max(sure, key=lambda name: _share(high, name), default=codec)


def _share(high: bytes, codec: str) -> float:
    """How much of what could be letters are Polish letters."""
    words = high.translate(None, _signs(codec))
    return 1 - len(words.translate(None, bytes(_letters(codec)))) / len(words) if words else 0.0


@lru_cache(maxsize=64)
def _letters(codec: str) -> frozenset[int]:
    return frozenset(_OLD) if codec == MAZOVIA else _bytes_of(LETTERS, codec)


@lru_cache(maxsize=64)
def _signs(codec: str) -> bytes:
    return b"" if codec == MAZOVIA else bytes(_bytes_of(_SIGNS, codec))


def _bytes_of(letters: str, codec: str) -> frozenset[int]:
    coded = (letter.encode(codec, "ignore") for letter in letters)
    return frozenset(one[0] for one in coded if len(one) == 1 and one[0] > 127)


def is_polish(text: str) -> bool:
    """Whether the letters beyond ASCII are Polish ones, several, and no others."""
    beyond = {letter for letter in text[:SAMPLE] if letter > "\x7f" and letter not in _SIGNS}
    return len(beyond) > 1 and beyond <= set(LETTERS)


def from_mazovia(raw: bytes) -> str:
    return raw.decode("cp437").translate(_FROM_437)


def wide(raw: bytes) -> str:
    """UTF-16 without a mark: every other byte of Latin text is zero, for Polish letters one."""
    sample = raw[:2_000]
    low, high = (sample[at::2] for at in (0, 1))
    if len(sample) < 8 or max(low.count(0), high.count(0)) * 3 < len(low):
        return ""
    if _upper(high) and not _upper(low):
        return "utf-16-le"
    return "utf-16-be" if _upper(low) and not _upper(high) else ""


def _upper(half: bytes) -> bool:
    # U+20xx holds dashes and quotation marks.
    return len(half.translate(None, b"\x00\x01\x20")) * 20 <= len(half)


def is_utf7(raw: bytes) -> bool:
    """ASCII whose every shift of UTF-7 gives Polish letters or signs, and several of them."""
    shifts = _SHIFTED.findall(raw[:SAMPLE]) if b"+A" in raw else []
    if len(shifts) < 2:
        return False
    try:
        letters = "".join((b"+" + one + b"-").decode("utf-7") for one in shifts)
    except UnicodeDecodeError:
        return False
    return len(set(letters)) > 1 and all(letter in LETTERS or letter in _SIGNS for letter in letters)


def mended(text: str) -> str:
    """Text that was encoded twice ("ZaÅ¼Ã³Å‚Ä‡"), read as it was meant. Only when all of it was: somebody who complains
    about broken letters writes right ones around them."""
    if text.isascii() or not any(lead in text for lead in _LEADS):
        return text
    for codec in _MISREAD:
        try:
            meant = _unread(text, codec).decode("utf-8")
        except UnicodeError:
            continue
        if is_polish(meant):
            return meant
    return text


def _unread(text: str, codec: str) -> bytes:
    try:
        return text.encode(codec)
    except UnicodeEncodeError:
        # The holes of Windows charsets came through as control letters.
        return b"".join(bytes((ord(one),)) if "\x80" <= one <= "\x9f" else one.encode(codec) for one in text)
