"""Articles of the guide as text: Markdown with solutions, parts for some readers only, and places for facts.

    Two sentences.

    ## Block the number {#block-in-account}

    1. Open {{account}}.

    ::: for iphone
    2. Only shown for iPhones.
    :::

    ## What then

A heading of the second level with a mark is a solution, one without is a plain section. What cannot be right is said
as faults, each with its line; the rest is read all the same.
"""

from samehand.core.articles.marks import lone_marks
from samehand.core.articles.places import FACT, facts_of, filled
from samehand.core.articles.reading import read
from samehand.core.articles.values import KEY, LARGEST, Article, Fault, Link, Piece, Section, canonical

__all__ = [
    "FACT",
    "KEY",
    "LARGEST",
    "Article",
    "Fault",
    "Link",
    "Piece",
    "Section",
    "canonical",
    "facts_of",
    "filled",
    "lone_marks",
    "read",
]
