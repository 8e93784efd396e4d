"""The search of the guide: every form of every word, slips of the pen, synonyms, on PostgreSQL alone.

An embedder may stand beside it.

`index` and `forget` belong to publishing and withdrawing; `search`, `suggest` and `problem_of` to the pages.
"""

from samehand.guide.searching.asking import search
from samehand.guide.searching.gaps import Failed, gaps
from samehand.guide.searching.hits import Found, Hit, Why
from samehand.guide.searching.mails import problem_of
from samehand.guide.searching.shelves import forget, hold, index, out_of_date, reindex
from samehand.guide.searching.suggesting import Suggestion, suggest
from samehand.guide.searching.teaching import add_synonym, put_aside, remove_synonym

__all__ = [
    "Failed",
    "Found",
    "Hit",
    "Suggestion",
    "Why",
    "add_synonym",
    "forget",
    "gaps",
    "hold",
    "index",
    "out_of_date",
    "problem_of",
    "put_aside",
    "reindex",
    "remove_synonym",
    "search",
    "suggest",
]
