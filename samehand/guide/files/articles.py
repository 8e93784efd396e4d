"""An article as a file: what is said of it between two lines of dashes, and its text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import yaml

from samehand.core.articles import KEY, LARGEST, Fault, canonical
from samehand.guide.files.data import NoData, composed, flow, line_of, pairs, scalar, word, words
from samehand.guide.models import Kind
from samehand.guide.rendering import faults_of

# What is said of an article, without its text.
LARGEST_HEAD = 20_000


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """What a file says. A translation has `translates`, and may leave out what its source says of the problem (None).

    `version`: the number that this text has in the house it comes from. `former`: its addresses before.
    """

    problem: str
    language: str
    title: str
    slug: str
    body: str
    kind: str | None = None
    category: str | None = None
    topic: str | None = None
    summary: str = ""
    keywords: tuple[str, ...] = ()
    related: tuple[str, ...] | None = None
    review_every: int | None = None
    version: int | None = None
    translates: int | None = None
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """`file` is None when there is a fault. `lines`: where each field stands; `first`: the line of the text's first."""

    file: ArticleFile | None
    faults: tuple[Fault, ...]
    lines: dict[str, int]
    first: int


def written(file: ArticleFile) -> str:
    """The file, the same for the same article at any time."""
    lines = ["---"]
    for name, (_, write) in _FIELDS.items():
        value = getattr(file, name)
        if value not in (None, "", ()) or name in _NEEDED:
            lines.append(f"{name}: {write(value)}")
    return "\n".join([*lines, "---", file.body])


def read_article(raw: bytes, *, key: str, language: str) -> Read:
    """A file's article, or every fault that it has. `key` and `language` are what its place says."""
    if len(raw) > LARGEST + LARGEST_HEAD:
        return _none(Fault(1, "too-large", f"more than {(LARGEST + LARGEST_HEAD) // 1000}"))
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as trouble:
        return _none(Fault(raw.count(b"\n", 0, trouble.start) + 1, "no-utf8"))
    head, _, body = text.removeprefix("---\n").partition("\n---\n")
    if not text.startswith("---\n") or f"{head}\n---\n" not in text or len(head) > LARGEST_HEAD:
        return _none(Fault(1, "no-head"))
    return _Reading(head, body, key, language).read()


def _none(fault: Fault) -> Read:
    return Read(None, (fault,), {}, 1)


class _Reading:
    def __init__(self, head: str, body: str, key: str, language: str) -> None:
        self.head, self.body, self.key, self.language = head, body, key, language
        self.faults: list[Fault] = []
        self.lines: dict[str, int] = {}

    def read(self) -> Read:
        values = self._values()
        if values is None:
            # Without its head nothing can be said of the rest.
            return Read(None, tuple(self.faults), self.lines, 1)
        if not self.faults:
            self._complete(values)
        # The line of dashes above, those of the head, the line of dashes below.
        first = self.head.count("\n") + 4
        body = canonical(self.body)
        for fault in faults_of(values.get("title", ""), values.get("summary", ""), body):
            at = first + self._skipped() + fault.line - 1 if fault.line else self.lines.get("title", 1)
            self.faults.append(replace(fault, line=at))
        faults = tuple(sorted(self.faults, key=lambda fault: fault.line))
        file = None if faults else ArticleFile(body=body, **values)
        return Read(file, faults, self.lines, first + self._skipped())

    def _skipped(self) -> int:
        return len(self.body) - len(self.body.lstrip("\n"))

    def _values(self) -> dict[str, Any] | None:
        try:
            node = composed(self.head)
        except NoData as trouble:
            self._fault(trouble.fault.line + 1, trouble.fault.kind, trouble.fault.word)
            return None
        if not isinstance(node, yaml.MappingNode):
            self._fault(1, "no-head")
            return None
        values: dict[str, Any] = {}
        for name_node, value_node in pairs(node):
            self._field(word(name_node) or "", value_node, line_of(name_node) + 1, values)
        return values

    def _field(self, name: str, node: yaml.Node, line: int, values: dict[str, Any]) -> None:
        if name not in _FIELDS:
            self._fault(line, "unknown-field", name[:60])
        elif name in values:
            self._fault(line, "same-field", name)
        elif (value := _FIELDS[name][0](node)) is None:
            self._fault(line, "bad-value", name)
        else:
            values[name], self.lines[name] = value, line

    def _complete(self, values: dict[str, Any]) -> None:
        needed = _NEEDED if "translates" in values else (*_NEEDED, "kind", "category")
        for name in needed:
            if not values.get(name):
                self._fault(1, "no-field", name)
        for name, place in (("problem", self.key), ("language", self.language)):
            if values.get(name) and values[name] != place:
                self._fault(self.lines[name], "wrong-place", f"{name}: {values[name]}"[:80])

    def _fault(self, line: int, kind: str, about: str = "") -> None:
        self.faults.append(Fault(line, kind, about))


def _line(most: int) -> Callable[[yaml.Node], str | None]:
    """One line of words as it is kept: it must not be another one afterwards."""

    def read(node: yaml.Node) -> str | None:
        value = word(node)
        if value is None or any(ord(sign) < 32 and not sign.isspace() for sign in value):
            return None
        value = " ".join(value.split())
        return value if len(value) <= most else None

    return read


def _key(node: yaml.Node) -> str | None:
    value = word(node)
    return value if value is not None and KEY.fullmatch(value) else None


def _topic(node: yaml.Node) -> str | None:
    value = word(node)
    return value if value is not None and (not value or (len(value) <= 40 and KEY.fullmatch(value))) else None


def _slug(node: yaml.Node) -> str | None:
    value = word(node)
    return value if value and len(value) <= 120 and all(KEY.fullmatch(piece) for piece in value.split("-")) else None


def _kind(node: yaml.Node) -> str | None:
    value = word(node)
    return value if value in Kind.values else None


def _number(node: yaml.Node) -> int | None:
    value = word(node) or ""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 6 else None


def _phrases(node: yaml.Node) -> tuple[str, ...] | None:
    read = _line(80)
    found = [read(item) for item in node.value] if isinstance(node, yaml.SequenceNode) else [None]
    return None if None in found else tuple(dict.fromkeys(item for item in found if item))


def _keys(node: yaml.Node) -> tuple[str, ...] | None:
    found = words(node)
    return tuple(dict.fromkeys(found)) if found is not None and all(map(KEY.fullmatch, found)) else None


def _slugs(node: yaml.Node) -> tuple[str, ...] | None:
    found = [_slug(item) for item in node.value] if isinstance(node, yaml.SequenceNode) else [None]
    return None if None in found else tuple(sorted({item for item in found if item}))


def _list(values: tuple[str, ...]) -> str:
    return flow(list(values))


_NEEDED = ("problem", "language", "title", "slug")
# In the order in which they are written: how each is read, and how it is written.
_FIELDS: dict[str, tuple[Callable[[yaml.Node], Any], Callable[[Any], str]]] = {
    "problem": (_key, scalar),
    "language": (_key, scalar),
    "title": (_line(200), scalar),
    "slug": (_slug, scalar),
    "kind": (_kind, scalar),
    "category": (_key, scalar),
    "topic": (_topic, scalar),
    "summary": (_line(300), scalar),
    "keywords": (_phrases, _list),
    "related": (_keys, _list),
    "review_every": (_number, scalar),
    "version": (_number, scalar),
    "translates": (_number, scalar),
    "former": (_slugs, _list),
}
