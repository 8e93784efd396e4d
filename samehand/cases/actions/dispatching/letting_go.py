"""What is kept for one person alone, when she goes or its moment comes; and for those who do not work here any more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Literal, Protocol

from samehand.cases.actions.dispatching.minutes import Minutes
from samehand.cases.models import Post, Turn
from samehand.core.routing import Colleague, Rules

Going = Literal["", "break", "off"]


class Kept(Protocol):
    """The part of the desk that was read, before the engine sees it."""

    now: datetime
    at: float
    minutes: Minutes
    rules: Rules
    crew: Mapping[int, Colleague]
    posts: dict[int, Post]
    turns: dict[int, Turn]
    touched: set[int]


def release(table: Kept, going: Going, goers: Collection[int]) -> None:
    """Let go of what was kept for one person alone, when she went and is not back in time, or when its moment has
    come and she is not there. What is kept for her all the same does not come before the engine, which would let
    go of it."""
    for turn in [turn for turn in table.turns.values() if turn.only_for_id and turn.given_to_id is None]:
        one, goes = turn.only_for_id or 0, turn.only_for_id in goers
        come = turn.until is not None and turn.until <= table.now
        if goes and (going == "break" or _comes(table, one, turn)):
            del table.turns[turn.message_id]
        elif goes or (come and not _on_duty(table, one) and not _comes(table, one, turn)):
            turn.only_for_id = None
            table.touched.add(turn.message_id)
        elif come:
            table.touched.add(turn.message_id)


def _comes(table: Kept, person: int, turn: Turn) -> bool:
    """By the roster, in time for the promise."""
    one, latest = table.crew.get(person), table.minutes.of(turn.due_at) - table.rules.last_start
    return one is not None and any(table.at < begin <= latest for spans in one.shifts.values() for begin, _ in spans)


def _on_duty(table: Kept, person: int) -> bool:
    post = table.posts.get(person)
    return post is not None and post.on_duty


def forget_the_gone(table: Kept) -> None:
    """Nothing is kept for those who do not work here any more; the engine does not know them."""
    for turn in table.turns.values():
        if any(one not in table.crew for one in _kept_for(turn)):
            turn.kept_for = [one for one in turn.kept_for if one in table.crew]
            turn.owner_id = turn.owner_id if turn.owner_id in table.crew else None
            turn.only_for_id = turn.only_for_id if turn.only_for_id in table.crew else None
            if turn.given_to_id is None:
                table.touched.add(turn.message_id)


def _kept_for(turn: Turn) -> Iterable[int]:
    return (one for one in (*turn.kept_for, turn.owner_id, turn.only_for_id) if one is not None)
