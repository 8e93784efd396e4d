"""Where a mail that proves nothing may belong: a guess with its reason, for a person to confirm. It joins nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

# What a person is told, and how much it weighs. What is told of strangers' mail weighs enough alone.
WEIGHTS = {
    "number": 8,  # names the case's reference
    "link": 8,  # quotes the link of the case's page, which stands under each of our answers
    "answers": 8,  # names a message of the case as the one it answers, but from another address
    "again": 6,  # carries the Message-ID of a message of the case
    "quotes": 4,  # quotes lines of the case
    "subject": 4,
    "like": 2,  # some words of the subject are the same
    "name": 1,  # greets the colleague who holds the case
}
ENOUGH = 3
LATELY = timedelta(days=14)
SOME_TIME = timedelta(days=90)
LONG_AGO = timedelta(days=400)
MAX_SUBJECT = 300
MAX_LINES = 400
LINE = 16

# How mail programs say "answer" and "forwarded" before a subject, in the languages that come in.
_ANSWER = (
    "re|odp|odpowiedź|odpowiedz|aw|antw|antwort|sv|vs|ref|rif|r|res|rép|rep|atb|ynt|bls|отв|ответ|на|"
    "回复|答复|回覆|返信"
)
_FORWARD = "fwd|fw|pd|przekazano|przekazane|wg|wtr|tr|i|enc|rv|vb|vl|doorst|továbbítás|ilt|trs|пересл|转发|轉寄|転送"
_ROBOT = "automatyczna odpowiedź|automatic reply|autoreply|auto|out of office|poza biurem"
_PREFIX = re.compile(
    rf"\s*+(?:\[[^\[\]]{{0,80}}+\]|(?P<word>{_ANSWER}|{_FORWARD}|{_ROBOT})(?:\s?[\[(^]\d{{1,4}}[\])]?)?\s?[:\uff1a])\s*+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s*[\[(](?:fwd|fw|pd)[\])]\s*$", re.IGNORECASE)
_WAS = re.compile(r"[\[(](?:was|war|było|bylo)\s?[:\s]\s*([^\])]{1,300}+)[\])]?\s*$", re.IGNORECASE)
_WORD = re.compile(r"\w{4,40}")
_QUOTED = re.compile(r"\s{0,8}(?:[>|]\s?){1,40}")
_NUMBER = re.compile(r"\bsh-[0-9a-hjkmnp-tv-z]{8}\b(?!\.[a-z0-9])")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail without proof. `text` is the whole of it, `own` the writer's own words."""

    subject: str
    text: str
    own: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that the mail may belong to. `at` is when something was last said in it, `lines` are the `lines_of` what
    was said, `name` is the first name of who holds it, `signs` are what filing knows already ("link", "answers")."""

    case_id: int
    subject: str = ""
    at: datetime | None = None
    lines: frozenset[str] = frozenset()
    name: str = ""
    signs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hint:
    """`signs` say why, weightiest first; `days` lie between the mail and what was last said in the case."""

    case_id: int
    signs: tuple[str, ...]
    days: int = 0


def hint(letter: Letter, candidates: Iterable[Candidate]) -> Hint | None:
    """The case that the mail most likely belongs to, when there is reason enough; of equals the latest."""
    candidates = tuple(candidates)
    # Splitting a text into lines costs more than all the rest: only when there is something to hold them against.
    read = _Read(letter, quotes=any(one.lines for one in candidates))
    found = [(_weight(signs, age), one.at, signs, one) for one in candidates for signs, age in (read.signs(one),)]
    likely = [each for each in found if each[0] >= ENOUGH]
    if not likely:
        return None
    _, at, signs, one = max(likely, key=lambda each: (each[0], each[1] is not None, each[1] or letter.at))
    told = tuple(sign for sign in WEIGHTS if sign in signs)
    return Hint(one.case_id, told, abs(letter.at - at).days if at else 0)


def bare(subject: str) -> str:
    """The subject without what mail programs and lists put around it, in one letter case."""
    rest, _answers = _peeled(subject)
    return rest


def lines_of(text: str) -> frozenset[str]:
    """The lines long enough to be known again, whatever wraps, quotes or spaces them."""
    return frozenset(_plain_lines(text))


def quoted_lines(text: str, own: str) -> frozenset[str]:
    """The lines that the writer repeats: marked as a quote, or not among the own words."""
    marked = {line for line in text.split("\n", 10 * MAX_LINES)[: 10 * MAX_LINES] if _QUOTED.match(line)}
    repeated = lines_of(text) - lines_of(own)
    return repeated | frozenset(_plain_lines("\n".join(marked)))


def numbers_in(subject: str, text: str) -> tuple[str, ...]:
    """Case references that somebody wrote down; of many the first ten."""
    found = []
    for part in (subject[:MAX_SUBJECT], text[:20_000]):
        lowered = part.lower()
        if "sh-" in lowered:
            found += [number.upper() for number in _NUMBER.findall(lowered)]
    return tuple(dict.fromkeys(found))[:10]


class _Read:
    """A letter read once, to be held against many candidates."""

    def __init__(self, letter: Letter, *, quotes: bool) -> None:
        self.at = letter.at
        self.subject, self.answers = _peeled(letter.subject)
        self.before = _was(self.subject)
        self.words = frozenset(_WORD.findall(self.subject))
        self.quoted = quoted_lines(letter.text, letter.own) if quotes else frozenset()
        self.greeting = letter.own.lstrip()[:80].lower().replace(",", " ").split()[:6]

    def signs(self, one: Candidate) -> tuple[frozenset[str], timedelta]:
        age = abs(self.at - one.at) if one.at else timedelta()
        found = set(one.signs)
        found |= self._by_subject(bare(one.subject), age)
        if self.quoted and not self.quoted.isdisjoint(one.lines):
            found.add("quotes")
        if one.name and age <= LATELY and self._greets(one.name.lower()):
            found.add("name")
        return frozenset(found), age

    def _by_subject(self, subject: str, age: timedelta) -> set[str]:
        if not subject or not self.subject:
            return set()
        before = _was(subject)
        if subject in (self.subject, self.before) or before == self.subject:
            return {"subject"} if self.answers or age <= LATELY else set()
        words = frozenset(_WORD.findall(subject))
        both = words & self.words
        return {"like"} if len(both) >= 2 and 2 * len(both) >= len(words | self.words) and age <= SOME_TIME else set()

    def _greets(self, name: str) -> bool:
        # Polish turns the end of a name: Marek is greeted as "Panie Marku".
        stem = name[: max(3, len(name) - 2)]
        return any(word.startswith(stem) for word in self.greeting)


def _weight(signs: frozenset[str], age: timedelta) -> float:
    if not signs:
        return 0
    sure = not signs.isdisjoint(("number", "link", "answers"))
    late = 0 if sure or age <= SOME_TIME else 1 if age <= LONG_AGO else 3
    return sum(WEIGHTS[sign] for sign in signs) + (0.5 if age <= LATELY else 0) - late


@lru_cache(maxsize=4096)
def _peeled(subject: str) -> tuple[str, bool]:
    """The bare subject, and whether something before it said that it answers or goes on."""
    rest, answers, before = " ".join(subject[:MAX_SUBJECT].split()).casefold(), False, ""
    while rest != before:
        before = rest
        if match := _PREFIX.match(rest):
            answers = answers or match["word"] is not None
            rest = rest[match.end() :]
        if match := _TAIL.search(rest):
            answers, rest = True, rest[: match.start()]
        rest = rest.strip(" .!?-–—:")
    return rest, answers


def _was(subject: str) -> str:
    """What the subject says that it was before: "New SIM (was: Old SIM)"."""
    match = _WAS.search(subject)
    return bare(match[1]) if match else ""


def _plain_lines(text: str) -> Iterator[str]:
    for line in text[:100_000].split("\n", MAX_LINES)[:MAX_LINES]:
        match = _QUOTED.match(line) if ">" in line[:40] or "|" in line[:40] else None
        plain = " ".join((line[match.end() :] if match else line).casefold().split())
        if len(plain) >= LINE:
            yield plain[:200]
