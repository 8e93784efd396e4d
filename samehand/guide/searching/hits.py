"""What a search found, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Why:
    """`how` is "form" (the word itself), "family", "stem", "typo", "synonym" or "leads" (what the word leads to);
    `found` is the article's word as a dictionary has it."""

    word: str
    how: str
    found: str


@dataclass(frozen=True, slots=True)
class Hit:
    """In a trial there are no numbers, only the key. `why` is empty when the article was found by its meaning alone."""

    problem_key: str
    problem_id: int | None
    revision_id: int | None
    title: str
    summary: str
    score: float
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """`meant` is the search with the marks and letters that it may have lacked, else ""; it is shown, never used."""

    hits: tuple[Hit, ...]
    meant: str = ""
