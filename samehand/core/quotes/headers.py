"""Quoted headers: "Od: ... Wysłano: ... Temat: ..." over an old mail that no ">" marks."""

from __future__ import annotations

from samehand.core.quotes import vocabulary as words

MAX_LINE = 400
BEFORE = " \t\xa0*_|>\u200b\ufeff\u200e\u200f\u202a\u202b\u202c"
BEHIND = " \t\r\xa0*_|\u200b\ufeff\u200e\u200f\u202a\u202b\u202c"


def bare_of(line: str) -> str:
    """The beginning of the line without quote signs, stars and white space around."""
    return line[:MAX_LINE].lstrip(BEFORE).rstrip(BEHIND)


def next_said(lines: list[str], at: int) -> int:
    """The next line that is not blank, within three."""
    return next((near for near in range(at, min(at + 3, len(lines))) if lines[near].strip()), at)


def header_end(lines: list[str], at: int, fields: int = 3) -> int:
    """Behind the quoted header that begins here; 0 when none does. "Od: Warszawa, Do: Kraków" is none: it needs an
    address in it, or when it was sent and its subject."""
    first = _field(lines, at)
    if first is None:
        return 0
    kinds, end, address = {first}, at + 1, False
    blank = strange = 0
    for number in range(at, min(at + 16, len(lines))):
        line = lines[number][:MAX_LINE]
        kind = _field(lines, number)
        if kind:
            kinds.add(kind)
            blank = strange = 0
        elif bare_of(line):
            strange += 1
            if blank or strange > 3:
                break
        else:
            blank += 1
            if blank > 1:
                break
            continue
        address = address or "@" in line
        end = number + 1
    told = kinds - {words.OTHER}
    named = words.FROM in told and (first == words.FROM or len(told) > 3)
    clear = address or {words.DATE, words.SUBJECT} <= told or fields < 3
    return end if named and clear and len(told) >= fields else 0


def _field(lines: list[str], at: int) -> str | None:
    """Which field of a header this line is."""
    if at >= len(lines):
        return None
    head, colon, _ = lines[at][:60].lstrip(BEFORE).replace("：", ":").partition(":")
    return words.FIELDS.get(head.strip(" \t\xa0*_").lower()) if colon else None
