"""The world that is simulated, as values: who writes what, who works when, what interrupts whom.

Every time is in minutes since Monday 00:00 of the first week. A world holds no answer: those come from a policy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

DAY = 1440.0
NIGHT_ENDS = 390.0
LONGEST_DELAY_OF_THE_SAME_SITTING = 240.0


class ScenarioError(Exception):
    """A scenario that cannot be simulated; the text says where and what to do."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for everybody in this world; minutes, days and shares."""

    name: str
    days: int
    measured_from: float
    measured_to: float
    open_min: float = 480.0
    close_min: float = 1320.0
    promise: float = 30.0
    ramp_factor: float = 1.3
    reread_a: float = 1.0
    reread_b: float = 0.4
    reread_cap: float = 4.0
    interim_after: float = 15.0
    interim_deadline: bool = True
    resume_min: float = 1.0
    call_guard: float = 15.0
    urgent: tuple[str, ...] = ()

    def due(self, arrived: float) -> float:
        """When the promise of a message ends: the clock stands still while the desk is closed."""
        day, minute = divmod(arrived, DAY)
        if minute >= self.close_min:
            day, minute = day + 1, self.open_min
        end = max(minute, self.open_min) + self.promise
        over = end - self.close_min
        return (day + 1) * DAY + self.open_min + over if over > 0 else day * DAY + end

    def service_minutes(self, moment: float) -> float:
        """Minutes that the desk has been open since the beginning."""
        day = moment // DAY
        opened = min(max(moment - day * DAY - self.open_min, 0.0), self.close_min - self.open_min)
        return day * (self.close_min - self.open_min) + opened

    def waited(self, arrived: float, answered: float) -> float:
        """Opening minutes from one moment to a later one."""
        day = arrived // DAY * DAY
        if day + self.open_min <= arrived and answered <= day + self.close_min:
            return answered - arrived
        return self.service_minutes(answered) - self.service_minutes(arrived)


class Case(NamedTuple):
    customer: int
    topic: str
    language: str
    opened_at: float


class Message(NamedTuple):
    """`delay` counts from the last answer; a post scriptum's from the message before it."""

    case: int
    place: int
    is_postscript: bool
    work: float
    delay: float
    snap: float
    wake: float


@dataclass(frozen=True, slots=True)
class Consultant:
    id: int
    topics: frozenset[str]
    languages: frozenset[str]
    from_day: int
    to_day: int
    speed: float = 1.0
    slow_until_day: int = 0

    def can(self, topic: str, language: str) -> bool:
        return topic in self.topics and language in self.languages


class Shift(NamedTuple):
    consultant: int
    day: int
    start: float
    end: float
    came: bool


class Interruption(NamedTuple):
    """A break or a call."""

    consultant: int
    at: float
    minutes: float


@dataclass(frozen=True, slots=True)
class World:
    rules: Rules
    cases: Mapping[int, Case]
    messages: Sequence[Message]
    consultants: Mapping[int, Consultant]
    shifts: Sequence[Shift]
    breaks: Sequence[Interruption]
    calls: Sequence[Interruption]
    messages_of: Mapping[int, Sequence[int]] = field(default_factory=dict)
    leave: frozenset[tuple[int, int]] = frozenset()
    """(consultant, day) of days off that would have been shifts; known for drawn worlds only."""
    planned_breaks: Mapping[tuple[int, int], Sequence[tuple[float, float]]] = field(default_factory=dict)
    """By (consultant, day), as (from, to); where they are not known, a policy sees breaks only when they begin."""
    owners: Mapping[int, int] = field(default_factory=dict)
    """By case, who had it in hand before the first day: it is hers, whatever it is about."""

    def public(self) -> dict[str, Any]:
        """What a policy may know before the first day."""
        return {
            "consultants": [
                {
                    "id": who.id,
                    "topics": set(who.topics),
                    "langs": set(who.languages),
                    "from_day": who.from_day,
                    "to_day": who.to_day,
                }
                for who in self.consultants.values()
            ],
            "planned": {(shift.consultant, shift.day): (shift.start, shift.end) for shift in self.shifts},
            "planned_breaks": self.planned_breaks,
            "open_min": self.rules.open_min,
            "close_min": self.rules.close_min,
            "promise": self.rules.promise,
            "urgent": self.rules.urgent,
            "days": self.rules.days,
        }


def next_arrival(message: Message, answered: float) -> float:
    """When a customer writes again: in the same sitting, in the morning, or on another day at her own hour."""
    moment = answered + message.delay
    if message.delay <= LONGEST_DELAY_OF_THE_SAME_SITTING:
        minute = moment % DAY
        return moment - minute + message.wake if minute < NIGHT_ENDS else moment
    at_her_hour = moment // DAY * DAY + message.snap
    return at_her_hour + DAY if at_her_hour <= answered + 30.0 else at_her_hour
