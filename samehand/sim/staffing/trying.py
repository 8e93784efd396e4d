"""One run of a crew, and what the questions about staffing need to know of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from samehand.sim.policies import policies
from samehand.sim.profile import Profile
from samehand.sim.running import Log, run
from samehand.sim.staffing.crews import HOUR, HOURS_OF_A_WEEK, Crew, staffed
from samehand.sim.world import World

SEARCH_POLICY, OURS = "fifo", "ours"
TOLERANCE = 1e-6
Worlds = Mapping[int, World]


@dataclass(frozen=True, slots=True)
class Trial:
    world: World
    log: Log


def try_crew(customers: World, profile: Profile, crew: Crew, seed: int, policy: str) -> Trial:
    world = staffed(customers, profile, crew, seed)
    return Trial(world, run(world, policies()[policy]))


@dataclass(frozen=True, slots=True)
class Counted:
    """By hour of the week, of what arrived in the measured week: messages and those whose promise broke; messages that
    follow in a case and those of them that the person before answered."""

    messages: Sequence[int]
    late: Sequence[int]
    followups: Sequence[int]
    same: Sequence[int]

    @property
    def in_time(self) -> float:
        messages = sum(self.messages)
        return 1.0 - sum(self.late) / messages if messages else 1.0

    @property
    def same_person(self) -> float:
        followups = sum(self.followups)
        return sum(self.same) / followups if followups else 1.0

    def days(self) -> Iterator[Counted]:
        for start in range(0, HOURS_OF_A_WEEK, 24):
            day = slice(start, start + 24)
            yield Counted(self.messages[day], self.late[day], self.followups[day], self.same[day])


def count(trial: Trial) -> Counted:
    rules, log = trial.world.rules, trial.log
    messages, late, followups, same = ([0] * HOURS_OF_A_WEEK for _ in range(4))
    for numbers in trial.world.messages_of.values():
        before: int | None = None
        for number in numbers:
            arrived = log.arrived.get(number)
            if arrived is None:
                break
            if rules.measured_from <= arrived < rules.measured_to:
                hour = int(arrived // HOUR) % HOURS_OF_A_WEEK
                messages[hour] += 1
                late[hour] += is_late(trial, number)
                if before is not None:
                    followups[hour] += 1
                    same[hour] += log.consultant.get(number) == log.consultant.get(before)
            before = number
    return Counted(messages, late, followups, same)


def is_late(trial: Trial, number: int) -> bool:
    answered = trial.log.answered.get(number)
    return answered is None or answered > trial.world.rules.due(trial.log.arrived[number]) + TOLERANCE
