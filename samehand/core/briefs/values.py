"""What goes into a brief, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Who = Literal["customer", "us", "note"]
Outcome = Literal["helped", "partly", "failed", "unclear", "silent"]
Fate = Literal["open", "due", "past", "followed"]


@dataclass(frozen=True, slots=True)
class Said:
    """One utterance: the writer's own words. `name` is the first name of the colleague who wrote it."""

    who: Who
    at: datetime
    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Sentences as they were said, cut to what a person takes in at a glance."""

    text: str
    at: datetime
    name: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """What one of us did or proposed, and what the customer wrote to it. `silent`: nothing came after it; `unclear`:
    what came says neither that it helped nor that it did not."""

    what: Quote
    outcome: Outcome
    reaction: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A promise that one of us gave. `until` is the moment it names; `fate`: `due` until then, `past` when nobody wrote
    since, `followed` when one of us did, `open` when it names no moment and nobody wrote since."""

    what: Quote
    fate: Fate
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """`tone` maps a key of `tone.KEYS` to the sentence that speaks for it; `reminders` counts how often the customer
    asked again before anybody had answered."""

    wants: tuple[Quote, ...] = ()
    tried: tuple[Tried, ...] = ()
    promised: tuple[Given, ...] = ()
    notes: tuple[Quote, ...] = ()
    tone: tuple[tuple[str, str], ...] = ()
    reminders: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.wants or self.tried or self.promised or self.notes or self.tone)
