"""When somebody who is away is back, and what a customer who waits for her is promised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from samehand.core import promises
from samehand.core.hours import Hours, NeverOpen, next_opening
from samehand.core.promises import Terms

Interval = tuple[datetime, datetime]
# Of a return that is farther away nobody is told: plans change, and whoever has a question does not wait so long.
FAR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Return:
    """She is back `at`, the first minute of hers in which the desk is open, and answers by `due`."""

    at: datetime
    due: datetime


def is_there(present: Iterable[Interval], now: datetime) -> bool:
    return any(begin <= now < end for begin, end in present)


def back(present: Iterable[Interval], hours: Hours, terms: Terms, now: datetime) -> Return | None:
    """Her next return, after which she is there as long as the promise runs; `present` is when she is at work."""
    for begin, end in sorted(present):
        if end <= now:
            continue
        try:
            opens = next_opening(hours, max(begin, now))
            due = promises.due_at(opens, hours, terms)
        except NeverOpen:
            return None
        if due <= end:
            return Return(opens, due)
    return None


def may_choose(due_at: datetime, returns: Return | None, now: datetime) -> bool:
    """Whether there is anything to choose: the promise still runs, and ends before the one who is away could keep it.
    A promise that is broken already is not made whole by waiting."""
    return returns is not None and now <= due_at < returns.due and now < returns.at <= now + FAR


def still_comes(chosen_due: datetime, present: Iterable[Interval], returns: Return | None, now: datetime) -> bool:
    """Whether she for whom somebody waits is there, or comes before the promise of it ends."""
    comes_in_time = returns is not None and returns.at < chosen_due
    return comes_in_time or is_there(present, now) or now >= chosen_due


def resumed(before: datetime, chosen_due: datetime, hours: Hours, terms: Terms, now: datetime) -> datetime:
    """By when somebody answers after the waiting ended: as if asked now, but not earlier than was promised first, and
    not later than by the choice."""
    try:
        asked_now = promises.due_at(now, hours, terms)
    except NeverOpen:
        return chosen_due
    return min(chosen_due, max(before, asked_now))
