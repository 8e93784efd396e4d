"""From lines to an article. One pass; no expression that can run away on a hostile line."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from samehand.core.articles.places import facts_of, links_of, unknown_facts
from samehand.core.articles.values import KEY, LARGEST, Article, Fault, Link, Piece, Section
from samehand.core.scopes import WORDS, Scope

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_MARK = re.compile(r"\{([^{}]{0,100})\}$")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def read(text: str, *, facts: Collection[str]) -> Article:
    """`text` is Markdown without front matter, `facts` the keys that may stand between double braces."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > LARGEST:
        return Article((), (), (), (), (Fault(1, "too-large", f"{size // 1000}"),))
    reading = _Reading(facts)
    for number, line in enumerate(text.split("\n"), 1):
        reading.line(number, line)
    return reading.done()


@dataclass(slots=True)
class _Part:
    """The introduction, or a section while it is read."""

    key: str = ""
    title: str = ""
    line: int = 1
    pieces: list[Piece] = field(default_factory=list)


class _Reading:
    def __init__(self, facts: Collection[str]) -> None:
        self.known = facts
        self.parts = [_Part()]
        self.run: list[str] = []
        self.run_from = 1
        self.scope: Scope | None = None
        self.block_from = 0
        self.fence, self.fence_from = "", 0
        self.before = ""
        self.links: list[Link] = []
        self.facts: dict[str, None] = {}
        self.faults: list[Fault] = []

    def line(self, number: int, line: str) -> None:
        self._places(number, line)
        if self._fenced(number, line):
            self._keep(number, line)
        elif line.startswith(":::"):
            self._block(number, line[3:].strip())
        elif line.startswith("##") and line[2:3] in {" ", "\t", ""}:
            self._section(number, line[2:].strip())
        else:
            self._strange(number, line)
            self._keep(number, line)
        self.before = line

    def done(self) -> Article:
        if self.block_from:
            self._fault(self.block_from, "unclosed-block")
        if self.fence:
            self._fault(self.fence_from, "unclosed-fence")
        self._cut(0)
        sections = tuple(Section(p.key, p.title, tuple(p.pieces), p.line) for p in self.parts[1:])
        self._whole(sections)
        faults = sorted(self.faults, key=lambda fault: fault.line)
        return Article(tuple(self.parts[0].pieces), sections, tuple(self.links), tuple(self.facts), tuple(faults))

    def _whole(self, sections: tuple[Section, ...]) -> None:
        """Faults that show at the end only."""
        if not any(section.key for section in sections):
            self._fault(1, "no-solution")
        keys: set[str] = set()
        for section in sections:
            if not section.pieces:
                self._fault(section.line, "empty-section", section.title)
            if section.key and section.key in keys:
                self._fault(section.line, "same-key", section.key)
            keys.add(section.key)

    def _places(self, number: int, line: str) -> None:
        if _CONTROL.search(line):
            self._fault(number, "control")
        self.facts.update(dict.fromkeys(facts_of(line)))
        self.faults.extend(unknown_facts(line, number, self.known))

    def _fenced(self, number: int, line: str) -> bool:
        """Whether the line belongs to a fenced piece of code, its fences included."""
        fence = _FENCE.match(line)
        if self.fence:
            if fence and fence[1].startswith(self.fence) and not fence[2].strip():
                self.fence = ""
            return True
        # Backticks after backticks are a span of code in a sentence.
        if fence and not (fence[1][0] == "`" and "`" in fence[2]):
            self.fence, self.fence_from = fence[1], number
            return True
        return False

    def _block(self, number: int, words: str) -> None:
        self._cut(number + 1)
        if not words:
            if not self.block_from:
                self._fault(number, "stray-end")
            self.scope, self.block_from = None, 0
            return
        if self.block_from:
            self._fault(number, "nested-block", words[:60])
        self.scope, self.block_from = self._scope(number, words), number

    def _scope(self, number: int, words: str) -> Scope | None:
        verb, _, rest = words.partition(" ")
        named = [word.strip() for word in rest.split(",")]
        for word in named:
            if word and word not in WORDS:
                self._fault(number, "unknown-scope", word[:60])
        known = tuple(dict.fromkeys(word for word in named if word in WORDS))
        if verb not in {"for", "not"} or not any(named):
            self._fault(number, "no-scope", words[:60])
            return None
        return Scope(known, without=verb == "not") if known else None

    def _section(self, number: int, heading: str) -> None:
        self._cut(number + 1)
        key = ""
        if mark := _MARK.search(heading):
            heading = heading[: mark.start()].rstrip()
            key = mark[1][1:] if mark[1].startswith("#") else ""
            if not KEY.fullmatch(key):
                self._fault(number, "bad-key", mark[0][:60])
                key = ""
        elif "{#" in heading:
            # A mark that is not closed, or after which words follow: readers would see it in the title.
            self._fault(number, "bad-key", heading[heading.index("{#") :][:60])
        if not heading:
            self._fault(number, "no-title")
        self.parts.append(_Part(key, heading, number))

    def _strange(self, number: int, line: str) -> None:
        self._links(number, line)
        bare = line.strip()
        if line.startswith("#") and line[1:2] in {" ", "\t", ""}:
            self._fault(number, "heading-1", bare[1:].strip()[:60])
        elif bare.startswith(":::"):
            self._fault(number, "indented-block", bare[:60])
        elif bare and self._words_before() and not bare.strip("=-") and len(set(bare)) == 1 and line[:4].strip():
            self._fault(number, "underlined", self.before.strip()[:60])

    def _words_before(self) -> bool:
        """Whether a line of equal signs or dashes would make the line before it a heading."""
        return self.before[:1].isalpha() or self.before[:1] in {"*", "_", "[", "{", "("}

    def _links(self, number: int, line: str) -> None:
        for link in links_of(line, number):
            if isinstance(link, Link):
                self.links.append(link)
            else:
                self.faults.append(link)

    def _keep(self, number: int, line: str) -> None:
        if not self.run:
            if not line:
                # Empty lines before the words are cut off; the words stand where they stand.
                return
            self.run_from = number
        self.run.append(line)

    def _cut(self, next_line: int) -> None:
        """Close the run of lines that was read: what follows is for others, or under another heading."""
        text = "\n".join(self.run).strip("\n")
        if text.strip():
            self.parts[-1].pieces.append(Piece(text, self.scope, self.run_from))
        self.run, self.run_from, self.before = [], next_line, ""

    def _fault(self, line: int, kind: str, word: str = "") -> None:
        self.faults.append(Fault(line, kind, word))
