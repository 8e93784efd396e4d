"""Who takes a message: the same hands first, then whoever of the crew has the skill and holds fewest cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Reason = Literal["owner", "knows_you", "free_with_skill", "free_for_all"]


@dataclass(frozen=True, slots=True)
class Need:
    """What a message asks for; `owner` and `last_served_by` are ids of consultants, or None."""

    owner: int | None = None
    last_served_by: int | None = None
    skill: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Consultant:
    """One of the crew; `holding` counts the open cases in these hands. `active` is false for one who has left."""

    id: int
    on_shift: bool
    skills: frozenset[str] = frozenset()
    holding: int = 0
    active: bool = True


@dataclass(frozen=True, slots=True)
class Assign:
    consultant_id: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Queue:
    reason: Literal["nobody_on_shift"] = "nobody_on_shift"


def choose(need: Need, crew: Iterable[Consultant]) -> Assign | Queue:
    """Say who takes the message. `crew` lists everybody, also those off shift: an owner keeps the case overnight."""
    active = [one for one in crew if one.active]
    if need.owner is not None and any(one.id == need.owner for one in active):
        return Assign(need.owner, "owner")
    return _choose_on_shift(need, [one for one in active if one.on_shift])


def _choose_on_shift(need: Need, present: list[Consultant]) -> Assign | Queue:
    if need.last_served_by is not None and any(one.id == need.last_served_by for one in present):
        return Assign(need.last_served_by, "knows_you")
    if skilled := [one for one in present if need.skill in one.skills]:
        return Assign(_freest(skilled), "free_with_skill")
    if present:
        return Assign(_freest(present), "free_for_all")
    return Queue()


def _freest(crew: list[Consultant]) -> int:
    return min(crew, key=lambda one: (one.holding, one.id)).id
