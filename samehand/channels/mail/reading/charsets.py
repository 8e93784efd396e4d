"""Bytes to text when the label says the truth, says nothing, or lies. Every Polish letter is worth the trouble."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from samehand.channels.mail.reading.guesses import MAZOVIA, better, from_mazovia, is_polish, wide

_ALIASES = {
    "utf8": "utf-8", "utf-8-bom": "utf-8", "unicode-1-1-utf-7": "utf-7", "x-utf-7": "utf-7", "unicode": "utf-16",
    "latin2": "iso-8859-2", "latin-2": "iso-8859-2", "iso8859-2": "iso-8859-2", "iso-latin-2": "iso-8859-2",
    "x-cp1250": "cp1250", "windows1250": "cp1250", "win-1250": "cp1250", "cp-1250": "cp1250", "ms-ee": "cp1250",
    "windows-1250": "cp1250", "cp-850": "cp850", "ibm-852": "cp852", "latin1": "cp1252", "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252", "iso-latin-1": "cp1252", "windows1252": "cp1252", "x-cp1252": "cp1252",
    "cp-1252": "cp1252", "windows1251": "cp1251", "x-cp1251": "cp1251", "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "euc-kr": "cp949", "shift_jis": "cp932", "shift-jis": "cp932",
    "x-sjis": "cp932", "sjis": "cp932", "iso-2202-jp": "iso-2022-jp", "iso-2022-jp": "iso-2022-jp-2",
    "windows-874": "cp874", "x-mac-roman": "mac-roman", "macintosh": "mac-roman", "x-mac-ce": "mac-latin2",
    "x-mac-centraleurroman": "mac-latin2", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
    "x-mazovia": MAZOVIA, "mazovia": MAZOVIA, "cp620": MAZOVIA,
}  # fmt: skip
_SILENT = {"", "us-ascii", "ascii", "ansi_x3.4-1968", "unknown-8bit", "x-unknown", "unknown", "default", "none", "8bit",
           "7bit", "binary", "646", "iso-8859", "default_charset", "_iso-2022-jp$esc", "x-user-defined"}  # fmt: skip
# Codecs that Python calls text but that no mail means.
_NOT_FOR_MAIL = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}
_SINGLE_BYTE = {"cp1250", "iso-8859-2", "cp1252", "iso-8859-15", "cp1257", "iso-8859-13", "iso-8859-16", "cp1251",
                "cp852", "mac-latin2", "mac-roman", "cp437", "cp850", MAZOVIA}  # fmt: skip

# Polish letters that stand elsewhere in the two charsets: ą ś ź Ą Ś Ź.
_ONLY_ISO = re.compile(rb"[\xb1\xb6\xbc\xa1\xa6\xac]")
_ONLY_WINDOWS = re.compile(rb"[\xb9\x9c\x9f\xa5\x8c\x8f]")
_ONLY_POLISH = re.compile(rb"[\xb3\xa3\xbf\xaf]")
_CONTROLS = re.compile(rb"[\x80-\x9f]")
# In Western charsets these bytes are signs (degree-like, quarters, inverted marks), which stand at the edge of words.
_SIGN_INSIDE_WORD = re.compile(rb"[A-Za-z\xf3\xea\xe6\xf1][\xb1\xb3\xb6\xb9\xbc\xbf\x9c\x9f][a-z\xf3\xea\xe6\xf1]")
_SIGNS = re.compile(rb"[A-Za-z\xf3\xea\xe6\xf1]([\xb1\xb3\xb6\xb9\xbc\xbf\x9c\x9f])")
_SURROGATE = re.compile("[\ud800-\udfff]")
_META = re.compile(rb"<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)


def decoded(raw: bytes, label: str) -> tuple[str, str]:
    """The text and the charset that was really used. Never raises; what cannot be read becomes U+FFFD."""
    if raw.isascii() and not _needs_codec(label, raw) and not (b"\x00" in raw and wide(raw)):
        return clean(raw.decode("ascii")), codec_of(label) or "us-ascii"
    text, used = _decoded(raw, codec_of(label))
    return clean(text), used


def _needs_codec(label: str, raw: bytes) -> bool:
    """Charsets that say more than ASCII with ASCII bytes: utf-7, the iso-2022 family, hz, utf-16 and utf-32."""
    if not label or (label[:1] in "uUcCwWiI" and label[:8].lower() in _ASCII_LIKE):
        return False
    codec = codec_of(label)
    return codec.startswith(("utf-7", "iso-2022", "hz", "utf-16", "utf-32", "cp037", "cp500", "cp1026", "cp1140"))


_ASCII_LIKE = {"utf-8", "utf8", "us-ascii", "iso-8859", "windows-", "cp1250", "cp1252"}


def _decoded(raw: bytes, codec: str) -> tuple[str, str]:
    marked = _by_mark(raw)
    if marked:
        return marked
    if b"\x00" in raw and (unmarked := wide(raw)):
        return raw.decode(unmarked, "replace"), unmarked
    if codec in ("", "utf-8") or (codec.startswith(("utf-16", "utf-32")) and b"\x00" not in raw):
        return _utf8(raw) or _guessed(raw, codec)
    if codec in _SINGLE_BYTE:
        return _utf8(raw) or _single_byte(raw, codec)
    if polish := _polish_utf8(raw):
        return polish, "utf-8"
    surer = better(raw, codec)
    try:
        return (raw.decode(codec), codec) if surer == codec else (_replaced(raw, surer), surer)
    except (UnicodeError, ValueError):
        if japanese := _japanese(raw, codec):
            return japanese, codec
        return _utf8(raw) or (_guessed(raw, "") if codec == "utf-7" else (_replaced(raw, surer), surer))


def _japanese(raw: bytes, codec: str) -> str:
    """ISO-2022-JP with the signs that Windows put into a row which the standard left empty ("①"); '' for others."""
    if (
        not codec.startswith("iso-2022-jp")
        and not codec.startswith("iso2022-jp")
        and not codec.startswith("iso2022_jp")
    ):
        return ""
    # The later standard filled that row with the same signs, under an escape of its own.
    return raw.replace(b"\x1b$B", b"\x1b$(Q").decode("iso2022_jp_2004", "replace")


def _polish_utf8(raw: bytes) -> str:
    """The text when it is UTF-8 of Polish letters and of nothing else: no other charset's letters look like that."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return text if is_polish(text) else ""


