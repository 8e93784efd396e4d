"""The product's routing engine behind the three methods of the routing bench: `event`, `decide`, `wake`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from samehand.core import routing

DAY = 1440.0
REMEMBERS = 400 * DAY


class Engine:
    """`pub` is the bench's description of the crew, its planned shifts, the opening hours and the promise."""

    def __init__(self, pub: dict[str, Any]) -> None:
        shifts: dict[int, dict[int, tuple[routing.Span, ...]]] = defaultdict(dict)
        for (consultant, day), shift in pub["planned"].items():
            shifts[consultant][day] = (shift,)
        breaks: dict[int, dict[int, tuple[routing.Span, ...]]] = defaultdict(dict)
        for (consultant, day), spans in pub.get("planned_breaks", {}).items():
            breaks[consultant][day] = tuple(spans)
        crew = [
            routing.Colleague(
                one["id"], frozenset(one["topics"]), frozenset(one["langs"]), shifts[one["id"]], breaks[one["id"]]
            )
            for one in pub["consultants"]
        ]
        rules = routing.Rules.promising(
            pub["promise"],
            open_at=pub["open_min"],
            close_at=pub["close_min"],
            urgent_topics=frozenset(pub.get("urgent", ())),
        )
        self.engine = routing.Engine(crew, rules)

        self.forgets_at = DAY
        tell = self.engine
        self._handlers: dict[str, Callable[..., None]] = {
            "message": self._message,
            "on": tell.on,
            "off": tell.off,
            "absent": tell.absent,
            "break": tell.pauses,
            "call": tell.calls,
            "free": tell.free,
            "first": self._first,
            "done": tell.done,
        }

    def event(self, now: float, kind: str, **what: Any) -> None:
        """Nothing is told of `merged`: what is added to a message that waits changes no promise and no owner."""
        if handler := self._handlers.get(kind):
            handler(now, **what)

    def decide(self, now: float) -> list[tuple[int, int]]:
        gives = self.engine.decide(now)
        return [(give.consultant, give.message) for give in gives] if gives else []

    def wake(self) -> float | None:
        return self.engine.wake()

    def _message(
        self, now: float, *, message: int, case: int, customer: int, topic: str, lang: str, due: float, ps: bool
    ) -> None:
        self.engine.waits(now, message=message, case=case, customer=customer, topic=topic, language=lang, due=due)
        if now > self.forgets_at:
            self.forgets_at = now + DAY
            self.engine.forget_before(now - REMEMBERS)

    def _first(self, now: float, *, consultant: int, message: int) -> None:
        self.engine.first_word(now, consultant)
