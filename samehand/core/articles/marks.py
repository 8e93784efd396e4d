"""Marks of solutions, across the languages of an article."""

from __future__ import annotations

from collections.abc import Sequence

from samehand.core.articles.values import Article


def lone_marks(languages: Sequence[Article]) -> tuple[str, ...]:
    """The marks that do not stand in every language of an article, in the order in which they are met.

    The ledger knows a solution by its mark: the same advice under two marks is two solutions to it.
    """
    marks = [dict.fromkeys(section.key for section in article.solutions) for article in languages]
    met = dict.fromkeys(mark for each in marks for mark in each)
    return tuple(mark for mark in met if not all(mark in each for each in marks))
