"""What the engine knows of a consultant at a moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from samehand.core.routing.values import DAY, Colleague, Rules
from samehand.core.routing.waiting import Key, Message

State = Literal["off", "free", "busy", "break", "call"]


class Pace:
    """How long a work takes, by skill: what was seen, beginning with a guess that counts as twenty works."""

    def __init__(self, guess: float) -> None:
        self.guess = guess
        self._seen: dict[Key, tuple[float, float]] = {}

    def learn(self, key: Key, minutes: float) -> None:
        total, count = self._seen.get(key, (20 * self.guess, 20.0))
        self._seen[key] = (total + minutes, count + 1)

    def of(self, key: Key) -> float:
        total, count = self._seen.get(key, (self.guess, 1.0))
        return total / count


@dataclass(slots=True)
class Person:
    """`own` are the waiting messages that are kept for this person, by id."""

    colleague: Colleague
    state: State = "off"
    on_duty: bool = False
    until: float = 0.0
    since: float = 0.0
    work: Message | None = None
    work_began: float = 0.0
    word_is_out: bool = False
    aside: Message | None = None
    was_put_aside: bool = False
    absent_day: int = -9
    own: dict[int, Message] = field(default_factory=dict)
    keys: tuple[Key, ...] = ()

    def __post_init__(self) -> None:
        self.keys = tuple(
            (topic, tongue) for topic in sorted(self.colleague.topics) for tongue in sorted(self.colleague.languages)
        )

    @property
    def id(self) -> int:
        return self.colleague.id

    def can_put_aside(self) -> bool:
        return self.state == "busy" and self.word_is_out and self.aside is None and self.on_duty

    def back_at(self, now: float, rules: Rules) -> float | None:
        """When she can begin something else at the latest, as far as that can be known."""
        return self.break_ends(now, rules) if self.state == "break" else self.word_at(rules)

    def break_ends(self, now: float, rules: Rules) -> float:
        """After the shortest usual break that is not over yet."""
        lasted = now - self.since
        return self.since + next((one for one in rules.breaks if one > lasted), lasted + rules.break_overrun)

    def word_at(self, rules: Rules) -> float | None:
        """When the work in hand says its first word at the latest, so that it may be put aside; None if it may not."""
        if self.state != "busy" or self.work is None or self.aside is not None:
            return None
        if self.word_is_out:
            return self.work_began
        before_due = max(self.work_began + rules.word_takes, self.work.due - rules.word_before_due)
        return min(self.work_began + rules.word_after, before_due)

    def free_at(self, now: float, rules: Rules, pace: Pace) -> float:
        """A guess: when the work, the call or the break in hand ends."""
        if self.state == "break":
            return max(now, self.break_ends(now, rules))
        if self.state == "call":
            return max(now, self.since + rules.call_takes)
        if self.state == "busy" and self.work:
            return max(now, self.work_began + pace.of(self.work.key))
        return now

    def here_by(self, now: float, latest: float) -> bool:
        """On duty now, or by the plan before `latest` (and not known to be absent)."""
        if self.on_duty:
            return True
        day = int(latest // DAY)
        shift = self.colleague.shifts.get(day)
        return shift is not None and self.absent_day != day and now < shift[0] <= latest
