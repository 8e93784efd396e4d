"""Sentences of a mail as people write mails: without greeting and farewell, with or without capitals and full stops."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

# Of a longer message the brief reads the beginning: whoever wants something says so there.
LETTERS = 6_000
SENTENCES = 80
LONG = 190

_MARKED = tuple(zip("ąćęłńóśźż’`", "acelnoszz''", strict=True))
# After these a full stop ends no sentence.
_SHORT = re.compile(
    r"(?:\b(?:np|ul|al|art|ust|par|tj|tzn|tzw|m\.in|dr|mgr|inz|nr|tel|godz|r|zl|sw|itd|itp|pt|ok|min|szt|"
    r"pkt|str|ws|prof|mr|mrs|ms|e\.g|i\.e|no|approx|p\.s|ps)|(?:^|\s)[a-z])$",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?…]{1,8}[\"'”»)]{0,2}(?=\s|$)")
_HELLO = re.compile(
    r"(?:dzien dobry|dobry wieczor|dobry|witam|witajcie|czesc|hej|halo|"
    r"hello|hi|hey|dear|good (?:morning|afternoon|evening)|szanown\w{1,3}|drog\w{1,3})\b[^.?!]{0,40}$"
)
_BEFORE = re.compile(
    r"^(?:dzie[nń] dobry|szanown\w{1,3}(?: pa\w{1,4})?|dobry wiecz[oó]r|witam|cze[sś][cć]|hej|hello|hi there|hi|"
    r"good (?:morning|afternoon|evening))"
    r"(?: (?:pa[nń]stwu|wszystkim|[A-ZŁŚŻŹĆÓ][a-ząćęłńóśźż]{1,15}))?\s?[,.!;:–-]+\s+(?=\S)",
    re.IGNORECASE,
)
_BYE = re.compile(
    r"(?:(?:serdecznie |z gory )?pozdrawiam\w{0,2}|pozdrowienia|pozdr|z powazaniem|"
    r"z wyrazami szacunku|milego (?:dnia|wieczoru)|dobrego (?:dnia|wieczoru)|"
    r"kind regards|best regards|regards|best wishes|cheers|yours sincerely|sincerely|wyslan[eo] z .*|"
    r"sent from .*)\b[^.?!]{0,40}[.!]?$"
)
_SAYS = re.compile(r"[^\W\d_]{2}")


@lru_cache(maxsize=2048)
def folded(text: str) -> str:
    """Small letters without Polish marks, as half of the writers write them."""
    text = text.lower()
    # Many times as fast as `translate`.
    for marked, plain in _MARKED:
        text = text.replace(marked, plain)
    return " ".join(text.split())


def sentences(text: str) -> list[str]:
    """The sentences that say something, in order."""
    found: list[str] = []
    for line in _paragraphs(text[:LETTERS]):
        for sentence in _cut(line):
            bare = _BEFORE.sub("", sentence).strip(" \t-–•*>")
            if _SAYS.search(bare) and not _is_frame(bare):
                found.append(bare)
        if len(found) >= SENTENCES:
            break
    return found[:SENTENCES]


def _paragraphs(text: str) -> Iterator[str]:
    """Lines that a mail program broke in the middle of a sentence belong together; a list's items do not."""
    held = ""
    for raw in text.replace("\r", "\n").split("\n"):
        line = " ".join(raw.split())
        goes_on = held and line[:1].islower() and (len(held) > 50 or held.endswith(","))
        if goes_on:
            held = f"{held} {line}"
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _cut(line: str) -> Iterator[str]:
    begin = 0
    for end in _END.finditer(line):
        mark = end[0]
        if mark == "." and _goes_on(line, end.start(), end.end()):
            continue
        yield line[begin : end.end()].strip()
        begin = end.end()
    yield line[begin:].strip()


def _goes_on(line: str, before: int, after: int) -> bool:
    """Whether the full stop ends only a word: "ul. Polna", "1. dzień"."""
    if _SHORT.search(line[max(0, before - 12) : before]):
        return True
    return line[before - 1 : before].isdigit() and line[after : after + 2].strip()[:1].islower()


def _is_frame(sentence: str) -> bool:
    """A greeting or a farewell."""
    if len(sentence) > 70:
        return False
    plain = folded(sentence).strip(" ,.!;:-")
    return bool(_HELLO.fullmatch(plain) or _BYE.fullmatch(plain))


def shown(chosen: Iterable[str], most: int = LONG) -> str:
    """Sentences in one line, cut between two words."""
    line = " ".join(chosen)
    if len(line) <= most:
        return line
    cut = line[: most + 1].rsplit(" ", 1)[0] if " " in line[: most + 1] else line[:most]
    return cut.rstrip(" ,;:-–") + " …"
