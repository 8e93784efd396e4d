"""The messages that wait, indexed by skill, and what is known of cases and customers."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from typing import Literal

Stage = Literal["owner", "circle", "fits", "near", "all", "urgent", "late"]
Key = tuple[str, str]


@dataclass(slots=True)
class Customer:
    """`minutes` are the minutes of the day at which she last wrote; `known` who answered her, the latest last."""

    id: int
    known: list[int] = field(default_factory=list)
    minutes: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Case:
    """`seen` are those who answered, in order of appearance: the first is the owner."""

    id: int
    customer: Customer
    seen: list[int] = field(default_factory=list)
    last_done: float | None = None


@dataclass(slots=True)
class Message:
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

    def kept_for(self) -> tuple[int, ...]:
        return self.circle if self.owner is None else (self.owner, *self.circle)

    @property
    def rank(self) -> tuple[float, int]:
        return (self.due, self.id)


class Queue:
    """The messages of one skill and language: those that can be in time, and the late ones, each by due time."""

    def __init__(self) -> None:
        self.timely: list[tuple[float, int]] = []
        self.late: list[tuple[float, int]] = []

    def add(self, message: Message) -> None:
        insort(self._line(message), message.rank)

    def remove(self, message: Message) -> None:
        line = self._line(message)
        at = bisect_left(line, message.rank)
        if at < len(line) and line[at] == message.rank:
            del line[at]

    def earliest(self, count: int) -> list[tuple[float, int]]:
        return self.timely[:count] + self.late[:count]

    def _line(self, message: Message) -> list[tuple[float, int]]:
        return self.late if message.stage == "late" else self.timely
