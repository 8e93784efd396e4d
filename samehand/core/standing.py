"""How a case stands, from nothing but what was said in it: needed when its messages change places."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Status = Literal["open", "waiting", "solved"]
# The more awake comes first.
_AWAKE: tuple[Status, ...] = ("open", "waiting", "solved")


@dataclass(frozen=True, slots=True)
class Said:
    """A message as far as the case's standing goes. `robot`: promised to nobody. `settled`: answered, or waived."""

    id: int
    at: datetime
    kind: Literal["in", "out", "note"]
    due_at: datetime | None = None
    settled: bool = False
    robot: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """`speaks` is the message whose words stand in the lists; None when only robots and colleagues wrote."""

    status: Status
    opened_at: datetime
    touched_at: datetime
    due_at: datetime | None = None
    speaks: int | None = None


def stand(said: Iterable[Said], was: Collection[str] = ()) -> Standing | None:
    """How the case stands; None when nothing was said in it. What waits for an answer makes it open. Else it is as the
    most awake of what it `was`, and without that as the conversation says."""
    every = sorted(said, key=lambda one: (one.at, one.id))
    if not every:
        return None
    spoken = [one for one in every if one.kind != "note"]
    due = min((one.due_at for one in spoken if one.due_at and not one.settled), default=None)
    speaking = [one for one in spoken if not one.robot]
    return Standing(
        status="open" if due else _status(spoken, was),
        opened_at=every[0].at,
        touched_at=(spoken or every)[-1].at,
        due_at=due,
        speaks=speaking[-1].id if speaking else None,
    )


def _status(spoken: list[Said], was: Collection[str]) -> Status:
    for status in _AWAKE:
        if status in was:
            return status
    return "waiting" if any(one.kind == "out" for one in spoken) else "open"
