"""The loop: two streams of events, merged by time."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import Any

from samehand.sim.garbage import no_collector
from samehand.sim.running.log import Log
from samehand.sim.running.people import People
from samehand.sim.running.policy import Policy
from samehand.sim.running.state import Happen
from samehand.sim.world import World

Progress = Callable[[float], None]
EVENTS_BETWEEN_PROGRESS = 16384


def run(world: World, make_policy: Callable[[dict[str, Any]], Policy], progress: Progress | None = None) -> Log:
    with no_collector():
        running = Run(world, make_policy(world.public()))
        running.go(progress or (lambda _now: None))
        return running.log


class Run(People):
    wake_at: float | None = None

    def go(self, progress: Progress) -> None:
        """Two streams, merged by time: what is known beforehand (sorted once) and what follows (the heap)."""
        known, heap, pop, end = self._known_beforehand(), self.heap, heapq.heappop, self.end
        decide, wake = self.policy.decide, self.policy.wake
        position, events, next_known = 0, 0, known[0][0]
        while True:
            if heap and heap[0][0] < next_known:
                now, _, happen, who, value = pop(heap)
            else:
                now, happen, who, value = known[position]
                position += 1
                next_known = known[min(position, len(known) - 1)][0]
            if now >= end:
                break
            events += 1
            if not events % EVENTS_BETWEEN_PROGRESS:
                progress(now)
            if happen(now, who, value):
                for consultant, message in decide(now) or ():
                    self._start(now, consultant, message)
                self._wake_at(now, wake())
        self.log.events = events

    def _wake_at(self, now: float, wanted: float | None) -> None:
        if wanted is not None and wanted > now and (self.wake_at is None or wanted < self.wake_at):
            self.wake_at = wanted
            self._push(wanted, self._woken, 0)

    def _known_beforehand(self) -> list[tuple[float, Happen, int, float]]:
        # Bound once: each `self._arrive` in the list would be an object of its own.
        world, arrive, come, leave, rest, call = (
            self.world,
            self._arrive,
            self._come,
            self._leave,
            self._break,
            self._call,
        )
        known: list[tuple[float, Happen, int, float]] = [
            (case.opened_at, arrive, world.messages_of[number][0], 0.0) for number, case in world.cases.items()
        ]
        for shift in world.shifts:
            if shift.came:
                known.append((shift.start, come, shift.consultant, shift.end))
                known.append((shift.end, leave, shift.consultant, 0.0))
            else:
                known.append((shift.start, self._stay_away, shift.consultant, 0.0))
        known += [(pause.at, rest, pause.consultant, pause.minutes) for pause in world.breaks]
        known += [(one.at, call, one.consultant, one.minutes) for one in world.calls]
        known.append((self.end, self._woken, 0, 0.0))
        return sorted(known, key=lambda event: event[0])

    def _woken(self, now: float, _who: int, _value: float) -> bool:
        if self.wake_at == now:
            self.wake_at = None
        return True
