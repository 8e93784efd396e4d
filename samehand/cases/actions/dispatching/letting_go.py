"""Nothing is kept for those who do not work here any more; the engine does not know them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from samehand.cases.models import Turn


def forget_the_gone(turns: Iterable[Turn], crew: Collection[int]) -> list[Turn]:
    """Those that wait, and were kept for somebody who is gone."""
    found = [turn for turn in turns if any(one not in crew for one in _kept_for(turn))]
    for turn in found:
        turn.kept_for = [one for one in turn.kept_for if one in crew]
        turn.owner_id = turn.owner_id if turn.owner_id in crew else None
        turn.only_for_id = turn.only_for_id if turn.only_for_id in crew else None
    return [turn for turn in found if turn.given_to_id is None]


def _kept_for(turn: Turn) -> Iterable[int]:
    return (one for one in (*turn.kept_for, turn.owner_id, turn.only_for_id) if one is not None)
