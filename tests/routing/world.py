"""A made-up day for the engine, by the world's rules of who may begin what; it checks as it goes."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any

from hypothesis import strategies as st

from samehand.core.routing import Colleague, Engine, Give, Rules
from tests.routing.desk import EIGHT, RULES, TEN, TWO, colleague

WORDS = ("urgent", "chooses", "assign", "release", "silent")
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["message"] * 12 + ["call", "break", "go", "come", "absent", "withdraw", *WORDS] * 2),
        st.integers(0, 9),
        st.integers(0, 30),
    ),
    max_size=100,
)
Between = Callable[[Engine], Engine]


class World:
    """Four consultants, two topics; `between` may put another engine in the place of this one at any moment."""

    def __init__(
        self, events: list[tuple[str, int, int]], between: Between = lambda engine: engine, rules: Rules = RULES
    ) -> None:
        self.between, self.rules = between, rules
        self.engine = Engine(crew(), rules)
        self.now = EIGHT
        self.states = dict.fromkeys(range(1, 5), "off")
        self.hands: dict[int, list[int]] = {one: [] for one in self.states}
        self.words: set[int] = set()
        self.leaving: set[int] = set()
        self.heap: list[tuple[float, int, str, int, int]] = []
        self.number = 0
        self.given: list[Give] = []
        self.waiting: dict[int, float] = {}
        self.withdrawn: set[int] = set()
        self.only_for: dict[int, int] = {}
        self.told: dict[int, dict[str, Any]] = {}
        for one in self.states:
            self.come(one)
        for number, (kind, wait, which) in enumerate(events):
            self.pass_time(self.now + wait)
            self._happen(kind, number, which)
            self._decide()

    def pass_time(self, until: float) -> None:
        """Ends of works, breaks and calls, first words and reminders, in the order of time."""
        while True:
            wake = self.engine.wake()
            planned = self.heap[0][0] if self.heap else until + 1
            moment = min(planned, until + 1 if wake is None else wake)
            if moment > until:
                break
            self.now = max(self.now, moment)
            if planned <= moment:
                _, _, kind, one, message = heappop(self.heap)
                getattr(self, f"_{kind}")(one, message)
            self._decide()
        self.now = until

    def _plan(self, after: float, kind: str, one: int, message: int = -1) -> None:
        self.number += 1
        heappush(self.heap, (self.now + after, self.number, kind, one, message))

    def _happen(self, kind: str, number: int, which: int) -> None:
        one = which % 4 + 1
        if kind == "message":
            self._write(number, which)
        elif kind == "urgent":
            self._write(number, which, urgent=True)
        elif kind == "chooses":
            self._write(number, which)
            self._only(number, one, self.now + 600)
        elif kind in ("call", "break"):
            self._interrupt(one, kind)
        elif kind in ("withdraw", "assign", "release"):
            self._decree(kind, which)
        elif self.states[one] == "off":
            self._off_duty(kind, one)
        elif kind == "go" and one not in self.leaving:
            self._go(one)
        elif kind == "silent":
            self._fall_silent(one)

    def _off_duty(self, kind: str, one: int) -> None:
        if kind == "come":
            self.come(one)
        elif kind == "absent":
            self.engine.absent(self.now, one)

    def _decree(self, kind: str, which: int) -> None:
        if not self.waiting:
            return
        message = sorted(self.waiting)[which % len(self.waiting)]
        if kind == "withdraw":
            self.engine.withdraw(message)
            self.withdrawn.add(message)
            self.only_for.pop(message, None)
            del self.waiting[message]
        elif kind == "assign":
            self._only(message, which % 4 + 1)
        else:
            self.engine.release(self.now, message)
            self.only_for.pop(message, None)

    def _only(self, message: int, one: int, due: float | None = None) -> None:
        self.engine.assign(self.now, message, one, due)
        self.only_for[message] = one

    def _write(self, number: int, which: int, **what: Any) -> None:
        self.waiting[number] = self.now
        told = {
            "case": which,
            "customer": which % 5,
            "topic": "billing" if which % 3 == 2 else "general",
            "due": self.now + 30 - which % 7,
        } | what
        self.engine.waits(self.now, message=number, language="PL", **told)
        self.told[number] = told

    def _fall_silent(self, one: int) -> None:
        lost = self.hands[one]
        for message in lost:
            self.engine.lays_down(one, message)
            self.engine.comes_back(self.now, message=message, language="PL", **self.told[message])
        self.engine.leaves(self.now, one)
        self.waiting |= dict.fromkeys(lost, self.now)
        self.given = [give for give in self.given if give.message not in lost]
        self.hands[one], self.states[one] = [], "off"
        self.leaving.discard(one)

    def _interrupt(self, one: int, kind: str) -> None:
        if self.states[one] != "free":
            return
        self.states[one] = kind
        (self.engine.calls if kind == "call" else self.engine.pauses)(self.now, one)
        self._plan(7 if kind == "call" else 17, "back", one)

    def all_come(self) -> None:
        for one in self.states:
            if self.states[one] == "off":
                self.come(one)
        self._decide()

    def come(self, one: int) -> None:
        self.engine.on(self.now, one, self.now + 240)
        self._be_free(one)

    def _go(self, one: int) -> None:
        if self.states[one] == "busy":
            self.leaving.add(one)
        else:
            self.states[one] = "off"
        self.engine.off(self.now, one)

    def _back(self, one: int, message: int) -> None:
        if self.states[one] in ("call", "break"):
            self._be_free(one)

    def _be_free(self, one: int) -> None:
        self.states[one] = "free"
        self.engine.free(self.now, one)

    def _word(self, one: int, message: int) -> None:
        if self.hands[one][-1:] == [message]:
            self.words.add(message)
            self.engine.first_word(self.now, one)

    def _end(self, one: int, message: int) -> None:
        if message not in self.hands[one]:
            return None
        if self.hands[one][-1:] != [message]:
            return self._plan(3, "end", one, message)
        self.hands[one].pop()
        self.words.add(message)
        self.engine.done(self.now, one)
        if self.hands[one]:
            return None
        if one in self.leaving:
            self.leaving.discard(one)
            self.states[one] = "off"
            return None
        return self._be_free(one)

    def _decide(self) -> None:
        gives = self.engine.decide(self.now)
        self._who_is_there_keeps_what_is_hers_alone()
        for give in gives:
            self._begin(give)
        self.engine = self.between(self.engine)
        self._nobody_waits_beside_the_free()

    def _who_is_there_keeps_what_is_hers_alone(self) -> None:
        messages, people = self.engine.board.messages, self.engine.board.people
        for message, one in list(self.only_for.items()):
            hers = any(work.id == message for work in people[one].works())
            if not hers and (message not in messages or messages[message].only_for is None):
                assert not people[one].on_duty
                del self.only_for[message]

    def _begin(self, give: Give) -> None:
        one, hand = give.consultant, self.hands[give.consultant]
        if give.aside is None:
            assert self.states[one] == "free"
        else:
            assert hand == [give.aside] and give.aside in self.words and one not in self.leaving
        assert self.only_for.pop(give.message, one) == one
        self.words.discard(give.message)
        del self.waiting[give.message]
        self.states[one] = "busy"
        hand.append(give.message)
        takes = 3 + 5 * (give.message % 7)
        self._plan(takes, "end", one, give.message)
        if takes > 15:
            self._plan(15, "word", one, give.message)
        self.given.append(give)

    def _nobody_waits_beside_the_free(self) -> None:
        for message in self.waiting:
            hold = self.engine.why_waiting(message, self.now)
            assert hold is not None
            topic = self.engine.board.messages[message].key[0]
            if hold.reason == "anybody":
                assert not [one for one in crew() if self.states[one.id] == "free" and topic in one.topics]
            else:
                assert hold.until > self.now


def crew() -> list[Colleague]:
    early, late = (1, 2), (3, 4)
    return [
        *(colleague(one, EIGHT, TWO + 120, "general billing" if one % 2 else "general") for one in early),
        *(colleague(one, EIGHT + 60, TEN, "general billing" if one % 2 else "general") for one in late),
    ]
