"""The trees that are offered."""

from __future__ import annotations

from dataclasses import dataclass

from samehand.guide import trees, walks
from samehand.portal.guide import addresses


@dataclass(frozen=True, slots=True)
class Way:
    title: str
    summary: str
    address: str


def ways(language: str) -> list[Way]:
    return [
        Way(
            walks.title_of(tree, language),
            tree.summaries.get(language, ""),
            addresses.of("tree", language, tree=tree.key),
        )
        for tree in trees.published()
    ]
