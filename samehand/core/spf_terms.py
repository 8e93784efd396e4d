"""The words of an SPF record, and the macros in them (RFC 7208, 5 to 7)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote

MAX_RECORD, MAX_TERMS, MAX_NAME = 8_000, 300, 253
_DIRECTIVE = re.compile(
    r"([-+?~]?)(all|include|exists|ip4|ip6|ptr|mx|a)(?::([^\s]{1,500}?))?(?:/(\d{1,2}))?(?://(\d{1,3}))?", re.IGNORECASE
)
_IP6 = re.compile(r"([-+?~]?)ip6:([0-9a-f:.]{2,45})(?:/(\d{1,3}))?", re.IGNORECASE)
_MODIFIER = re.compile(r"([a-z][a-z0-9_.-]{0,60})=(\S{0,500})", re.IGNORECASE)
_MACRO = re.compile(r"%(?:\{([slodiphv])(\d{0,3})(r?)([-.+,/_=]{0,7})\}|([%_-]))", re.IGNORECASE)
_SIGNS = {"%": "%", "_": " ", "-": "%20"}


class BadTerm(Exception):
    """The record is not written as a record must be."""


@dataclass(frozen=True, slots=True)
class Term:
    """ "-a:wp.pl/24//64": what the client is compared with, and the result when it fits."""

    qualifier: str
    mechanism: str
    value: str = ""
    bits4: int = 32
    bits6: int = 128


def terms(record: str) -> tuple[list[Term], str]:
    """All directives in order, and where the record redirects to. One bad word spoils all of it."""
    words = record[:MAX_RECORD].split()[1:]
    if len(record) > MAX_RECORD or len(words) > MAX_TERMS:
        raise BadTerm
    directives: list[Term] = []
    modifiers: dict[str, str] = {}
    for word in words:
        found = _MODIFIER.fullmatch(word)
        if not found:
            directives.append(_directive(word))
        elif (name := found[1].lower()) in ("redirect", "exp"):
            if name in modifiers or not found[2]:
                raise BadTerm
            modifiers[name] = found[2]
    # "all" decides before a redirect can.
    has_all = any(term.mechanism == "all" for term in directives)
    return directives, "" if has_all else modifiers.get("redirect", "")


def _directive(word: str) -> Term:
    if found := _IP6.fullmatch(word):
        return Term(found[1] or "+", "ip6", _address(found[2], IPv6Address), bits6=_bits(found[3], 128), bits4=32)
    found = _DIRECTIVE.fullmatch(word)
    if not found:
        raise BadTerm
    sign, name, value, four, six = found.groups()
    name = name.lower()
    wants, may_have_bits = name in ("include", "exists", "ip4", "ip6"), name in ("a", "mx", "ip4")
    if (wants and not value) or (name == "all" and value) or ((four or six) and not may_have_bits) or name == "ip6":
        raise BadTerm
    if name == "ip4":
        if six:
            raise BadTerm
        return Term(sign or "+", name, _address(value, IPv4Address), _bits(four, 32))
    _check_macros(value or "")
    return Term(sign or "+", name, value or "", _bits(four, 32), _bits(six, 128))


def _bits(text: str | None, most: int) -> int:
    bits = int(text) if text else most
    if bits > most or (text and len(text) > 1 and text[0] == "0"):
        raise BadTerm
    return bits


def _address(text: str, kind: type[IPv4Address] | type[IPv6Address]) -> str:
    try:
        return str(kind(text))
    except AddressValueError:
        raise BadTerm from None


def _check_macros(text: str) -> None:
    if "%" in _MACRO.sub("", text):
        raise BadTerm


def expanded(text: str, letters: Mapping[str, str]) -> str:
    """A name with its macros filled in; too long a name loses labels at its beginning (7.3)."""
    _check_macros(text)
    name = _MACRO.sub(lambda found: _filled(found, letters), text).strip(".")
    while len(name) > MAX_NAME and "." in name:
        name = name.partition(".")[2]
    return name.lower()


def _filled(found: re.Match[str], letters: Mapping[str, str]) -> str:
    letter, keep, reverse, delimiters, sign = found.groups()
    if sign:
        return _SIGNS[sign]
    if keep and not int(keep):
        raise BadTerm
    pieces = re.split(f"[{re.escape(delimiters or '.')}]", letters[letter.lower()][:1_000])
    pieces = pieces[::-1] if reverse else pieces
    text = ".".join(pieces[-int(keep) :] if keep else pieces)
    return quote(text, safe="") if letter.isupper() else text
