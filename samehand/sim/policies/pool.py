"""One queue for all, and its bookkeeping, on which the other policies build."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping
from typing import Any

Need = tuple[str, str]
Waiting = tuple[float, int]


class SharedPool:
    """One queue for all, oldest first; it goes to whoever has been idle longest and can do it."""

    def __init__(self, public: Mapping[str, Any]) -> None:
        self.crew = {who["id"]: who for who in public["consultants"]}
        self.planned, self.promise = public["planned"], public["promise"]
        self.able: dict[Need, list[int]] = {}
        self.idle: dict[int, float] = {}
        self.pool: dict[Need, list[Waiting]] = {}
        self.need_of: dict[int, Need] = {}
        self.handlers: dict[str, Callable[..., None]] = {
            "message": self.message,
            "free": self.free,
            "on": self.on,
            "off": self.off,
            "break": self.away,
            "call": self.away,
            "first": self.answered,
            "done": self.answered,
        }

    def event(self, now: float, kind: str, **what: Any) -> None:
        handler = self.handlers.get(kind)
        if handler:
            handler(now, **what)

    def decide(self, now: float) -> list[tuple[int, int]]:
        return self.from_pool() if self.idle else []

    def wake(self) -> float | None:
        return None

    def can(self, consultant: int, need: Need) -> bool:
        return consultant in self.able_to(need)

    def able_to(self, need: Need) -> list[int]:
        if need not in self.able:
            topic, language = need
            self.able[need] = [
                who for who, crew in self.crew.items() if topic in crew["topics"] and language in crew["langs"]
            ]
        return self.able[need]

    def message(self, now: float, message: int, topic: str, lang: str, **_more: Any) -> None:
        self.need_of[message] = (topic, lang)
        self.to_pool(now, message)

    def to_pool(self, since: float, message: int) -> None:
        heapq.heappush(self.pool.setdefault(self.need_of[message], []), (since, message))

    def free(self, now: float, consultant: int) -> None:
        self.idle[consultant] = now

    def on(self, now: float, consultant: int, until: float) -> None:
        pass

    def away(self, now: float, consultant: int) -> None:
        self.idle.pop(consultant, None)

    def off(self, now: float, consultant: int) -> None:
        self.idle.pop(consultant, None)

    def answered(self, now: float, message: int, consultant: int) -> None:
        pass

    def from_pool(self) -> list[tuple[int, int]]:
        given: list[tuple[int, int]] = []
        while self.idle:
            choices = [
                (queue[0], need, who) for need, queue in self.pool.items() if queue for who in self._longest(need)
            ]
            if not choices:
                break
            (_, message), need, who = min(choices)
            heapq.heappop(self.pool[need])
            del self.idle[who]
            given.append((who, message))
        return given

    def _longest(self, need: Need) -> list[int]:
        """The one who has been idle longest (they stand in that order), or nobody."""
        able = self.able_to(need)
        return next(([who] for who in self.idle if who in able), [])