def _by_mark(raw: bytes) -> tuple[str, str] | None:
    if raw.startswith(codecs.BOM_UTF8):
        return raw[3:].decode("utf-8", "replace"), "utf-8"
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and len(raw) % 2 == 0:
        return raw.decode("utf-16", "replace"), "utf-16"
    return None


def _utf8(raw: bytes) -> tuple[str, str] | None:
    """Text that is valid UTF-8 with letters beyond ASCII is UTF-8, whatever the label says."""
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return None


def _guessed(raw: bytes, codec: str) -> tuple[str, str]:
    """Not UTF-8. Mostly UTF-8 with a cut letter, or one of the two Polish single-byte charsets."""
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    letters = sum(1 for byte in raw[:4_000] if byte >= 0xC2) if broken < 50 else 0
    if broken * 4 <= letters and _looks_like_cut_utf8(text, broken):
        return text, "utf-8"
    codec = better(raw, _polish(raw))
    return _replaced(raw, codec), codec


def _looks_like_cut_utf8(text: str, broken: int) -> bool:
    return sum(1 for letter in text[:8_000] if ord(letter) > 127) > 2 * broken


def _single_byte(raw: bytes, codec: str) -> tuple[str, str]:
    if codec in ("cp1250", "iso-8859-2"):
        codec = _polish(raw, codec)
    elif codec in ("cp1252", "iso-8859-15") and _polish_in_disguise(raw):
        codec = _polish(raw)
    codec = better(raw, codec)
    return _replaced(raw, codec), codec


def _polish(raw: bytes, trusted: str = "") -> str:
    iso, windows = len(_ONLY_ISO.findall(raw)), len(_ONLY_WINDOWS.findall(raw))
    if not trusted:
        return "iso-8859-2" if iso > windows else "cp1250"
    if trusted == "cp1250":
        return "iso-8859-2" if iso > windows == 0 and _ONLY_POLISH.search(raw) else trusted
    # A Czech s with caron has the byte of the Windows a with ogonek: only surely Polish or surely Windows bytes count.
    lies = _CONTROLS.search(raw) or (windows > iso == 0 and _ONLY_POLISH.search(raw))
    return "cp1250" if lies else trusted


def _polish_in_disguise(raw: bytes) -> bool:
    return bool(_SIGN_INSIDE_WORD.search(raw)) or len(set(_SIGNS.findall(raw))) >= 2


def _replaced(raw: bytes, codec: str) -> str:
    if codec == "cp1252":
        # cp1252 has five holes that iso-8859-1 fills with control letters.
        try:
            return raw.decode("cp1252")
        except UnicodeDecodeError:
            return raw.decode("latin-1")
    if codec == MAZOVIA:
        return from_mazovia(raw)
    try:
        return raw.decode(codec, "replace")
    except (UnicodeError, ValueError, LookupError):
        return raw.decode("cp1250", "replace")


def codec_of(label: str) -> str:
    """Python's name for a charset label; '' when the label says nothing or nothing that we know."""
    return _codec_of(label) if len(label) < 60 else ""


@lru_cache(maxsize=500)
def _codec_of(label: str) -> str:
    name = label.strip(" \t\"'<>;,").lower().replace("_", "-") if label else ""
    plain = label.strip(" \t\"'<>;,").lower()
    if name in _SILENT or plain in _SILENT:
        return ""
    name = _ALIASES.get(plain, _ALIASES.get(name, plain))
    if name == MAZOVIA:
        return name
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError, UnicodeError):
        return ""
    if not info._is_text_encoding or info.name.replace("-", "_") in _NOT_FOR_MAIL:
        return ""
    # Python's own spelling ("iso8859-2") is nobody's: keep the one that people know.
    return name if name in _ALIASES.values() else info.name.replace("iso8859", "iso-8859")


def html_charset(raw: bytes) -> str:
    """The charset that an HTML page declares about itself; '' when it does not."""
    found = _META.search(raw[:4_000])
    return found[1].decode("ascii") if found else ""


def clean(text: str) -> str:
    """Without what PostgreSQL and JSON cannot hold: NUL and lone surrogates."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        text = _SURROGATE.sub("\ufffd", text)
    return text


def header_text(raw: bytes) -> str:
    """The text of a header value that may hold raw 8-bit letters."""
    return clean(raw.decode("ascii")) if raw.isascii() else decoded(raw, "")[0]
