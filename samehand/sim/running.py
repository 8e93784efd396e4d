"""Runs a world with a policy: a heap of events, and the rules of what each does.

The traps: a finish that was put off (by a call) stays in the heap and must be known as stale; a work that goes on past
the shift's end is finished, and its consultant leaves only then; whoever wrote a first word may be given another mail,
but only one may lie aside.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from samehand.sim.world import DAY, World, next_arrival

OFF, IDLE, BUSY, BREAK, CALL = range(5)
WAITING, IN_WORK, MERGED, DONE = range(1, 5)
Assignments = Iterable[tuple[int, int]] | None
Progress = Callable[[float], None]
EVENTS_BETWEEN_PROGRESS = 16384
REST_OF_MERGED_WORK = 0.3
SHORTEST_READING = 3.0


class Policy(Protocol):
    """Who answers what. It is told what happens and asked after every event; consultant and message are numbers."""

    def event(self, now: float, kind: str, **what: Any) -> None: ...

    def decide(self, now: float) -> Assignments: ...

    def wake(self) -> float | None: ...


class PolicyError(Exception):
    """A policy decided what cannot be: a mail given twice, or to somebody who is not free or lacks the skill."""


@dataclass(slots=True)
class Log:
    """What happened: by message number when it arrived, got its first word, was done, and who answered it."""

    arrived: dict[int, float] = field(default_factory=dict)
    answered: dict[int, float] = field(default_factory=dict)
    done: dict[int, float] = field(default_factory=dict)
    consultant: dict[int, int] = field(default_factory=dict)
    work_minutes: dict[int, float] = field(default_factory=dict)
    call_minutes: dict[int, float] = field(default_factory=dict)
    starts: list[tuple[float, int, int]] = field(default_factory=list)
    finishes: list[tuple[float, int, int]] = field(default_factory=list)
    events: int = 0


def run(world: World, make_policy: Callable[[dict[str, Any]], Policy], progress: Progress | None = None) -> Log:
    running = Run(world, make_policy(world.public()))
    running.go(progress or (lambda _now: None))
    return running.log


class Run:
    def __init__(self, world: World, policy: Policy) -> None:
        self.world, self.rules, self.policy = world, world.rules, policy
        self.messages, self.messages_of = world.messages, world.messages_of
        self.end = world.rules.days * DAY
        self.log = Log()
        self.heap: list[tuple[float, int, Callable[..., bool], int, float]] = []
        self.pushed = 0
        self.wake_at: float | None = None
        self.state = dict.fromkeys(world.consultants, OFF)
        self.current: dict[int, int] = {}
        self.finish_at: dict[int, float] = {}
        self.first_word_at: dict[int, float | None] = {}
        self.aside: dict[int, tuple[int, float]] = {}
        self.break_owed: dict[int, float] = {}
        self.leaves_after_this: set[int] = set()
        self.due: dict[int, float] = {}
        self.status: dict[int, int] = {}
        self.attached: dict[int, list[int]] = {}
        self.waiting_of_case: dict[int, int | None] = {}
        self.answered_of_case: dict[int, int] = {}
        self.last_of_case: dict[int, int] = {}
        self.next_of_case = {case: numbers[0] for case, numbers in world.messages_of.items()}

    def go(self, progress: Progress) -> None:
        """Two streams, merged by time: what is known beforehand (sorted once) and what follows (the heap)."""
        known = self._known_beforehand()
        heap, pop, decide, wake, log = self.heap, heapq.heappop, self.policy.decide, self.policy.wake, self.log
        position, last = 0, len(known)
        while position < last or heap:
            if position < last and not (heap and heap[0][0] < known[position][0]):
                now, happen, who, value = known[position]
                position += 1
            else:
                now, _, happen, who, value = pop(heap)
            if now >= self.end:
                break
            log.events += 1
            if not log.events % EVENTS_BETWEEN_PROGRESS:
                progress(now)
            if happen(now, who, value):
                for consultant, message in decide(now) or ():
                    self._start(now, consultant, message)
                wanted = wake()
                if wanted is not None and wanted > now and (self.wake_at is None or wanted < self.wake_at):
                    self.wake_at = wanted
                    self._push(wanted, self._woken, 0)

    def _known_beforehand(self) -> list[tuple[float, Callable[..., bool], int, float]]:
        world = self.world
        known: list[tuple[float, Callable[..., bool], int, float]] = [
            (case.opened_at, self._arrive, world.messages_of[number][0], 0.0) for number, case in world.cases.items()
        ]
        for shift in world.shifts:
            if shift.came:
                known.append((shift.start, self._come, shift.consultant, shift.end))
                known.append((shift.end, self._leave, shift.consultant, 0.0))
            else:
                known.append((shift.start, self._stay_away, shift.consultant, 0.0))
        known += [(pause.at, self._break, pause.consultant, pause.minutes) for pause in world.breaks]
        known += [(call.at, self._call, call.consultant, call.minutes) for call in world.calls]
        return sorted(known, key=lambda event: event[0])

    def _push(self, at: float, happen: Callable[..., bool], who: int, value: float = 0.0) -> None:
        self.pushed += 1
        heapq.heappush(self.heap, (at, self.pushed, happen, who, value))

    # Mail

    def _arrive(self, now: float, number: int, _value: float) -> bool:
        message = self.messages[number]
        case_number = message.case
        self.log.arrived[number] = now
        due = self.due[number] = self.rules.due(now)
        self._expect_after(now, number, case_number)
        before = self.waiting_of_case.get(case_number)
        if message.is_postscript and before is not None and self.status.get(before) == WAITING:
            self.attached.setdefault(before, []).append(number)
            self.status[number] = MERGED
            self.policy.event(now, "merged", message=number, into=before)
            return True
        self.status[number] = WAITING
        self.waiting_of_case[case_number] = number
        case = self.world.cases[case_number]
        self.policy.event(
            now,
            "message",
            message=number,
            case=case_number,
            customer=case.customer,
            topic=case.topic,
            lang=case.language,
            due=due,
            ps=message.is_postscript,
        )
        return True

    def _expect_after(self, now: float, number: int, case: int) -> None:
        following = number + 1
        if following > self.next_of_case[case]:
            self.next_of_case[case] = following
        if following <= self.messages_of[case][-1] and self.messages[following].is_postscript:
            self.next_of_case[case] = following + 1
            self._push(now + self.messages[following].delay, self._arrive, following)

    def _start(self, now: float, consultant: int, number: int) -> None:
        self._refuse_nonsense(consultant, number)
        if self.state[consultant] == BUSY:
            left = self.finish_at[consultant] - now
            self.aside[consultant] = (self.current[consultant], left + self.rules.resume_min)
        self.log.starts.append((now, consultant, number))
        self.status[number] = IN_WORK
        case = self.messages[number].case
        if self.waiting_of_case.get(case) == number:
            self.waiting_of_case[case] = None
        minutes = self._work(now, consultant, number)
        self.state[consultant] = BUSY
        self.current[consultant] = number
        self.log.work_minutes[consultant] = self.log.work_minutes.get(consultant, 0.0) + minutes
        finish = self.finish_at[consultant] = now + minutes
        self._push(finish, self._finish, consultant)
        self._plan_first_word(now, consultant, number, finish)

    def _refuse_nonsense(self, consultant: int, number: int) -> None:
        if self.status.get(number) != WAITING:
            raise PolicyError(f"message {number} was given out although it does not wait")
        case = self.world.cases[self.messages[number].case]
        if consultant not in self.state or not self.world.consultants[consultant].can(case.topic, case.language):
            raise PolicyError(f"message {number} was given to {consultant}, who lacks the skill")
        state = self.state[consultant]
        may_put_aside = (
            state == BUSY
            and self.current[consultant] in self.log.answered
            and consultant not in self.aside
            and consultant not in self.leaves_after_this
        )
        if state != IDLE and not may_put_aside:
            raise PolicyError(f"message {number} was given to {consultant}, who is not free")

    def _work(self, now: float, consultant: int, number: int) -> float:
        messages, rules, who = self.messages, self.rules, self.world.consultants[consultant]
        merged = sum(messages[other].work for other in self.attached.get(number, ()))
        minutes = (messages[number].work + REST_OF_MERGED_WORK * merged) * who.speed
        if now < who.slow_until_day * DAY:
            minutes *= rules.ramp_factor
        case = messages[number].case
        answered = self.answered_of_case.get(case, 0)
        if answered and self.last_of_case[case] != consultant:
            reading = min(rules.reread_a + rules.reread_b * answered, rules.reread_cap)
            minutes += reading / 2 if self._knows(consultant, case, number) else reading
        return minutes

    def _knows(self, consultant: int, case: int, number: int) -> bool:
        answered_by = self.log.consultant
        return any(answered_by.get(other) == consultant for other in self.messages_of[case] if other < number)

    def _plan_first_word(self, now: float, consultant: int, number: int, finish: float) -> None:
        at = now + self.rules.interim_after
        if self.rules.interim_deadline:
            at = min(at, max(now + SHORTEST_READING, self.due[number] - 1.0))
        self.first_word_at[consultant] = at if at < finish else None
        if at < finish:
            self._push(at, self._first_word, consultant)

    def _first_word(self, now: float, consultant: int, _value: float) -> bool:
        if self.state[consultant] == BUSY and self.first_word_at.get(consultant) == now:
            number = self.current[consultant]
            for each in (number, *self.attached.get(number, ())):
                self.log.answered[each] = now
                self.log.consultant[each] = consultant
            self.first_word_at[consultant] = None
            self.policy.event(now, "first", message=number, consultant=consultant)
        return True

    def _finish(self, now: float, consultant: int, _value: float) -> bool:
        if self.state[consultant] != BUSY or self.finish_at[consultant] != now:
            return False
        number = self.current[consultant]
        case = self.messages[number].case
        together = (number, *self.attached.get(number, ()))
        for each in together:
            self.log.answered.setdefault(each, now)
            self.log.done[each] = now
            self.log.consultant[each] = consultant
            self.status[each] = DONE
        self.log.finishes.append((now, consultant, number))
        self.answered_of_case[case] = self.answered_of_case.get(case, 0) + len(together)
        self.last_of_case[case] = consultant
        self.policy.event(now, "done", message=number, consultant=consultant)
        self._let_customer_write(now, case)
        self._turn_to_next(now, consultant)
        return True

    def _let_customer_write(self, now: float, case: int) -> None:
        numbers, following = self.messages_of[case], self.next_of_case[case]
        if self.answered_of_case[case] == following - numbers[0] and following <= numbers[-1]:
            self.next_of_case[case] = following + 1
            at = next_arrival(self.messages[following], now)
            if at < self.end:
                self._push(at, self._arrive, following)

    # People

    def _turn_to_next(self, now: float, consultant: int) -> None:
        """After a work, a break or a call: the mail put aside, the way home, the break that is owed, or the next."""
        if consultant in self.aside:
            self._resume(now, consultant)
        elif consultant in self.leaves_after_this:
            self.leaves_after_this.discard(consultant)
            self.state[consultant] = OFF
        elif self.break_owed.get(consultant, 0.0) > 0.0:
            self._rest(now, consultant, self.break_owed.pop(consultant))
        else:
            self.state[consultant] = IDLE
            self.policy.event(now, "free", consultant=consultant)

    def _resume(self, now: float, consultant: int) -> None:
        self.current[consultant], left = self.aside.pop(consultant)
        self.first_word_at[consultant] = None
        self.state[consultant] = BUSY
        self.finish_at[consultant] = now + left
        self._push(now + left, self._finish, consultant)

    def _rest(self, now: float, consultant: int, minutes: float) -> None:
        self.state[consultant] = BREAK
        self.finish_at[consultant] = now + minutes
        self._push(now + minutes, self._return, consultant, BREAK)
        self.policy.event(now, "break", consultant=consultant)

    def _return(self, now: float, consultant: int, from_what: float) -> bool:
        if self.state[consultant] == from_what and self.finish_at[consultant] == now:
            self._turn_to_next(now, consultant)
        return True

    def _come(self, now: float, consultant: int, until: float) -> bool:
        self.leaves_after_this.discard(consultant)
        self.break_owed.pop(consultant, None)
        if self.state[consultant] == OFF:
            self.policy.event(now, "on", consultant=consultant, until=until)
            self._turn_to_next(now, consultant)
        return True

    def _stay_away(self, now: float, consultant: int, _value: float) -> bool:
        self.policy.event(now, "absent", consultant=consultant)
        return True

    def _leave(self, now: float, consultant: int, _value: float) -> bool:
        if self.state[consultant] == OFF:
            return False
        if self.state[consultant] in {IDLE, BREAK}:
            self.state[consultant] = OFF
        else:
            self.leaves_after_this.add(consultant)
        self.policy.event(now, "off", consultant=consultant)
        return True

    def _break(self, now: float, consultant: int, minutes: float) -> bool:
        state = self.state[consultant]
        if state == IDLE:
            self._rest(now, consultant, minutes)
        elif state in {BUSY, CALL} and consultant not in self.leaves_after_this:
            self.break_owed[consultant] = self.break_owed.get(consultant, 0.0) + minutes
        return True

    def _call(self, now: float, consultant: int, minutes: float) -> bool:
        state = self.state[consultant]
        if state == BUSY:
            return self._call_while_writing(now, consultant, minutes)
        if state == IDLE:
            self.state[consultant] = CALL
            self.finish_at[consultant] = now + minutes
            self._push(now + minutes, self._return, consultant, CALL)
            self._count_call(now, consultant, minutes)
        return True

    def _call_while_writing(self, now: float, consultant: int, minutes: float) -> bool:
        number = self.current[consultant]
        if number not in self.log.answered and 0 < self.due[number] - now < self.rules.call_guard:
            return False
        if consultant in self.leaves_after_this:
            return True
        held_up = minutes + self.rules.resume_min
        self.finish_at[consultant] += held_up
        self._push(self.finish_at[consultant], self._finish, consultant)
        first_word = self.first_word_at.get(consultant)
        if first_word is not None:
            self.first_word_at[consultant] = first_word + held_up
            self._push(first_word + held_up, self._first_word, consultant)
        self._count_call(now, consultant, minutes)
        return True

    def _count_call(self, now: float, consultant: int, minutes: float) -> None:
        self.log.call_minutes[consultant] = self.log.call_minutes.get(consultant, 0.0) + minutes
        self.policy.event(now, "call", consultant=consultant)

    def _woken(self, now: float, _who: int, _value: float) -> bool:
        if self.wake_at == now:
            self.wake_at = None
        return True
