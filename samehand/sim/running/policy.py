"""What a run asks of a policy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

Assignments = Iterable[tuple[int, int]] | None


class Policy(Protocol):
    """Who answers what. It is told what happens and asked after every event; consultant and message are numbers."""

    def event(self, now: float, kind: str, **what: Any) -> None: ...

    def decide(self, now: float) -> Assignments: ...

    def wake(self) -> float | None: ...


class PolicyError(Exception):
    """A policy decided what cannot be: a mail given twice, or to somebody who is not free or lacks the skill."""
