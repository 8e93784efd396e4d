"""How well a person's roster fits the hours at which a customer writes, by habits learned from what was seen.

A score is reckoned for a quarter of an hour, by the plan of the day and what was known as the day began: it does not
depend on what happened since, so that an engine that was put together again from rows finds the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import add

from samehand.core.routing.board import Board
from samehand.core.routing.habits import DAYS, EDGES, SHORT, Habits
from samehand.core.routing.people import Person
from samehand.core.routing.values import DAY, Rules, Span
from samehand.core.routing.waiting import BIN, BINS, Bins, Key, Message

STEPS = (0.0, *EDGES)
SLOT = 15.0
# Short pauses come sooner or later than planned; cut out, they cost two of a hundred answers in time.
LONG_BREAK = 45.0


class Scores:
    """`of` is each one's share of the customer's next messages, `best` the largest of those who are there in time."""

    __slots__ = ("best", "of")

    def __init__(self, of: dict[int, float]) -> None:
        self.of = of
        self.best = max(of.values(), default=0.0)


class Slot:
    """Those with a skill who are there at a quarter of an hour or soon after, and what they may still answer today."""

    __slots__ = ("ids", "rows", "scores", "soon")

    def __init__(self, ids: list[int], soon: list[float]) -> None:
        self.ids, self.soon = ids, soon
        self.rows: dict[int, list[float]] = {}
        self.scores: dict[Bins, Scores] = {}


class Fit:
    """The expected share of this customer's next messages that fall into a person's shifts."""

    def __init__(self, board: Board, rules: Rules) -> None:
        self.board, self.rules = board, rules
        self.habits = Habits()
        self.day = -1
        self.forget()

    def forget(self) -> None:
        """What was reckoned today: somebody did not come, or the roster changed."""
        self._mark = object()
        self._slots: dict[tuple[Key, int], Slot] = {}
        self._present: dict[int, dict[int, float]] = {}
        self._pieces: dict[int, list[tuple[int, tuple[Span, ...]]]] = {}
        self._later: list[dict[int, float]] = []

    def of(self, message: Message, now: float) -> Scores:
        """Of all who are there when it can first be answered, or soon after."""
        if now // DAY != self.day:
            self.day = self.habits.at(now).day
            self.forget()
        if message.scored is not self._mark:
            message.scores, message.scored = self._of(message), self._mark
        scores: Scores = message.scores
        return scores

    def _of(self, message: Message) -> Scores:
        at = int(max(message.arrived, message.due - self.rules.promise) // SLOT)
        slot = self._slots.get((message.key, at))
        if slot is None:
            slot = self._slots[message.key, at] = self._slot(message.key, at)
        bins = message.case.customer.bins or (int(message.arrived % DAY // BIN),)
        return slot.scores.get(bins) or self._scores(slot, bins)

    def _scores(self, slot: Slot, bins: Bins) -> Scores:
        total = self._row(slot, bins[0])
        if (count := len(bins)) > 1:
            for each in bins[1:]:
                total = list(map(add, total, self._row(slot, each)))
            total = [later / count for later in total]
        scores = slot.scores[bins] = Scores(dict(zip(slot.ids, map(add, slot.soon, total), strict=True)))
        return scores

    def _row(self, slot: Slot, at: int) -> list[float]:
        row = slot.rows.get(at)
        if row is None:
            later = self._later or self._on_later_days()
            row = slot.rows[at] = list(map(later[at].__getitem__, slot.ids))
        return row

    def _slot(self, key: Key, at: int) -> Slot:
        present = self._present.get(at)
        if present is None:
            present = self._present[at] = self._who_is_there((at + 0.5) * SLOT)
        ids = [person.id for person in self.board.able[key] if person.id in present]
        return Slot(ids, [present[one] for one in ids])

    def _who_is_there(self, moment: float) -> dict[int, float]:
        """By person: the share that she may still answer within today's shifts."""
        day, takes, soon = int(moment // DAY), self.rules.word_takes, moment + self.rules.near_hold
        present: dict[int, float] = {}
        for one, pieces in self._pieces_of(day):
            share, here = 0.0, False
            for start, end in pieces:
                if end - takes > moment:
                    here = here or start <= soon
                    share += self._within(end - takes - moment)
                    if start > moment:
                        share -= self._within(start - moment)
            if here:
                present[one] = share
        return present

    def _pieces_of(self, day: int) -> list[tuple[int, tuple[Span, ...]]]:
        """By person: the day's shifts without their breaks."""
        known = self._pieces.get(day)
        if known is None:
            every = self.board.people.values()
            spans = ((one, one.spans_of(day), one.colleague.breaks.get(day, ())) for one in every)
            known = self._pieces[day] = [
                (one.id, tuple(_without(there, pauses))) for one, there, pauses in spans if there
            ]
        return known

    def _within(self, minutes: float) -> float:
        """The share that comes so soon after the answer."""
        if minutes <= 0.0:
            return 0.0
        shares: tuple[float, ...] = self.habits.within
        if minutes >= SHORT:
            return shares[-1]
        at = bisect_right(STEPS, minutes) - 1
        return shares[at] + (shares[at + 1] - shares[at]) * (minutes - STEPS[at]) / (STEPS[at + 1] - STEPS[at])

    def _on_later_days(self) -> list[dict[int, float]]:
        """By half hour and person: the share of the coming days that she covers."""
        self._later = [{} for _ in range(BINS)]
        for person in self.board.people.values():
            total = [0.0] * BINS
            for ahead in range(1, DAYS):
                if there := _presence(person, self.day + ahead):
                    weight = self._weight(person, ahead)
                    total = [known + weight * share for known, share in zip(total, self._covered(there), strict=True)]
            for at, share in enumerate(total):
                self._later[at][person.id] = share
        return self._later

    def _weight(self, person: Person, ahead: int) -> float:
        doubt = 0.5 if person.absent_day >= self.day and ahead <= 2 else 1.0
        return doubt * self.habits.by_day[ahead]

    def _covered(self, there: tuple[Span, ...]) -> tuple[float, ...]:
        rules = self.rules
        hours = (rules.open_at, rules.close_at)
        return _covered(there, self.habits.by_drift, hours, rules.promise / 2, rules.word_takes)


def _presence(person: Person, day: int) -> tuple[Span, ...]:
    """The day's shifts without their breaks, in minutes of the day."""
    shifts = person.colleague.shifts.get(day)
    if not shifts:
        return ()
    breaks = person.colleague.breaks.get(day, ())
    return tuple((start - day * DAY, end - day * DAY) for start, end in _without(shifts, breaks))


def _without(spans: Iterable[Span], breaks: tuple[Span, ...]) -> Iterator[Span]:
    for start, end in spans:
        for pause, back in breaks:
            if back - pause >= LONG_BREAK and start <= pause and back <= end:
                yield start, pause
                start = back
        yield start, end


@lru_cache(maxsize=4096)
def _covered(
    there: tuple[Span, ...], by_drift: tuple[float, ...], hours: Span, before: float, takes: float
) -> tuple[float, ...]:
    """By the half hour at which a customer last wrote: the share of what she writes on that day that is in time."""
    served = [any(_serves(span, (at + 0.5) * BIN, hours, before, takes) for span in there) for at in range(BINS)]
    return tuple(sum(share for i, share in enumerate(by_drift) if served[(at + i) % BINS]) for at in range(BINS))


def _serves(span: Span, minute: float, hours: Span, before: float, takes: float) -> bool:
    """What comes at night is answered by whoever is there at the opening."""
    minute = minute if hours[0] <= minute < hours[1] else hours[0]
    return span[0] - before <= minute <= span[1] - takes
