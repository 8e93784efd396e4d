"""Places for the operator's own facts: {{hotline}}. And links, as far as they can be checked without Markdown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from samehand.core.articles.values import KEY, Fault, Link

FACT = re.compile(r"\{\{([^{}\n]{0,60})\}\}")
_LINK = re.compile(r"\](?:\(|:)[ \t]{0,8}<?([A-Za-z][A-Za-z0-9+.-]{0,20}):([^\s()<>]{0,400})")

_NAMED = frozenset({"problem", "tree", "picture"})
_INSIDE = _NAMED | {"setup", "contact"}
_OUTSIDE = frozenset({"http", "https", "tel", "mailto"})


def filled(text: str, facts: Mapping[str, str]) -> str:
    """`text` with the facts in their places; what is no fact stays. Values are never looked into."""
    return FACT.sub(lambda place: facts.get(place[1].strip(), place[0]), text)


def facts_of(line: str) -> Iterator[str]:
    return (place.strip() for place in FACT.findall(line))


def links_of(line: str, number: int) -> Iterator[Link | Fault]:
    """The links within the guide, and a fault for each that leads where none may."""
    for scheme, rest in _LINK.findall(line):
        if scheme in _INSIDE:
            sound = KEY.fullmatch(rest) if scheme in _NAMED else not rest
            yield Link(scheme, rest, number) if sound else Fault(number, "bad-link", f"{scheme}:{rest}"[:80])
        elif scheme.lower() not in _OUTSIDE:
            yield Fault(number, "outside-link", f"{scheme}:")


def unknown_facts(line: str, number: int, known: Collection[str]) -> Iterator[Fault]:
    return (Fault(number, "unknown-fact", fact) for fact in facts_of(line) if fact not in known)
