"""What a roster means for what was promised: which promises are at risk, who loses his person, which hours are empty.

A promise is at risk when nobody who has its skill and its language is at work long enough before it ends, or when those
who are have too much to do that ends earlier. Works are dealt out by the earliest end, each to whoever can begin first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from samehand.core.intervals import joined, within, without

Interval = tuple[datetime, datetime]
# A first word needs so long from the beginning of the work.
TAKES = timedelta(minutes=6)


@dataclass(frozen=True, slots=True)
class Duty:
    """A consultant and when she is really at work: leave, illness and breaks are taken out, in order."""

    id: int
    skills: frozenset[str]
    languages: frozenset[str]
    spans: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class Owed:
    """An unanswered message: what it needs, until when, and whose hands it is in."""

    id: int
    due: datetime
    skill: str
    language: str
    customer: int = 0
    owner: int | None = None


@dataclass(frozen=True, slots=True)
class Risk:
    promise: Owed
    why: Literal["nobody", "too_many"]


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a change of the roster does: promises `at_risk` that were not, `relieved` that no longer are, those that
    lose the `owner` who would have been there, and open hours that nobody covers any more."""

    at_risk: tuple[Risk, ...] = ()
    relieved: tuple[Owed, ...] = ()
    lost: tuple[Owed, ...] = ()
    uncovered: tuple[Interval, ...] = ()
    still: int = 0

    @property
    def harmless(self) -> bool:
        return not (self.at_risk or self.lost or self.uncovered)


def consequences(
    owed: Sequence[Owed],
    opened: Sequence[Interval],
    *,
    before: Sequence[Duty],
    after: Sequence[Duty],
    now: datetime,
    today_ends: datetime,
    takes: timedelta = TAKES,
) -> Consequences:
    """Compare two rosters for the same promises and opening hours."""
    was = {risk.promise.id: risk for risk in at_risk(owed, before, now, takes)}
    will = at_risk(owed, after, now, takes)
    still = {risk.promise.id for risk in will}
    return Consequences(
        at_risk=tuple(risk for risk in will if risk.promise.id not in was),
        relieved=tuple(risk.promise for key, risk in was.items() if key not in still),
        lost=_lost(owed, before, after, now, today_ends),
        uncovered=without(uncovered(opened, after), uncovered(opened, before)),
        still=len(still & was.keys()),
    )


def at_risk(owed: Iterable[Owed], crew: Sequence[Duty], now: datetime, takes: timedelta = TAKES) -> tuple[Risk, ...]:
    """Those that end before an able person can have said a word; what is late already is not at risk any more."""
    agendas = [_Agenda(one, now) for one in crew]
    risks = []
    for promise in sorted((one for one in owed if one.due > now), key=lambda one: (one.due, one.id)):
        able = [one for one in agendas if _serves(one.duty, promise)]
        if not any(one.could(takes, promise.due) for one in able):
            risks.append(Risk(promise, "nobody"))
        elif not _deal(promise, able, takes):
            risks.append(Risk(promise, "too_many"))
    return tuple(risks)


def uncovered(opened: Iterable[Interval], crew: Iterable[Duty]) -> tuple[Interval, ...]:
    """The opening hours in which nobody at all is at work."""
    return without(joined(opened), joined(span for one in crew for span in one.spans))


def headcount(crew: Iterable[Duty], begin: datetime, end: datetime) -> float:
    """How many people are at work on average between two moments."""
    worked = (last - first for one in crew for first, last in within(one.spans, begin, end))
    return sum(worked, timedelta()) / (end - begin)


def _lost(
    owed: Iterable[Owed], before: Iterable[Duty], after: Iterable[Duty], now: datetime, today_ends: datetime
) -> tuple[Owed, ...]:
    there, stays = {one.id: one for one in before}, {one.id: one for one in after}
    return tuple(
        one
        for one in owed
        if one.owner in there
        and (until := max(one.due, today_ends)) > now
        and within(there[one.owner].spans, now, until)
        and not (one.owner in stays and within(stays[one.owner].spans, now, until))
    )


def _serves(duty: Duty, promise: Owed) -> bool:
    return promise.skill in duty.skills and promise.language in duty.languages


def _deal(promise: Owed, able: Collection[_Agenda], takes: timedelta) -> bool:
    """Enter the work with whoever can begin first; of those who can, with the one who can do least else."""
    starts = [(start, one.breadth, one.duty.id, one) for one in able if (start := one.next_start(takes)) is not None]
    if not starts:
        return False
    start, _breadth, _id, chosen = min(starts, key=lambda row: row[:3])
    if start + takes > promise.due:
        return False
    chosen.free_from = start + takes
    return True


@dataclass(slots=True)
class _Agenda:
    """A person's time from now on, while works are dealt out."""

    duty: Duty
    now: datetime
    free_from: datetime = field(init=False)
    breadth: int = field(init=False)

    def __post_init__(self) -> None:
        self.free_from = self.now
        self.breadth = len(self.duty.skills) * len(self.duty.languages)

    def could(self, takes: timedelta, due: datetime) -> bool:
        """Whether she is at work long enough before it is due, had she nothing else to do."""
        return any(min(end, due) - max(begin, self.now) >= takes for begin, end in self.duty.spans)

    def next_start(self, takes: timedelta) -> datetime | None:
        for begin, end in self.duty.spans:
            if end - (start := max(begin, self.free_from)) >= takes:
                return start
        return None
