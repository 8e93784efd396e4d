"""The stories of Fala Mobile: what its customers write about, read from the files beside this module."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "stories"
ATTACHED = re.compile(r"za[łl][ąa]czni|attached", re.IGNORECASE)
PEOPLE_AND_PHRASES = {"guide", "names", "phrases", "team"}


@dataclass(frozen=True, slots=True)
class Round:
    """The customer writes one of `ask`, a consultant answers one of `answer`: the one beside it when they come in
    pairs."""

    ask: tuple[str, ...]
    answer: tuple[str, ...]
    attach: str = ""

    @property
    def paired(self) -> bool:
        return len(self.ask) == len(self.answer)

    def attachment_of(self, asked: str) -> str:
        """ "png", "pdf" or "": the attachment goes with those words that speak of it."""
        return self.attach if ATTACHED.search(asked) else ""


@dataclass(frozen=True, slots=True)
class Story:
    key: str
    language: str
    skill: str
    weight: int
    subjects: tuple[str, ...]
    rounds: tuple[Round, ...]
    notes: tuple[str, ...]
    women_only: bool


@cache
def stories() -> tuple[Story, ...]:
    """All stories, in the order of files and of places in them."""
    files = sorted(path for path in FOLDER.glob("*.toml") if path.stem not in PEOPLE_AND_PHRASES)
    return tuple(_story(row) for path in files for row in _read(path)["story"])


def of_language(language: str) -> list[Story]:
    return [story for story in stories() if story.language == language]


@cache
def guide() -> dict[str, Any]:
    """What happens in the guide: searches that fail, what readers say, what is changed and told."""
    return _read(FOLDER / "guide.toml")


@cache
def phrases(language: str) -> dict[str, Any]:
    """What fits any case, in the given language."""
    found: dict[str, Any] = _read(FOLDER / "phrases.toml")[language]
    return found


@cache
def names() -> dict[str, Any]:
    return _read(FOLDER / "names.toml")


@cache
def team() -> tuple[dict[str, Any], ...]:
    return tuple(_read(FOLDER / "team.toml")["person"])


def _story(row: dict[str, Any]) -> Story:
    return Story(
        key=row["key"],
        language=row.get("language", "pl"),
        skill=row["skill"],
        weight=row.get("weight", 1),
        subjects=tuple(row["subjects"]),
        rounds=tuple(_round(part) for part in (row, *row.get("more", ()))),
        notes=tuple(row.get("notes", ())),
        women_only=row.get("women_only", False),
    )


def _round(part: dict[str, Any]) -> Round:
    return Round(tuple(part["ask"]), tuple(part["answer"]), part.get("attach", ""))


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)
