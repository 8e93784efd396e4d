"""A simulated stretch told as a history: what a fit is proven with."""

from __future__ import annotations

from samehand.sim.fitting.history import History, PastCase, PastPerson, PastShift, PastWork
from samehand.sim.running import Log
from samehand.sim.world import DAY, World


def history_of(world: World, log: Log, subscribers: int) -> History:
    days = world.rules.days
    here = [who for who in world.consultants.values() if who.to_day >= days]
    return History(
        begins=0.0,
        ends=days * DAY,
        subscribers=subscribers,
        cases=_cases(world, log),
        delays=_delays(world, log),
        postscripts=_postscripts(world, log),
        works=_works(world, log),
        crew=[PastPerson(who.topics, who.languages) for who in here],
        shifts=[PastShift(one.consultant, one.day, one.start, one.end, one.came) for one in world.shifts],
        calls=[call.minutes for call in world.calls],
        leave_days=None,
        left=len(world.consultants) - len(here),
    )


def _cases(world: World, log: Log) -> list[PastCase]:
    past = []
    for number, case in world.cases.items():
        own = world.messages_of[number]
        arrived = sum(message in log.arrived for message in own)
        if arrived:
            ended = arrived == len(own)
            past.append(PastCase(case.customer, case.topic, case.language, case.opened_at, arrived, ended))
    return past


def _delays(world: World, log: Log) -> list[float]:
    delays = []
    for own in world.messages_of.values():
        for place, number in enumerate(own[1:], 1):
            if number in log.arrived and not world.messages[number].is_postscript:
                delays.append(log.arrived[number] - max(log.done[before] for before in own[:place]))
    return delays


def _postscripts(world: World, log: Log) -> list[float]:
    return [
        log.arrived[number] - log.arrived[number - 1]
        for number in log.arrived
        if world.messages[number].is_postscript and number - 1 in log.arrived
    ]


def _works(world: World, log: Log) -> list[PastWork]:
    began = {number: at for at, _, number in log.starts}
    last: dict[int, int] = {}
    works = []
    for at, consultant, number in log.finishes:
        case, place = world.messages[number].case, world.messages[number].place
        knew = last.get(case) == consultant
        last[case] = consultant
        works.append(PastWork(world.cases[case].topic, at - began[number], place > 0, knew))
    return works
