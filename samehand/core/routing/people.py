"""What the engine knows of a consultant at a moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from samehand.core.routing.habits import Pace
from samehand.core.routing.values import DAY, Colleague, Rules, Span
from samehand.core.routing.waiting import Key, Message

State = Literal["off", "free", "busy", "break", "call"]


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
        """By the roster, else after the shortest usual break that is not over yet."""
        if planned := self.planned_break(now):
            return planned[1]
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
        """She can begin something before `latest`: on duty now, or by the plan (and not known to be absent)."""
        if self.on_duty:
            pause = self.planned_break(now)
            return pause is None or pause[1] <= latest or self.state != "break"
        return any(
            day != self.absent_day and now < start <= latest
            for day in {int(now // DAY), int(latest // DAY)}
            for start, _ in self.colleague.shifts.get(day, ())
        )

    def planned_break(self, now: float) -> Span | None:
        """The break of the roster that is on now (also of a shift that began on the day before)."""
        if not self.colleague.breaks:
            return None
        today = int(now // DAY)
        spans = (span for day in (today - 1, today) for span in self.colleague.breaks.get(day, ()))
        return next((span for span in spans if span[0] <= now < span[1]), None)
