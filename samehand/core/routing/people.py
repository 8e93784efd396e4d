"""What the engine knows of a consultant at a moment."""

from __future__ import annotations

from samehand.core.routing.values import DAY, Colleague, Span, State
from samehand.core.routing.waiting import Key, Message


class Group:
    """Those who have the same skills: who of them is free, who may put the work in hand aside."""

    __slots__ = ("free", "yielding")

    def __init__(self) -> None:
        self.free: dict[int, Person] = {}
        self.yielding: dict[int, Person] = {}


class Person:
    """`own` are the waiting messages that are kept for this person, by id.

    `work` is in hand; `also` is what else is, when the person may have several; `aside` was put aside for `work`.
    `rests` counts the breaks of the shift, with the one that is on.
    """

    __slots__ = (
        "able",
        "absent_day",
        "also",
        "aside",
        "colleague",
        "group",
        "id",
        "keys",
        "on_duty",
        "own",
        "rests",
        "since",
        "state",
        "until",
        "was_put_aside",
        "word_is_out",
        "work",
        "work_began",
    )

    def __init__(self, colleague: Colleague) -> None:
        self.id, self.group, self.colleague = colleague.id, Group(), colleague
        self.keys: tuple[Key, ...] = tuple(
            (topic, tongue) for topic in sorted(colleague.topics) for tongue in sorted(colleague.languages)
        )
        self.able = frozenset(self.keys)
        self.state: State = "off"
        self.on_duty, self.until, self.since, self.absent_day = False, 0.0, 0.0, -9
        self.work: Message | None = None
        self.aside: Message | None = None
        self.also: dict[int, Message] = {}
        self.work_began, self.word_is_out, self.was_put_aside = 0.0, False, False
        self.own: dict[int, Message] = {}
        self.rests = 0

    def works(self) -> list[Message]:
        return [work for work in (self.work, self.aside, *self.also.values()) if work]

    def take_up_aside(self) -> None:
        """The work in hand is in hand no more; what was put aside for it is."""
        self.was_put_aside = self.aside is not None
        self.work, self.aside, self.word_is_out = self.aside, None, True
        if self.work is None:
            self.state = "off"

    def is_idle(self) -> bool:
        """Her hands are empty and she is on duty: what she does next is hers to say."""
        return self.work is None and self.on_duty and self.state == "off"

    def can_put_aside(self) -> bool:
        return (
            self.state == "busy"
            and self.word_is_out
            and self.aside is None
            and self.on_duty
            and self.colleague.capacity == 1
        )

    def here_by(self, now: float, latest: float) -> bool:
        """She can begin something before `latest`: on duty now, or by the plan (and not known to be absent)."""
        if self.on_duty:
            if self.state != "break":
                return True
            pause = self.planned_break(now)
            return pause is None or pause[1] <= latest
        return bool(self.starts(now, latest))

    def starts(self, after: float, latest: float) -> list[float]:
        """Beginnings of shifts, by the plan; who comes at this very moment may not be there yet."""
        shifts, found = self.colleague.shifts, []
        for day in range(int(after // DAY), int(latest // DAY) + 1):
            if day != self.absent_day and day in shifts:
                found += [start for start, _ in shifts[day] if after <= start <= latest]
        return found

    def leaves_early(self, now: float) -> bool:
        """Before the end of her shift by the plan, and no other begins today."""
        today = int(now // DAY)
        spans = self.spans_of(today)
        return any(start <= now < end for start, end in spans) and not any(start > now for start, _ in spans)

    def planned_break(self, now: float) -> Span | None:
        """The break of the roster that is on now (also of a shift that began on the day before)."""
        if not self.colleague.breaks:
            return None
        today = int(now // DAY)
        spans = (span for day in (today - 1, today) for span in self.colleague.breaks.get(day, ()))
        return next((span for span in spans if span[0] <= now < span[1]), None)

    def on_as_planned(self, now: float, until: float) -> bool:
        today = int(now // DAY)
        return today != self.absent_day and any(end == until for _, end in self._planned(today))

    def spans_of(self, day: int) -> tuple[Span, ...]:
        """When she is there on that day: by the plan, unless she is on duty against it."""
        planned = self._planned(day)
        if self.on_duty and int(self.until // DAY) == day and all(end != self.until for _, end in planned):
            return (*planned, (day * DAY, self.until))
        return () if day == self.absent_day else planned

    def _planned(self, day: int) -> tuple[Span, ...]:
        shifts = self.colleague.shifts
        return tuple(span for span in shifts.get(day - 1, ()) if span[1] > day * DAY) + shifts.get(day, ())
