"""The promise of an answer: what became of it, as a pure function of what happened in the case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from samehand.core.hours import Hours, add

Kind = Literal["asked", "answered", "receipt", "refused", "waived"]
State = Literal["none", "open", "at_risk", "kept", "broken", "waived"]

# What happened in the same instant counts in this order: an answer that also closes the case is an answer.
_ORDER: dict[Kind, int] = {"asked": 0, "answered": 1, "refused": 2, "waived": 3}


class Slower(NamedTuple):
    """What is asked from `begins` until before `ends` is answered within `promise`."""

    begins: datetime
    ends: datetime
    promise: timedelta


@dataclass(frozen=True, slots=True)
class Terms:
    """An answer within `promise` of service hours; at risk when `risk` or less is left on the clock. What is asked in
    one of the `slower` times is answered within the longest of theirs."""

    promise: timedelta
    risk: timedelta
    slower: tuple[Slower, ...] = ()

    def within(self, asked_at: datetime) -> timedelta:
        """The service time within which this is answered; never less than `promise`."""
        meanwhile = [one.promise for one in self.slower if one.begins <= asked_at < one.ends]
        return max([self.promise, *meanwhile])

    def usual(self) -> Terms:
        """The same terms at other times."""
        return Terms(self.promise, self.risk)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a case.

    `answer` tells answers apart, so that a `refused` (it bounced) takes back that very answer; a refusal without it
    takes back the latest. A `receipt` is a robot's "we have got your mail": never an answer.
    """

    kind: Kind
    at: datetime
    answer: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What became of one `asked`: the columns that are stored beside the customer's message."""

    asked_at: datetime
    answered_at: datetime | None = None
    waived_at: datetime | None = None

    @property
    def settled(self) -> bool:
        return self.answered_at is not None or self.waived_at is not None


@dataclass(frozen=True, slots=True)
class Standing:
    """How the promise of a case stands; without a question the state is `none` and the moments are None."""

    state: State
    due_at: datetime | None = None
    answered_at: datetime | None = None
    waived_at: datetime | None = None


def due_at(asked_at: datetime, hours: Hours, terms: Terms) -> datetime:
    """When the answer is due, in UTC; raises `hours.NeverOpen` when the desk does not open in the coming year."""
    return add(hours, asked_at, terms.within(asked_at))


def moved(asked_at: datetime, hours: Hours, terms: Terms) -> timedelta:
    """By how much later the answer is due than it usually would be; raises `hours.NeverOpen`."""
    return due_at(asked_at, hours, terms) - due_at(asked_at, hours.usual(), terms.usual())


def standing(events: Iterable[Event], hours: Hours, terms: Terms, now: datetime) -> Standing:
    """How the case stands: by its earliest unsettled question, else by what was settled last."""
    asked = questions(events)
    if not asked:
        return Standing("none")
    one = _telling(asked)
    due = due_at(one.asked_at, hours, terms)
    return Standing(state(due, one.answered_at, one.waived_at, now, terms.risk), due, one.answered_at, one.waived_at)


def state(
    due_at: datetime | None,
    answered_at: datetime | None,
    waived_at: datetime | None,
    now: datetime,
    risk: timedelta,
) -> State:
    """The same verdict from the stored columns of one message; whichever of answer and waiver came first counts."""
    if due_at is None:
        return "none"
    if answered_at is not None and (waived_at is None or answered_at <= waived_at):
        return "kept" if answered_at <= due_at else "broken"
    if waived_at is not None:
        return "waived"
    if now > due_at:
        return "broken"
    return "at_risk" if due_at - now <= risk else "open"


def questions(events: Iterable[Event]) -> tuple[Question, ...]:
    """Each question with its earliest answer that still stands, by the time of asking."""
    asked: list[_Asked] = []
    for event in sorted((one for one in events if one.kind in _ORDER), key=_moment):
        if event.kind == "asked":
            asked.append(_Asked(event.at))
        for one in asked:
            one.learn(event)
    return tuple(one.question() for one in asked)


def _moment(event: Event) -> tuple[datetime, int, int]:
    return event.at, _ORDER[event.kind], -1 if event.answer is None else event.answer


class _Asked:
    """A question while its story is being read, oldest event first."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.answers: list[Event] = []
        self.waived_at: datetime | None = None

    def learn(self, event: Event) -> None:
        if self.waived_at is not None:
            return
        if event.kind == "answered":
            self.answers.append(event)
        elif event.kind == "refused":
            self._take_back(event)
        elif event.kind == "waived" and not self.answers:
            self.waived_at = event.at

    def _take_back(self, refusal: Event) -> None:
        meant = [one for one in self.answers if refusal.answer in (None, one.answer)]
        if meant:
            self.answers.remove(meant[-1])

    def question(self) -> Question:
        return Question(self.at, self.answers[0].at if self.answers else None, self.waived_at)


def _telling(asked: tuple[Question, ...]) -> Question:
    """The question by which the case is judged: one answer settles all before it, the oldest of them is the hardest."""
    last = asked[-1]
    for one in asked:
        if not one.settled:
            return one
    return next(one for one in asked if (one.answered_at, one.waived_at) == (last.answered_at, last.waived_at))
