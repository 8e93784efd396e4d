"""When somebody can begin something else: what can be known, and what is likely."""

from __future__ import annotations

from math import exp

from samehand.core.routing.pace import Pace, Rests
from samehand.core.routing.people import Person
from samehand.core.routing.values import DAY, Rules
from samehand.core.routing.waiting import Message

WEEK = 7 * DAY


class Foresight:
    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.pace = Pace(rules.work_takes)
        self.rests = Rests(rules.breaks)

    def free_at(self, person: Person, now: float) -> float:
        """A guess: when the work, the call or the break in hand ends, or her next shift begins."""
        if person.state == "break":
            return max(now, self.break_ends(person, now))
        if person.state == "call":
            return max(now, person.since + self.rules.call_takes)
        if person.state == "busy" and person.work:
            return max(now, person.work_began + self.pace.of(person.work.key))
        if person.state == "off":
            return next(iter(person.starts(now, now + WEEK)), now)
        return now

    def break_ends(self, person: Person, now: float) -> float:
        """By the roster, else by what such a break usually lasts."""
        if planned := person.planned_break(now):
            return planned[1]
        lasted = now - person.since
        will_last = self.rests.after(person.rests, lasted)
        return person.since + (lasted + self.rules.break_overrun if will_last is None else will_last)

    def word_at(self, person: Person) -> float | None:
        """When the work in hand says its first word at the latest, so that it may be put aside; None if it may not."""
        work, rules = person.work, self.rules
        if person.state != "busy" or work is None or person.aside is not None or person.colleague.capacity > 1:
            return None
        if person.word_is_out:
            return person.work_began
        before_due = max(person.work_began + rules.word_takes, work.due - rules.word_before_due)
        return min(person.work_began + rules.word_after, before_due)

    def chance(self, person: Person, message: Message, now: float) -> float:
        """That she can begin with the message while it can still be answered in time."""
        latest = message.due - self.rules.last_start
        if person.state == "break":
            return 1.0 if self.break_ends(person, now) <= latest else 0.0
        if not person.on_duty:
            return 1.0 if person.starts(now, latest) else 0.0
        ahead = sum(1 for one in person.own.values() if one.owner == person.id and one.rank < message.rank)
        within = latest - now - ahead * self.rules.own_takes
        if person.state == "call":
            return 1.0 - exp(-max(0.0, within) / self.rules.call_takes)
        if person.state != "busy" or person.work is None:
            return 1.0
        word = self.word_at(person)
        if word is not None and word <= now + within:
            return 1.0
        return self.pace.chance(person.work.key, now - person.work_began, within)
