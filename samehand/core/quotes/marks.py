"""The marks that mail programs put over what they quote: "On ... wrote:", quoted headers, rules with a name between.

Of a line only the first letters are looked at, so that a long one costs no more than a short one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from samehand.core.quotes import vocabulary as words
from samehand.core.quotes.headers import BEFORE, BEHIND, MAX_LINE, bare_of, header_end, next_said

MAX_BROKEN = 4

_RULED = " \t\xa0>*-_=—–#~+:<>()[]|"
_ADDRESS = re.compile(r"[\w.+%-]@[\w-]|mailto:")
_ENCLOSED = re.compile(r"[<\[(][^<>\[\]()\s]{1,200}@[^<>\[\]()\s]{1,200}[>\])]")
_TIME = re.compile(r"(?<!\d)\d{1,2}[:.h]\d{2}(?!\d)|\d{1,2}時|(?<!\d)\d{1,2} ?(?:uhr|[ap]\.?m)\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATE = re.compile(
    r"(?<!\d)\d{1,2}[./-]\d{1,2}(?!\d)|(?<!\d)\d{1,2}\.? (?:de )?[^\W\d_]{3,}|[^\W\d_]{3,}\.? \d{1,2}(?!\d)"
)
_WORD = re.compile(r"[^\W\d_]+(?:/a)?")
_ENDS_IN_ADDRESS = re.compile(r"\s\S{1,80}@\S{1,80}:\Z")
_RULE = re.compile(r"\s{0,9}[*_]?\s{0,9}(?:_{10,}|-{10,}|={10,}|—{5,})\s{0,9}[*_]?\s*")
_WROTE = frozenset(words.WROTE)
_RULES = frozenset(["--", "==", "——", "––", "##", "~~", "++", "<<", "[-"])
_MANY_WORDS = 3
_NEAR = words.LONGEST_FIELD + 3
_FIRST = frozenset("-=—–#~+<[" + BEFORE)
_LAST = frozenset(":：>" + BEHIND)


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


def marks(lines: list[str]) -> tuple[dict[int, Mark], set[int]]:
    """The marks that stand outside of quotes, each by the line in which it begins; and which lines are quoted."""
    found: dict[int, Mark] = {}
    quoted: set[int] = set()
    for at, line in enumerate(lines):
        # Nearly every line is let through here: what no mark begins, ends or holds costs nothing more.
        if not line or (line[0] not in _FIRST and line[-1] not in _LAST and ":" not in line[:_NEAR]):
            continue
        if is_quoted(line):
            quoted.add(at)
            if line[:4] != ">>> ":
                continue
        if mark := mark_at(lines, at):
            found.setdefault(mark.start, mark)
    return found, quoted


def mark_at(lines: list[str], at: int) -> Mark | None:
    """The mark that this line opens, or whose last line this is."""
    line = lines[at][:MAX_LINE]
    bare = bare_of(line)
    if not bare:
        return _ruled_header(lines, at, line) if "__" in line else None
    if bare[:2] in _RULES and (mark := _named_rule(lines, at, bare) or _ruled_header(lines, at, line)):
        return mark
    if bare[-1] in ":：":
        return _forward(at, bare) or _attribution(lines, at)
    if bare[-1] == ">" and (mark := _without_colon(at, line, bare)):
        return mark
    if ":" in bare[:_NEAR] or "：" in bare[:_NEAR]:
        end = header_end(lines, at)
        return Mark(at, end, True, True) if end else None
    return None


def _without_colon(at: int, line: str, bare: str) -> Mark | None:
    """ ">>> Jan <jan@...> 11/2/2026 9:58 AM >>>" of GroupWise, "2016/1/5 Jan <jan@...>" of old Gmail."""
    if line.startswith(">>> "):
        return Mark(at, at + 1, False, True) if bare.endswith(" >>>") and _TIME.search(bare.lower()) else None
    dated = bare[0].isdigit() and _YEAR.match(bare) and _ENCLOSED.search(bare)
    return Mark(at, at + 1, False, False) if dated else None


def _named_rule(lines: list[str], at: int, bare: str) -> Mark | None:
    """ "-----Original Message-----", or any name between rules that a quoted header follows."""
    name = bare.strip(_RULED).lower()
    if not name:
        return None
    told = "@" in name and _wrote(name)
    if told or name.startswith(words.ORIGINAL) or any(phrase in name for phrase in words.ANSWER_ABOVE):
        return Mark(at, header_end(lines, next_said(lines, at + 1), fields=2) or at + 1, True, True)
    if len(name) > 60 or bare[:3] != bare[-3:] or len(set(bare[:3])) > 1:
        return None
    end = header_end(lines, next_said(lines, at + 1))
    return Mark(at, end, True, True) if end else None


def _ruled_header(lines: list[str], at: int, line: str) -> Mark | None:
    """A bare rule counts only with a quoted header under it."""
    if not _RULE.fullmatch(line):
        return None
    end = header_end(lines, next_said(lines, at + 1), fields=2)
    return Mark(at, end, True, True) if end else None


def _forward(at: int, bare: str) -> Mark | None:
    return Mark(at, at + 1, True, True) if bare.lower().startswith(words.FORWARDS) else None


def _attribution(lines: list[str], at: int) -> Mark | None:
    """ "On ... wrote:" that ends in this line; programs break it over up to four."""
    joined = ""
    quoted = is_quoted(lines[at])
    for start in range(at, max(at - MAX_BROKEN, -1), -1):
        bare = bare_of(lines[start]).lower()
        if not bare or is_quoted(lines[start]) != quoted:
            return None
        joined = f"{bare} {joined}" if joined else bare
        if joined.count("<") < joined.count(">"):
            continue
        sure = _says_who_and_when(joined)
        if sure is None and start == at and _names_only(lines[at]):
            sure = False
        if sure is not None:
            start = _true_start(lines, start, at, quoted)
            return Mark(start, at + 1, False, sure or _stands_alone(lines, start, joined))
    return None


def _says_who_and_when(joined: str) -> bool | None:
    """Whether this is "On ... wrote:", and then whether it can be nothing else; None when it is not."""
    wrote = _wrote(joined)
    if not wrote and "@" not in joined and not joined.startswith(words.WROTE_PHRASES):
        return None
    year = bool(_YEAR.search(joined))
    time = bool(_TIME.search(joined))
    date = bool(_DATE.search(joined))
    address = bool(_ADDRESS.search(joined))
    if joined.startswith(words.WROTE_PHRASES) and (year or date):
        return True
    if wrote:
        if address and (year or time or date or _ENCLOSED.search(joined)):
            return _little_after_address(joined)
        return False if year or (date and time) else None
    if not (address and time and (year or date)):
        return None
    return True if _ENCLOSED.search(joined) else False if year and _ENDS_IN_ADDRESS.search(joined) else None


def _names_only(line: str) -> bool:
    """ "Jan Nowak pisze:", as some programs have it; "Pani Ania napisała:" is what people say."""
    said = _WORD.findall(line[:80])
    if len(line) > 80 or not 3 <= len(said) <= 6 or said[0].lower() in words.PEOPLE:
        return False
    names = [word for word in said if word[0].isupper()]
    return len(names) >= 2 and len(said) - len(names) <= 2 and not _WROTE.isdisjoint(said[-2:])


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
    """A line above belongs to it when it opens one and this one cannot: "<" and small words open none."""
    first = bare_of(lines[start])
    if _opens(first.lower()):
        return start
    for above in range(start - 1, max(at - MAX_BROKEN, -1), -1):
        low = bare_of(lines[above]).lower()
        if not low or is_quoted(lines[above]) != quoted:
            break
        if _opens(low) and _DATE.search(low):
            broken = first[:1] in "<(" or first[:1].islower() or low[-1:] in "<,"
            return above if broken else start
    return start
