"""Mailboxes out of address headers, by RFC 5322 and tolerantly: the address in the angle brackets is the identity,
whatever the words beside it pretend to be."""

from __future__ import annotations

import re
from functools import lru_cache

from samehand.channels.mail.reading.charsets import header_text
from samehand.channels.mail.reading.guesses import mended
from samehand.channels.mail.reading.text import one_line
from samehand.channels.mail.reading.words import decode_words

MAX_HEADER = 100_000
MAX_ADDRESS = 320
MEMORABLE = 300

_SIMPLE = re.compile(
    r'\s*+(?:"([^"\\]{0,200}+)"|([^"<>@,;:()\\]{0,200}+))\s*+<\s*+([^<>@\s"(),;:\\]{1,200}@[^<>@\s"(),;:\\\[\]]{1,200})\s*+>\s*'
)
_BARE = re.compile(r'\s*+([^<>@\s"(),;:\\]{1,200}@[^<>@\s"(),;:\\\[\]]{1,200})\s*')
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|<[^<>]*+>?|[,;:()>]|[^",;:()<>]++', re.DOTALL)
_COMMENT = re.compile(r"\([^()]*+\)")
_LOCAL_USER = re.compile(r"[A-Za-z0-9_.+-]{1,64}")
_ANYWHERE = re.compile(r"[^\s<>()\[\],;:\"'@]{1,100}+@[^\s<>()\[\],;:\"'@]{1,200}+")


def mailboxes(raw: bytes) -> list[tuple[str, str]]:
    """(decoded name, address) of every mailbox of a header value; groups give their members."""
    # The same people write again and again, and always to us.
    return list(_remembered(raw)) if len(raw) < MEMORABLE else _mailboxes(raw)


@lru_cache(maxsize=4_000)
def _remembered(raw: bytes) -> tuple[tuple[str, str], ...]:
    return tuple(_mailboxes(raw))


def _mailboxes(raw: bytes) -> list[tuple[str, str]]:
    text = header_text(raw[:MAX_HEADER])
    simple = _SIMPLE.fullmatch(text)
    if simple:
        return [(_name(simple[1] or simple[2] or ""), normal(simple[3]))]
    if _BARE.fullmatch(text):
        return [("", normal(text.strip()))]
    found = [box for box in _parsed(text) if box[1]]
    if not found and "=?" in text:
        # The whole header in encoded words, address included: against the rules, but seen.
        found = [box for box in _parsed(decode_words(text)) if box[1]]
    return found


def addresses(values: list[bytes]) -> tuple[str, ...]:
    """All the addresses of a field, each once, in order."""
    return tuple(dict.fromkeys(address for value in values for _, address in mailboxes(value)))


def is_group(raw: bytes) -> bool:
    """Whether a header value names a group ("Dział: jan@a.example, ola@b.example;")."""
    return b":" in raw and ":" in _TOKEN.findall(_outside_of_comments(header_text(raw[:MAX_HEADER])))


def _outside_of_comments(text: str) -> str:
    return _COMMENT.sub(" ", text) if "(" in text else text


def normal(address: str) -> str:
    """An address as we compare it: lower case, the domain in its xn-- form; '' when it is none."""
    return _normal(address) if len(address) <= 2 * MAX_ADDRESS else ""


@lru_cache(maxsize=4_000)
def _normal(address: str) -> str:
    address = address.strip(" \t\r\n<>'\"").removeprefix("mailto:").removeprefix("MAILTO:")
    local, at, domain = one_line(address).replace(" ", "").rpartition("@")
    if not at:
        local, domain = domain, ""
    if not local or len(address) > MAX_ADDRESS:
        return ""
    return f"{local}{at}{ascii_domain(domain)}".lower() if domain else local.lower()


def ascii_domain(domain: str) -> str:
    domain = domain.strip(".")
    if domain.isascii():
        return domain
    try:
        return domain.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return domain


def found_in(text: str) -> list[str]:
    """Addresses anywhere in a stretch of text."""
    found = (one.partition("...")[0].rstrip(".") for one in _ANYWHERE.findall(text))
    return [normal(one) for one in found if "." in one.partition("@")[2]]


def _name(text: str) -> str:
    return one_line(mended(decode_words(text))).strip("\"' ")[:500]


def _parsed(text: str) -> list[tuple[str, str]]:
    """A walk over quoted strings, comments, angles and separators."""
    boxes: list[tuple[str, str]] = []
    words: list[str] = []
    remarks: list[str] = []
    angle, depth = "", 0
    for piece in _TOKEN.findall(text):
        if piece == "(":
            depth += 1
        elif piece == ")":
            depth = max(0, depth - 1)
        elif depth:
            remarks.append(piece)
        elif piece == ":" and not angle:
            # The name of a group; "user:" before an at sign is a broken address and is better dropped as well.
            words.clear()
        elif piece in (",", ";"):
            _close(boxes, words, remarks, angle)
            angle = ""
        elif piece[0] == "<":
            angle = angle or _angle(piece)
        elif piece != ">":
            words.append(piece)
    _close(boxes, words, remarks, angle)
    return boxes


def _angle(piece: str) -> str:
    inside = piece.strip("<> \t\r\n")
    # A source route, "@relay,@relay:user@host": the mailbox is behind the colon.
    return inside.rpartition(":")[2] if inside.startswith("@") else inside


def _close(boxes: list[tuple[str, str]], words: list[str], remarks: list[str], angle: str) -> None:
    spoken = "".join(words).strip()
    if angle:
        boxes.append((_name(_unquoted(spoken)), normal(angle)))
    elif "@" in spoken and _quoted_local(spoken):
        boxes.append(("", normal(spoken)))
    elif "@" in spoken:
        address = next((word for word in spoken.split() if "@" in word.strip("@")), "")
        name = spoken.replace(address, "", 1) or " ".join(remarks)
        boxes.append((_name(_unquoted(name.strip())), normal(address)))
    elif _LOCAL_USER.fullmatch(spoken):
        # A local user: "root", "MAILER-DAEMON".
        boxes.append((_name(" ".join(remarks)), normal(spoken)))
    words.clear()
    remarks.clear()


def _quoted_local(spoken: str) -> bool:
    return spoken.startswith('"') and '"@' in spoken and " " not in spoken.rpartition("@")[2]


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text).replace('"', "") if '"' in text or "\\" in text else text
