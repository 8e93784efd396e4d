"""The messages that wait, indexed by skill, and what is known of cases and customers."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from typing import Any, Literal

from samehand.core.routing.values import DAY

Stage = Literal["only", "owner", "circle", "fits", "near", "all", "urgent", "late"]
Key = tuple[str, str]
Bins = tuple[int, ...]

KEPT = ("only", "owner", "circle")  # for named people; in the other stages whoever may look finds it in the queue
OPEN = ("all", "urgent", "late")  # to everybody with the skill
BINS = 48
BIN = DAY / BINS
MINUTES_KEPT = 4
KNOWN_KEPT = 8
AHEAD_OF_ALL = 1e9


@dataclass(slots=True)
class Customer:
    """`minutes` are the minutes of the day at which she last wrote; `known` who answered her, the latest last."""

    id: int
    known: list[int] = field(default_factory=list)
    minutes: list[float] = field(default_factory=list)
    bins: Bins = ()
    last: float = 0.0

    def __post_init__(self) -> None:
        self.bins = tuple(int(minute // BIN) for minute in self.minutes)

    def wrote(self, now: float) -> None:
        self.last = now
        self.minutes.append(now % DAY)
        del self.minutes[:-MINUTES_KEPT]
        self.bins = (*self.bins, int(now % DAY // BIN))[-MINUTES_KEPT:]

    def answered_by(self, consultant: int) -> None:
        known = self.known
        if known and known[-1] == consultant:
            return
        if consultant in known:
            known.remove(consultant)
        known.append(consultant)
        del known[:-KNOWN_KEPT]


@dataclass(slots=True)
class Case:
    """`seen` are those who answered, in order of appearance: the first is the owner."""

    id: int
    customer: Customer
    seen: list[int] = field(default_factory=list)
    last_done: float | None = None
    last: float = 0.0


@dataclass(slots=True)
class Message:
    """`owner` and `circle` are those for whom it is kept; `only_for` is the word of a lead or of the customer."""

    id: int
    case: Case
    key: Key
    arrived: float
    due: float
    stage: Stage = "all"
    owner: int | None = None
    circle: tuple[int, ...] = ()
    until: float = 0.0
    bar: float = 0.0
    urgent: bool = False
    only_for: int | None = None
    kept_for: tuple[int, ...] = ()
    rank: tuple[float, int] = (0.0, 0)
    scores: Any = None  # the fit of those who are there, as long as `scored` is the fit's own mark
    scored: object = None

    def __post_init__(self) -> None:
        self.owe(self.due)
        self.keep_for(self.owner, self.circle)

    def owe(self, due: float) -> None:
        """The promise ends at `due`: who fits is asked anew."""
        self.scores = self.scored = None
        self.due, self.rank = due, (due - AHEAD_OF_ALL if self.urgent else due, self.id)

    def hurry(self) -> None:
        """It goes before all that is not urgent."""
        self.urgent = True
        self.owe(self.due)

    def keep_for(self, owner: int | None, circle: tuple[int, ...]) -> None:
        self.owner, self.circle = owner, circle
        self.kept_for = circle if owner is None else (owner, *circle)


class Queue:
    """The messages of one skill and language: those that can be in time, and the late ones, each by due time."""

    __slots__ = ("late", "timely")

    def __init__(self) -> None:
        self.timely: list[tuple[float, int]] = []
        self.late: list[tuple[float, int]] = []

    def __bool__(self) -> bool:
        return bool(self.timely or self.late)

    def add(self, message: Message) -> None:
        insort(self._line(message), message.rank)

    def remove(self, message: Message) -> None:
        line = self._line(message)
        at = bisect_left(line, message.rank)
        if at < len(line) and line[at] == message.rank:
            del line[at]

    def _line(self, message: Message) -> list[tuple[float, int]]:
        return self.late if message.stage == "late" else self.timely
