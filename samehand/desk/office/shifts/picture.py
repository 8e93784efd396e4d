"""What the week's page shows, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from samehand.people.models import Staff

# In hundredths of a day's column, at its narrowest.
HALF_A_LETTER = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a day; `x` and `width` in hundredths of the axis."""

    kind: str
    x: float
    width: float
    words: str = ""

    @property
    def middle(self) -> float:
        """Where the words stand; a short bar at the day's edge moves them inwards, for the edge would cut them."""
        half = min(len(self.words) * HALF_A_LETTER, 50)
        return round(min(max(self.x + self.width / 2, half), 100 - half), 2)


@dataclass(frozen=True, slots=True)
class Column:
    """An hour of the day: how many are there and how many are usually needed; `state`: closed, bare, few or well."""

    x: float
    width: float
    height: float
    need: float
    state: str
    words: str

    @property
    def top(self) -> float:
        return 100 - self.height


@dataclass(slots=True)
class Day:
    date: date
    today: bool
    name: str
    closed: bool
    columns: list[Column] = field(default_factory=list)
    bare: tuple[str, ...] = ()
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Cell:
    day: date
    bars: tuple[Bar, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the list that narrow screens show."""

    person: Staff
    words: str
    away: str


@dataclass(frozen=True, slots=True)
class Row:
    person: Staff
    cells: tuple[Cell, ...]
    hours: str


@dataclass(frozen=True, slots=True)
class Week:
    days: list[Day]
    rows: list[Row]
    first: int
    last: int
    empty: bool
