"""Who comes, rests, is called and goes. What is in work when the shift ends is finished; only then does one leave."""

from __future__ import annotations

from samehand.sim.running.log import NEVER
from samehand.sim.running.state import BREAK, BUSY, CALL, IDLE, OFF
from samehand.sim.running.works import Works


class People(Works):
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

    def _rest(self, now: float, consultant: int, minutes: float) -> None:
        self.state[consultant] = BREAK
        self.finish_at[consultant] = now + minutes
        self.log.breaks.add(now, consultant, minutes)
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
        if self.answered[number] == NEVER and 0 < self.due[number] - now < self.rules.call_guard:
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
        self.log.calls.add(now, consultant, minutes)
        self.log.call_minutes[consultant] = self.log.call_minutes.get(consultant, 0.0) + minutes
        self.policy.event(now, "call", consultant=consultant)
