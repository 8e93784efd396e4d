"""What is known of the past, as values: whoever has the rows fills them in, and leaves out what was not recorded.

Moments are minutes since a Monday 00:00 of the desk's wall clock, days whole numbers from that Monday on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from samehand.sim.world import DAY


class PastCase(NamedTuple):
    """`messages` are the customer's own; `ended` is False while she may still write again."""

    customer: int
    topic: str
    language: str
    opened_at: float
    messages: int
    ended: bool = True


class PastWork(NamedTuple):
    """Minutes from taking a message to its answer, interruptions left out where they are known.

    `knew`: this person had answered the message before, so nothing had to be read first.
    """

    topic: str
    minutes: float
    is_followup: bool
    knew: bool = True


class PastShift(NamedTuple):
    """A planned shift without leave; `came` is False for illness."""

    person: int
    day: int
    start: float
    end: float
    came: bool


class PastPerson(NamedTuple):
    topics: frozenset[str]
    languages: frozenset[str]


@dataclass(frozen=True, slots=True)
class History:
    """`delays`: minutes from our answer to the customer's next message; `postscripts`: from her message to the next
    that came before an answer. None or empty means: not recorded, so the defaults stay.
    """

    begins: float
    ends: float
    subscribers: int
    cases: Sequence[PastCase] = ()
    delays: Sequence[float] = ()
    postscripts: Sequence[float] = ()
    works: Sequence[PastWork] = ()
    crew: Sequence[PastPerson] = ()
    shifts: Sequence[PastShift] = ()
    calls: Sequence[float] | None = None
    leave_days: int | None = None
    left: int | None = None

    @property
    def weeks(self) -> float:
        return max(self.ends - self.begins, 0.0) / 10080.0

    def openings(self) -> list[float]:
        """Moments of the first messages in this time; of less than a day nothing can be said."""
        if self.ends - self.begins < DAY:
            return []
        return [case.opened_at for case in self.cases if self.begins <= case.opened_at < self.ends]
