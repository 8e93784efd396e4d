"""What happened, in columns by message number: a year has a million, and dicts of them weigh ten times more."""

from __future__ import annotations

import math
from array import array
from collections.abc import ItemsView, Iterator, Mapping
from typing import Generic, TypeVar, overload

T = TypeVar("T", float, int)
D = TypeVar("D")
NEVER = -math.inf
NOBODY = -(2**62)


class Column(Mapping[int, T], Generic[T]):
    """Reads like a dict from message number to value; the run itself writes into `values`."""

    __slots__ = ("missing", "values_by_number")

    def __init__(self, code: str, missing: T, count: int) -> None:
        self.missing: T = missing
        self.values_by_number: array[T] = array(code, [missing]) * count

    def __getitem__(self, number: int) -> T:
        value = self.values_by_number[number] if number >= 0 else self.missing
        if value == self.missing:
            raise KeyError(number)
        return value

    @overload
    def get(self, number: int, /) -> T | None: ...

    @overload
    def get(self, number: int, default: T | D, /) -> T | D: ...

    def get(self, number: int, default: T | D | None = None, /) -> T | D | None:
        value = self.values_by_number[number] if number >= 0 else self.missing
        return default if value == self.missing else value

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and self.get(number) is not None

    def __iter__(self) -> Iterator[int]:
        missing = self.missing
        return (number for number, value in enumerate(self.values_by_number) if value != missing)

    def __len__(self) -> int:
        return len(self.values_by_number) - self.values_by_number.count(self.missing)

    def items(self) -> ItemsView[int, T]:
        return _Items(self)


class _Items(ItemsView[int, T]):
    _mapping: Column[T]

    def __iter__(self) -> Iterator[tuple[int, T]]:
        missing = self._mapping.missing
        return (pair for pair in enumerate(self._mapping.values_by_number) if pair[1] != missing)


class Turns:
    """Moments at which somebody began or finished a message, in order, as (at, consultant, message)."""

    __slots__ = ("at", "message", "who")

    def __init__(self) -> None:
        self.at, self.who, self.message = array("d"), array("q"), array("q")

    def add(self, at: float, who: int, message: int) -> None:
        self.at.append(at)
        self.who.append(who)
        self.message.append(message)

    def __iter__(self) -> Iterator[tuple[float, int, int]]:
        return zip(self.at, self.who, self.message, strict=True)

    def __len__(self) -> int:
        return len(self.at)


class Pauses:
    """Breaks or calls as they really began, in order, as (at, consultant, minutes)."""

    __slots__ = ("at", "minutes", "who")

    def __init__(self) -> None:
        self.at, self.who, self.minutes = array("d"), array("q"), array("d")

    def add(self, at: float, who: int, minutes: float) -> None:
        self.at.append(at)
        self.who.append(who)
        self.minutes.append(minutes)

    def __iter__(self) -> Iterator[tuple[float, int, float]]:
        return zip(self.at, self.who, self.minutes, strict=True)


class Log:
    """By message number when it arrived, got its first word, was done, and who answered it."""

    def __init__(self, messages: int) -> None:
        self.arrived: Column[float] = Column("d", NEVER, messages)
        self.answered: Column[float] = Column("d", NEVER, messages)
        self.done: Column[float] = Column("d", NEVER, messages)
        self.consultant: Column[int] = Column("q", NOBODY, messages)
        self.work_minutes: dict[int, float] = {}
        self.call_minutes: dict[int, float] = {}
        self.starts, self.finishes = Turns(), Turns()
        self.breaks, self.calls = Pauses(), Pauses()
        self.events = 0
