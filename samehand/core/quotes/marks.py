"""The marks that mail programs put over what they quote: "On ... wrote:", quoted headers, rules with a name between.

Of a line only the first letters are looked at, so that a long one costs no more than a short one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from samehand.core.quotes import vocabulary as words

MAX_LINE = 400
MAX_BROKEN = 4

_BEFORE = " \t\xa0*_|>\u200b\ufeff\u200e\u200f\u202a\u202b\u202c"
_BEHIND = " \t\r\xa0*_|\u200b\ufeff\u200e\u200f\u202a\u202b\u202c"
_RULED = " \t\xa0>*-_=—–#~+:<>()[]|"
_ADDRESS = re.compile(r"[\w.+%-]@[\w-]|mailto:")
_ENCLOSED = re.compile(r"[<\[(][^<>\[\]()\s]{1,200}@[^<>\[\]()\s]{1,200}[>\])]")
_TIME = re.compile(r"(?<!\d)\d{1,2}[:.h]\d{2}(?!\d)|\d{1,2}時|(?<!\d)\d{1,2} ?(?:uhr|[ap]\.?m)\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATE = re.compile(
    r"(?<!\d)\d{1,2}[./-]\d{1,2}(?!\d)|(?<!\d)\d{1,2}\.? (?:de )?[^\W\d_]{3,}|[^\W\d_]{3,}\.? \d{1,2}(?!\d)"
)
_WORD = re.compile(r"[^\W\d_]+(?:/a)?")
_RULE = re.compile(r"\s{0,9}[*_]?\s{0,9}(?:_{10,}|-{10,}|={10,}|—{5,})\s{0,9}[*_]?\s*")
_WROTE = frozenset(words.WROTE)
_RULES = frozenset(["--", "==", "——", "––", "##", "~~", "++", "<<", "[-"])
_MANY_WORDS = 3
_NEAR = words.LONGEST_FIELD + 3
_FIRST = frozenset("-=—–#~+<[" + _BEFORE)
_LAST = frozenset(":：" + _BEHIND)


@dataclass(frozen=True, slots=True)
class Mark:
    """Over the lines from `start` up to `end` (not included). A `header` names its mail; a `sure` mark needs no ">"
    under it."""

    start: int
    end: int
    header: bool
    sure: bool


def is_quoted(line: str) -> bool:
    return line[:1] == ">" or line.lstrip()[:1] == ">"


def marks(lines: list[str]) -> tuple[dict[int, Mark], bool]:
    """The marks that stand outside of quotes, each by the line in which it begins; and whether any line is quoted."""
    found: dict[int, Mark] = {}
    any_quoted = False
    for at, line in enumerate(lines):
        # Nearly every line is let through here: what no mark begins, ends or holds costs nothing more.
        if not line or (line[0] not in _FIRST and line[-1] not in _LAST and ":" not in line[:_NEAR]):
            continue
        if is_quoted(line):
            any_quoted = True
            if not line.startswith(">>> "):
                continue
        if mark := mark_at(lines, at):
            found.setdefault(mark.start, mark)
    return found, any_quoted


def mark_at(lines: list[str], at: int) -> Mark | None:
    """The mark that this line opens, or whose last line this is."""
    line = lines[at][:MAX_LINE]
    bare = _bare(line)
    if not bare:
        return _ruled_header(lines, at, line) if "__" in line else None
    if bare[:2] in _RULES and (mark := _named_rule(lines, at, bare) or _ruled_header(lines, at, line)):
        return mark
    if bare[-1] in ":：" or line.startswith(">>> "):
        return _forward(at, bare) or _attribution(lines, at)
    if ":" in bare[:_NEAR] or "：" in bare[:_NEAR]:
        end = header_end(lines, at)
        return Mark(at, end, True, True) if end else None
    return None


def _bare(line: str) -> str:
    return line[:MAX_LINE].lstrip(_BEFORE).rstrip(_BEHIND)


def _named_rule(lines: list[str], at: int, bare: str) -> Mark | None:
    """ "-----Original Message-----", or any name between rules that a quoted header follows."""
    name = bare.strip(_RULED).lower()
    if not name:
        return None
    if name.startswith(words.ORIGINAL) or any(phrase in name for phrase in words.ANSWER_ABOVE):
        return Mark(at, header_end(lines, _next(lines, at + 1), fields=2) or at + 1, True, True)
    if len(name) > 60 or bare[:3] != bare[-3:] or len(set(bare[:3])) > 1:
        return None
    end = header_end(lines, _next(lines, at + 1))
    return Mark(at, end, True, True) if end else None


def _ruled_header(lines: list[str], at: int, line: str) -> Mark | None:
    """A bare rule counts only with a quoted header under it."""
    if not _RULE.fullmatch(line):
        return None
    end = header_end(lines, _next(lines, at + 1), fields=2)
    return Mark(at, end, True, True) if end else None


def _forward(at: int, bare: str) -> Mark | None:
    return Mark(at, at + 1, True, True) if bare.lower().startswith(words.FORWARDS) else None


def _next(lines: list[str], at: int) -> int:
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
        elif _bare(line):
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
    head, colon, _ = lines[at][:60].lstrip(_BEFORE).replace("：", ":").partition(":")
    return words.FIELDS.get(head.strip(" \t\xa0*_").lower()) if colon else None


def _attribution(lines: list[str], at: int) -> Mark | None:
    """ "On ... wrote:" that ends in this line; programs break it over up to four."""
    joined = ""
    quoted = is_quoted(lines[at])
    for start in range(at, max(at - MAX_BROKEN, -1), -1):
        bare = _bare(lines[start]).lower()
        if not bare or is_quoted(lines[start]) != quoted:
            return None
        joined = f"{bare} {joined}" if joined else bare
        if joined.count("<") < joined.count(">"):
            continue
        sure = _says_who_and_when(joined)
        if sure is not None:
            start = _true_start(lines, start, at, quoted)
            return Mark(start, at + 1, False, sure or _stands_alone(lines, start, joined))
    return None


def _says_who_and_when(joined: str) -> bool | None:
    """Whether this is "On ... wrote:", and then whether it can be nothing else; None when it is not."""
    year = bool(_YEAR.search(joined))
    time = bool(_TIME.search(joined))
    date = bool(_DATE.search(joined))
    address = bool(_ADDRESS.search(joined))
    if joined.startswith(words.WROTE_PHRASES) and (year or date):
        return True
    if _wrote(joined):
        if address and (year or time or date or _ENCLOSED.search(joined)):
            return _little_after_address(joined)
        return False if year or (date and time) else None
    return True if _ENCLOSED.search(joined) and time and (year or date) else None


def _wrote(joined: str) -> bool:
    return not _WROTE.isdisjoint(_WORD.findall(joined)) or any(word in joined for word in words.WROTE_INSIDE)


def _little_after_address(joined: str) -> bool:
    """Behind the address stand only the verb and perhaps the moment: a person would tell more of it."""
    rest = joined[joined.rfind("@") :]
    return len(_WORD.findall(rest.partition(" ")[2])) <= _MANY_WORDS or bool(_YEAR.search(rest))


def _stands_alone(lines: list[str], start: int, joined: str) -> bool:
    """Without an address people write such lines, too. A program's says day and time and has a blank line above."""
    alone = start == 0 or not lines[start - 1].strip()
    return alone and _opens(joined) and bool(_YEAR.search(joined) and _TIME.search(joined))


def _opens(low: str) -> bool:
    return low.startswith(words.OPENS) or low[:1].isdigit()


def _true_start(lines: list[str], start: int, at: int, quoted: bool) -> int:
    """The line above belongs to it when it opens one and this one cannot: "<" and small words open none."""
    above = start - 1
    first = _bare(lines[start])
    if above < 0 or at - above >= MAX_BROKEN or is_quoted(lines[above]) != quoted or _opens(first.lower()):
        return start
    low = _bare(lines[above]).lower()
    broken = first[:1] in "<(" or first[:1].islower() or low[-1:] in ("<", ",")
    return above if broken and _opens(low) and _DATE.search(low) else start
