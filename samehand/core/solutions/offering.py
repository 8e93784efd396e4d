"""What an answer offers: solutions of the guide in any words, and advice that the guide does not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samehand.core.solutions.asking import asked_in, moves_of
from samehand.core.solutions.likeness import ASIDE, SAME, Advice, Weights, likeness


@dataclass(frozen=True, slots=True)
class Offered:
    """`solutions` by how surely the draft offers them; `rest` are the sentences that ask for something else."""

    solutions: Mapping[int, float]
    rest: str


def offered(draft: str, known: Mapping[int, Sequence[Advice]], heavy: Weights | None = None) -> Offered:
    """`known` are the wordings of the solutions that the case's problem has."""
    alike = {
        solution: max((likeness(draft, wording, heavy) for wording in wordings), default=0.0)
        for solution, wordings in known.items()
    }
    found = {solution: likest for solution, likest in alike.items() if likest >= SAME}
    covered = {move for one in found for wording in known[one] for move in moves_of(f"{wording.title}\n{wording.text}")}
    # Beside an advice, what only comes along with many is none of its own.
    covered |= ASIDE if found else frozenset()
    rest = [passage.text for passage in asked_in(draft) if passage.moves - covered]
    return Offered(found, "\n".join(rest))
