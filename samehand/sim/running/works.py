"""What is done with a message: begun, its first word said, perhaps put aside, finished.

The traps: a finish that was put off (by a call) stays in the heap and must be known as stale; whoever wrote a first
word may be given another mail, but only one may lie aside.
"""

from __future__ import annotations

from samehand.sim.running.log import NEVER
from samehand.sim.running.mail import Mail
from samehand.sim.running.policy import PolicyError
from samehand.sim.running.state import BUSY, DONE, IDLE, IN_WORK, NONE, WAITING
from samehand.sim.world import DAY

REST_OF_MERGED_WORK = 0.3
SHORTEST_READING = 3.0


class Works(Mail):
    def _start(self, now: float, consultant: int, number: int) -> None:
        self._refuse_nonsense(consultant, number)
        if self.state[consultant] == BUSY:
            left = self.finish_at[consultant] - now
            self.aside[consultant] = (self.current[consultant], left + self.rules.resume_min)
        self.log.starts.add(now, consultant, number)
        self.status[number] = IN_WORK
        first = self.first_of[number]
        if self.waiting_of[first] == number:
            self.waiting_of[first] = NONE
        minutes = self._minutes(now, consultant, number, first)
        self.state[consultant] = BUSY
        self.current[consultant] = number
        self.log.work_minutes[consultant] = self.log.work_minutes.get(consultant, 0.0) + minutes
        finish = self.finish_at[consultant] = now + minutes
        self._push(finish, self._finish, consultant)
        self._plan_first_word(now, consultant, number, finish)

    def _refuse_nonsense(self, consultant: int, number: int) -> None:
        if not 0 <= number < len(self.status) or self.status[number] != WAITING:
            raise PolicyError(f"message {number} was given out although it does not wait")
        mine = self.world.owners.get(self.messages[number].case) == consultant
        case = self.world.cases[self.messages[number].case]
        skilled = consultant in self.state and self.world.consultants[consultant].can(case.topic, case.language)
        if not skilled and not mine:
            raise PolicyError(f"message {number} was given to {consultant}, who lacks the skill")
        state = self.state[consultant]
        if state != IDLE and not (state == BUSY and self._may_put_aside(consultant)):
            raise PolicyError(f"message {number} was given to {consultant}, who is not free")

    def _may_put_aside(self, consultant: int) -> bool:
        return (
            self.answered[self.current[consultant]] != NEVER
            and consultant not in self.aside
            and consultant not in self.leaves_after_this
        )

    def _minutes(self, now: float, consultant: int, number: int, first: int) -> float:
        messages, rules, who = self.messages, self.rules, self.world.consultants[consultant]
        minutes = messages[number].work
        if number in self.attached:
            minutes += REST_OF_MERGED_WORK * sum(messages[other].work for other in self.attached[number])
        minutes *= who.speed
        if now < who.slow_until_day * DAY:
            minutes *= rules.ramp_factor
        answered = self.answered_in[first]
        if answered and self.person_of[first] != consultant:
            reading = min(rules.reread_a + rules.reread_b * answered, rules.reread_cap)
            minutes += reading / 2 if consultant in self.answered_by[first:number] else reading
        return minutes

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
                self.answered[each] = now
                self.answered_by[each] = consultant
            self.first_word_at[consultant] = None
            self.policy.event(now, "first", message=number, consultant=consultant)
        return True

    def _finish(self, now: float, consultant: int, _value: float) -> bool:
        if self.state[consultant] != BUSY or self.finish_at[consultant] != now:
            return False
        number = self.current[consultant]
        first = self.first_of[number]
        self._done(now, consultant, number)
        self.answered_in[first] += 1
        for each in self.attached.get(number, ()):
            self._done(now, consultant, each)
            self.answered_in[first] += 1
        self.log.finishes.add(now, consultant, number)
        self.person_of[first] = consultant
        self.policy.event(now, "done", message=number, consultant=consultant)
        self._let_customer_write(now, first)
        self._turn_to_next(now, consultant)
        return True

    def _done(self, now: float, consultant: int, number: int) -> None:
        if self.answered[number] == NEVER:
            self.answered[number] = now
        self.done[number] = now
        self.answered_by[number] = consultant
        self.status[number] = DONE

    def _resume(self, now: float, consultant: int) -> None:
        self.current[consultant], left = self.aside.pop(consultant)
        self.first_word_at[consultant] = None
        self.state[consultant] = BUSY
        self.finish_at[consultant] = now + left
        self._push(now + left, self._finish, consultant)
